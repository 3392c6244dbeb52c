import { type Day, addDays } from "../day.ts";
import { type Micros, parseDecimal, divideRounded, toCents } from "../money.ts";
import { mean } from "../statistics.ts";
import type { StatedEffect } from "./effect.ts";
import { costIn } from "./slice.ts";

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
}

/** Weeks before the decision, and at most so many after the action's day: later ones say less and less about it. */
const weeksBefore = 4;
const mostWeeks = 8;

/** Student's t for a two-sided range of 80 %, by degrees of freedom from 1 on. */
const students = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372];

/** What a stated effect comes to in a week, in cents; a percentage is of the seven days before the decision. */
export function expectedWeek({ effect, decided, days }: Pick<OutcomeInput, "effect" | "decided" | "days">): bigint {
  const { units, scale } = parseDecimal(String("cost" in effect ? effect.cost : effect.percent)) ?? { units: 0n, scale: 0 };
  if ("cost" in effect) return divideRounded(units * 100n, 10n ** BigInt(scale));
  const last7 = toCents(costIn(days, { start: addDays(decided, -7), end: decided }));
  return divideRounded(units * last7, 100n * 10n ** BigInt(scale));
}

/** The cost of whole weeks from a day on, in cents. */
function weeksFrom(days: OutcomeInput["days"], starts: readonly Day[]): number[] {
  return starts.map((start) => Number(toCents(costIn(days, { start, end: addDays(start, 7) }))));
}

function squares(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((total, value) => total + (value - middle) ** 2, 0);
}

/** The difference of two means with its 80 % range: Student's two-sample interval with pooled variance. */
function difference(before: readonly number[], after: readonly number[]) {
  const freedom = before.length + after.length - 2;
  const spread = Math.sqrt(((squares(before) + squares(after)) / freedom) * (1 / before.length + 1 / after.length));
  const change = mean(after) - mean(before);
  const half = (students[freedom - 1] ?? students.at(-1) ?? 0) * spread;
  const cents = (value: number) => BigInt(Math.round(value));
  return { measured: cents(change), low80: cents(change - half), high80: cents(change + half) };
}

/**
 * Compares the full settled weeks after an action's day with the four weeks before its decision. It is what the slice did, whatever else
 * happened to it.
 */
export function outcomeOf(input: OutcomeInput): Outcome {
  const { decided, due, days, firstDay, settled } = input;
  const begin = addDays(due < decided ? addDays(decided, -1) : due, 1);
  const after = Array.from({ length: mostWeeks }, (_, week) => addDays(begin, 7 * week)).filter(
    (start) => settled !== null && addDays(start, 6) <= settled,
  );
  const before = Array.from({ length: weeksBefore }, (_, week) => addDays(decided, -7 * (week + 1))).filter(
    (start) => firstDay !== null && start >= firstDay,
  );
  const none = { expected: expectedWeek(input), measured: null, low80: null, high80: null, weeks: after.length };
  if (before.length < 2) return { ...none, state: "not-measurable", why: "the data hold fewer than two full weeks before the decision" };
  if (after.length === 0) return { ...none, state: "too-early", why: `no full settled week since ${due} yet` };
  return { ...none, ...difference(weeksFrom(days, before), weeksFrom(days, after)), state: "measured", why: null };
}
