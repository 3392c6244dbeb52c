import * as z from "zod/mini";
import { type Period, addDays, daysBetween, isDay } from "../day.ts";
import { inScope, scopeSchema } from "./scope.ts";
import { day, text } from "./values.ts";

/** What a planned event may be; the first two bring a level of their own. */
const eventKinds = ["launch", "migration", "holiday", "campaign", "other"] as const;
/** `end`: that a source ended, which its `until` says. */
type EventKind = (typeof eventKinds)[number] | "end";

/** A longer event explains nothing any more: it is the usual state. */
const longest = 92;

/** One of `events` in `overpace.yaml`: something planned that moves cost. `end` is the day after its last one, as in every period. */
export const eventSchema = z
  .strictObject({
    name: text,
    kind: z.enum(eventKinds),
    start: day,
    end: day,
    scope: z.optional(scopeSchema),
    effect: z.optional(
      z.strictObject({ percent: z.number("expected a percentage such as 40 or -30").check(z.minimum(-100), z.maximum(10_000)) }),
    ),
  })
  .check(
    z.superRefine(({ start, end }, context) => {
      if (!isDay(start) || !isDay(end)) return;
      const days = daysBetween(start, end);
      const wrong =
        days <= 0
          ? "is not after `start`: it is the day after the last one"
          : days > longest
            ? `is more than ${longest} days after \`start\``
            : null;
      if (wrong !== null) context.addIssue({ code: "custom", path: ["end"], message: wrong });
    }),
  );
export type PlannedEvent = Omit<z.infer<typeof eventSchema>, "kind"> & { readonly kind: EventKind };

const lasting: readonly EventKind[] = ["launch", "migration", "end"];
/** So many days of a new level have to be seen before days are compared with it. */
export const newLevelDays = 7;

/** What comes after a launch, a migration or an end is a level of its own; after the others it is as before. */
export function isLasting({ kind }: PlannedEvent): boolean {
  return lasting.includes(kind);
}

/** It may take all usage of what it is about away, for good. */
export function takesAway({ kind }: PlannedEvent): boolean {
  return kind === "migration" || kind === "end";
}

/** It moves the cost of everything, and passes: a holiday, but no launch. */
export function passesEverywhere(event: PlannedEvent): boolean {
  return event.scope === undefined && !isLasting(event);
}

/** The days that an event explains: its own, and of a new level at least the first seven. */
export function coverOf(event: PlannedEvent): Period {
  const known = addDays(event.start, newLevelDays);
  return { start: event.start, end: isLasting(event) && known > event.end ? known : event.end };
}

/** The events that say something about a provider or service. */
export function eventsFor(events: readonly PlannedEvent[], path: readonly string[]): PlannedEvent[] {
  return events.filter(({ scope }) => inScope(scope, path));
}

/** The events with a day in a period, by their first day. */
export function eventsIn(events: readonly PlannedEvent[], { start, end }: Period): PlannedEvent[] {
  return events.filter((event) => event.start < end && event.end > start).toSorted((a, b) => (a.start < b.start ? -1 : 1));
}
