import { type Day, type Period, addDays, daysBetween, overlap } from "../../day.ts";
import { type Micros, decimalOf, divideRounded, toCents } from "../../money.ts";
import { costIn } from "../../slices/slice.ts";
import { mean } from "../../statistics.ts";
import type { StatedEffect } from "./effect.ts";

/** What an action was expected to change in a week, and what changed. Amounts in cents a week, negative for a saving. */
export interface Outcome {
  readonly state: "measured" | "too-early" | "not-measurable";
  /** Why nothing was measured; else null. */
  readonly why: string | null;
  readonly expected: bigint | null;
  readonly measured: bigint | null;
  /** The bounds of the range that holds the change with 80 %. */
  readonly low80: bigint | null;
  readonly high80: bigint | null;
  /** Full settled weeks after the action's day that were measured. */
  readonly weeks: number;
  /** What it was measured on: each weekday of the week before the decision, and the same of the weeks measured. */
  readonly weekdays: readonly Weekday[];
}

/** A day of the week before the decision, what it cost, and what the same weekday cost in each week after. */
export interface Weekday {
  readonly day: Day;
  readonly before: Micros;
  readonly after: readonly Micros[];
}

export interface OutcomeInput {
  readonly effect: StatedEffect;
  /** The date of the review that decided it. */
  readonly decided: Day;
  readonly due: Day;
  /** What the slice cost on each day. */
  readonly days: ReadonlyMap<Day, Micros>;
  /** The first day of all data, and the last that is final. */
  readonly firstDay: Day | null;
  readonly settled: Day | null;
  /** Stretches inside the data that lack the slice: a week with a day of one is no full week. */
  readonly holes: readonly Period[];
}

/** At most so many weeks after the action's day: later ones say less and less about it. */
const mostWeeks = 8;

/** Student's t for a two-sided range of 80 % with six degrees of freedom: seven weekdays are compared. */
export const student = 1.44;

/** What a stated effect comes to in a week, in cents; a percentage is of the seven days before the decision. */
export function expectedWeek({ effect, decided, days }: Pick<OutcomeInput, "effect" | "decided" | "days">): bigint {
  const { units, scale } = decimalOf("cost" in effect ? effect.cost : effect.percent);
  if ("cost" in effect) return divideRounded(units * 100n, 10n ** BigInt(scale));
  const last7 = toCents(costIn(days, { start: addDays(decided, -7), end: decided }));
  return divideRounded(units * last7, 100n * 10n ** BigInt(scale));
}

const cents = (amount: Micros) => Number(amount) / 10_000;

/** Each weekday in the week before the decision and in the weeks that begin on `starts`. */
function weekdaysOf({ days, decided }: OutcomeInput, starts: readonly Day[]): Weekday[] {
  return Array.from({ length: 7 }, (_, back) => {
    const day = addDays(decided, -7 + back);
    const after = starts.map((start) => days.get(addDays(start, (7 - (daysBetween(day, start) % 7)) % 7)) ?? 0n);
    return { day, before: days.get(day) ?? 0n, after };
  });
}

/** The change of a week with its 80 % range: Student's interval over the changes of the seven weekdays, so that their pattern is no noise. */
function changeOf(weekdays: readonly Weekday[]) {
  const changes = weekdays.map(({ before, after }) => mean(after.map(cents)) - cents(before));
  const middle = mean(changes);
  const spread = Math.sqrt(changes.reduce((total, change) => total + (change - middle) ** 2, 0) / (changes.length - 1));
  const half = student * spread * Math.sqrt(changes.length);
  const whole = (value: number) => BigInt(Math.round(value));
  const change = middle * changes.length;
  return { measured: whole(change), low80: whole(change - half), high80: whole(change + half) };
}

/**
 * Compares the full settled weeks after an action's day with the seven days before its decision, the level that it was decided on. It is
 * what the slice did, whatever else happened to it.
 */
export function outcomeOf(input: OutcomeInput): Outcome {
  const { decided, due, firstDay, settled, holes } = input;
  const isFull = (start: Day) => !holes.some((hole) => overlap(hole, { start, end: addDays(start, 7) }));
  const begin = addDays(due < decided ? addDays(decided, -1) : due, 1);
  const after = Array.from({ length: mostWeeks }, (_, week) => addDays(begin, 7 * week)).filter(
    (start) => settled !== null && addDays(start, 6) <= settled && isFull(start),
  );
  const none = { expected: expectedWeek(input), measured: null, low80: null, high80: null, weeks: after.length, weekdays: [] };
  if (firstDay === null || firstDay > addDays(decided, -7) || !isFull(addDays(decided, -7)))
    return { ...none, state: "not-measurable", why: "the data hold no full week before the decision" };
  if (after.length === 0) return { ...none, state: "too-early", why: `no full settled week since ${due} yet` };
  const weekdays = weekdaysOf(input, after);
  return { ...none, ...changeOf(weekdays), weekdays, state: "measured", why: null };
}
