import { type Day, type Period, addDays, eachDay } from "../day.ts";
import { percentChange } from "../format.ts";
import type { Micros } from "../money.ts";

/** The day of the week that cost most above its weekday's usual (S72). */
export interface Peak {
  readonly day: Day;
  readonly actual: Micros;
  /** Median of the same weekday in up to four weeks before. */
  readonly usual: Micros;
  readonly percent: number | null;
}

const usualWeeks = 4;
const fewestWeeks = 2;

function medianOf(amounts: readonly Micros[]): Micros {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = Math.floor((sorted.length - 1) / 2);
  return ((sorted[middle] ?? 0n) + (sorted[sorted.length - 1 - middle] ?? 0n)) / 2n;
}

/** The same weekday in up to four weeks before, of those that the data reach back to. */
export function usualDays(day: Day, first: Day): Day[] {
  return Array.from({ length: usualWeeks }, (_, week) => addDays(day, -7 * (week + 1))).filter((other) => other >= first);
}

/** The peak of the settled days of a period; `daily` is what each day cost since `first`. Null without two weeks to compare with, or without a day above its usual. */
export function peakOf(
  daily: ReadonlyMap<Day, Micros>,
  { start, end }: Period,
  first: Day | null,
  settledThrough: Day | null,
): Peak | null {
  if (first === null || settledThrough === null) return null;
  let highest: Peak | null = null;
  for (const day of eachDay({ start, end })) {
    const before = usualDays(day, first);
    if (day > settledThrough || before.length < fewestWeeks) continue;
    const [actual, usual] = [daily.get(day) ?? 0n, medianOf(before.map((other) => daily.get(other) ?? 0n))];
    if (actual - usual > (highest === null ? 0n : highest.actual - highest.usual))
      highest = { day, actual, usual, percent: percentChange(actual, usual) };
  }
  return highest;
}
