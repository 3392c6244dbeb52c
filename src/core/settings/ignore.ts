import * as z from "zod/mini";
import { type Day, type Period, isDay } from "../day.ts";
import { type Micros, toUnits } from "../money.ts";
import { inScope, scopeSchema } from "./scope.ts";
import { dayLike } from "./values.ts";

const day = dayLike("2026-12-15");

/** One of `ignore` in `overpace.yaml`: findings that nobody is to be asked about, for a reason and for a time. */
export const ignoreSchema = z
  .strictObject({
    scope: scopeSchema,
    reason: z.string().check(z.minLength(10, "is too short to be understood later: say why nobody has to look")),
    /** The first day that it holds for; without it every day before `until`. */
    from: z.optional(day),
    /** The first day that it does not hold for any more. */
    until: day,
    direction: z.optional(z.enum(["up", "down"])),
    /** A finding that departs by more than this amount is not ignored. */
    most: z.optional(z.number("expected an amount such as 500").check(z.positive())),
  })
  .check(
    z.superRefine(({ from, until }, context) => {
      if (from !== undefined && isDay(from) && isDay(until) && until <= from)
        context.addIssue({ code: "custom", path: ["until"], message: "is not after `from`: it is the day after the last one" });
    }),
  );
export type IgnoreEntry = z.infer<typeof ignoreSchema>;

/** A finding as far as entries are held against it. */
interface Departure {
  /** Provider and service. */
  readonly path: readonly string[];
  readonly direction: "up" | "down";
  readonly period: Period;
  /** How far it departs, without a sign. */
  readonly size: Micros;
}

/** The first entry that covers a finding: all its days, its direction, its amount. */
export function ignoredBy(entries: readonly IgnoreEntry[], { path, direction, period, size }: Departure): IgnoreEntry | undefined {
  return entries.find(
    (entry) =>
      inScope(entry.scope, path) &&
      period.start >= (entry.from ?? "") &&
      period.end <= entry.until &&
      direction === (entry.direction ?? direction) &&
      toUnits(size) <= (entry.most ?? Infinity),
  );
}

/** An entry that does not hold on the last day before the review date any more, and still stands in the file. */
export function isExpired({ until }: IgnoreEntry, asOf: Day): boolean {
  return until < asOf;
}
