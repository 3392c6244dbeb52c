import * as z from "zod/mini";
import { type Day, eachDay, monthPeriod, weekdayOf } from "../day.ts";
import { type Micros, divideRounded, parseMicros, sum } from "../money.ts";
import { currency, day } from "./values.ts";

const amount = z.pipe(
  z.union([z.number(), z.string()], 'expected an amount such as 16000 or "16000.50"'),
  z.transform((value, { issues }) => {
    const micros = parseMicros(String(value));
    if (micros === null || micros < 0n)
      issues.push({ code: "custom", input: value, message: 'expected an amount of zero or more, such as 16000 or "16000.50"' });
    return micros ?? 0n;
  }),
);
const shape = z.union(
  [
    z.enum(["linear", "weekdays"]),
    z.array(z.strictObject({ from: day, weight: z.number().check(z.minimum(0), z.maximum(1000)) })).check(z.minLength(1)),
  ],
  "expected linear, weekdays, or a list of steps { from: 2026-11-16, weight: 1.5 }",
);
const slices = z.record(z.string(), amount);
const version = z.strictObject({
  from: day,
  amount: z.optional(amount),
  slices: z.optional(slices),
  note: z.optional(z.string()),
});
const month = z
  .strictObject({
    amount: z.optional(amount),
    slices: z.optional(slices),
    shape: z.optional(shape),
    versions: z.optional(z.array(version)),
    note: z.optional(z.string()),
  })
  .check(z.refine((value) => value.amount !== undefined || value.slices !== undefined, "has no amount"));
type Month = z.infer<typeof month>;

/** The versions of a month that are in force on a day, the oldest first. */
function versionsOf({ versions = [] }: Month, asOf: Day) {
  return versions.filter(({ from }) => from <= asOf).sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** What was stated last for a month, on a day: no amount where its slices alone are stated, and the other way round. */
function statedOn(of: Month, asOf: Day): Pick<Month, "amount" | "slices"> {
  return versionsOf(of, asOf).reduce((found, { amount = found.amount, slices = found.slices }) => ({ amount, slices }), {
    amount: of.amount,
    slices: of.slices,
  });
}

interface Contradiction {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What contradicts itself in a month, with its place: slices add up to the amount at most, whichever of both was stated later. */
function* contradictionsIn(month: Month): Generator<Contradiction> {
  const isAbove = ({ amount, slices = {} }: Pick<Month, "amount" | "slices">) =>
    amount !== undefined && sum(Object.values(slices)) > amount;
  const tooMuch = "add up to more than the month's amount";
  if (isAbove(month)) yield { path: ["slices"], message: tooMuch };
  const versions = month.versions ?? [];
  for (const [index, { from, slices }] of versions.entries()) {
    const at = (key: string, message: string) => ({ path: ["versions", index, key], message });
    if (versions.findIndex((other) => other.from === from) < index) yield at("from", "is the day of another version of this month");
    else if (isAbove(statedOn(month, from)))
      yield slices === undefined ? at("amount", "is less than the slices in force add up to: state them anew") : at("slices", tooMuch);
  }
}

/** `config/plan.yaml`: a budget per month, optionally by slice, with a shape over the days and dated versions. */
export const planSchema = z
  .strictObject({
    currency,
    shape: z.optional(shape),
    months: z.record(
      z.string().check(z.regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month such as "2026-11"')),
      z.union([amount, month], "expected an amount such as 16000, or its parts: amount, slices, shape, versions"),
    ),
  })
  .check(
    z.superRefine((plan, context) => {
      for (const [name, value] of Object.entries(plan.months)) {
        if (typeof value === "bigint") continue;
        for (const { path, message } of contradictionsIn(value))
          context.addIssue({ code: "custom", path: ["months", name, ...path], message });
      }
    }),
  );
export type Plan = z.infer<typeof planSchema>;
type Shape = z.infer<typeof shape>;

/** The plan of one month as it was in force on a review date. */
export interface MonthPlan {
  readonly month: string;
  readonly amount: Micros;
  /** By provider or by slice id, as written in the plan. */
  readonly slices: Readonly<Record<string, Micros>>;
  readonly shape: Shape;
  /** The day from which the version in force applies; null for the first plan. */
  readonly version: Day | null;
}

/** The plan of `month` in force on `asOf`: of the dated versions the last whose day has come. Null without a plan. */
export function planOf(plan: Plan | null, month: string, asOf: Day): MonthPlan | null {
  const entry = plan?.months[month];
  if (plan === null || entry === undefined) return null;
  const base: Month = typeof entry === "bigint" ? { amount: entry } : entry;
  const { amount: stated, slices: inForce = {} } = statedOn(base, asOf);
  const latest = versionsOf(base, asOf).findLast((candidate) => candidate.amount !== undefined || candidate.slices !== undefined);
  return {
    month,
    amount: stated ?? sum(Object.values(inForce)),
    slices: inForce,
    shape: base.shape ?? plan.shape ?? "linear",
    version: latest?.from ?? null,
  };
}

/** The weight of one day, in thousandths. */
function weightOf(when: Day, form: Shape): bigint {
  if (form === "linear") return 1000n;
  if (form === "weekdays") return weekdayOf(when) === 0 || weekdayOf(when) === 6 ? 0n : 1000n;
  const step = form
    .filter(({ from }) => from <= when)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
    .at(-1);
  return step ? BigInt(Math.round(step.weight * 1000)) : 1000n;
}

/** The weight of the days of a month through `through` (inclusive), and of all its days, in thousandths; a shape that weighs every day 0 is read as linear. */
export function weightsOf({ month, shape }: MonthPlan, through: Day): { readonly soFar: bigint; readonly all: bigint } {
  const days = eachDay(monthPeriod(month));
  const weigh = (list: readonly Day[], form: Shape) => sum(list.map((when) => weightOf(when, form)));
  const form = weigh(days, shape) === 0n ? "linear" : shape;
  return {
    soFar: weigh(
      days.filter((when) => when <= through),
      form,
    ),
    all: weigh(days, form),
  };
}

/** How much of `amount` the plan gives to the days of the month through `through` (inclusive; earlier than the month: 0). */
export function planToDate(plan: MonthPlan, amount: Micros, through: Day): Micros {
  const { soFar, all } = weightsOf(plan, through);
  return divideRounded(amount * soFar, all);
}
