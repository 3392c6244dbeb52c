import { type Day, type Period, addDays, contains, eachDay } from "../../day.ts";
import { percentChange } from "../../format.ts";
import type { Micros } from "../../money.ts";
import { type PlannedEvent, passesEverywhere } from "../../settings/events.ts";
import { type Held, isHeld } from "../data/beginning.ts";

/** The day of the week that cost most above its weekday's usual (S72). */
export interface Peak {
  readonly day: Day;
  readonly actual: Micros;
  /** Median of the same weekday in up to four weeks before. */
  readonly usual: Micros;
  readonly percent: number | null;
  /** No settled day of the period cost more; a working day may, where the peak lies on a weekend or a level rose. */
  readonly isHighest: boolean;
}

const usualWeeks = 4;
const fewestWeeks = 2;

/** Of nothing it is 0. */
function medianOf(amounts: readonly Micros[]): Micros {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = Math.floor((sorted.length - 1) / 2);
  return ((sorted[middle] ?? 0n) + (sorted[sorted.length - 1 - middle] ?? 0n)) / 2n;
}

/** The same weekday in up to four weeks before, of those that the data hold and that were planned to be no usual ones. */
export function usualDays(day: Day, held: Held, events: readonly PlannedEvent[]): Day[] {
  const passing = events.filter(passesEverywhere);
  return Array.from({ length: usualWeeks }, (_, week) => addDays(day, -7 * (week + 1))).filter(
    (other) => isHeld(held, other) && !passing.some((event) => contains(event, other)),
  );
}

interface Compared {
  readonly day: Day;
  readonly actual: Micros;
  readonly usual: Micros;
  readonly excess: Micros;
}

/**
 * The peak of the settled days of a period; `daily` is what each day cost. Null without two weeks to compare with, without a
 * day above its usual, and where it is not half as much again above it as the other days (their median), or the days of the week before lay half as
 * far above theirs: a higher level has no peak.
 */
export function peakOf(
  daily: ReadonlyMap<Day, Micros>,
  { start, end }: Period,
  held: Held,
  settledThrough: Day | null,
  events: readonly PlannedEvent[],
): Peak | null {
  if (settledThrough === null) return null;
  const compared = (days: readonly Day[]) =>
    days.flatMap((day): Compared[] => {
      const before = usualDays(day, held, events);
      if (day > settledThrough || before.length < fewestWeeks) return [];
      const [actual, usual] = [daily.get(day) ?? 0n, medianOf(before.map((other) => daily.get(other) ?? 0n))];
      return [{ day, actual, usual, excess: actual - usual }];
    });
  const days = compared(eachDay({ start, end }));
  const highest = days.reduce<Compared | null>((most, one) => (one.excess > (most?.excess ?? 0n) ? one : most), null);
  if (highest === null) return null;
  const others = days.filter((one) => one !== highest).map(({ excess }) => excess);
  if (highest.excess * 2n < medianOf(others) * 3n) return null;
  const earlier = compared(eachDay({ start: addDays(start, -7), end: start })).map(({ excess }) => excess);
  if (highest.excess < medianOf(earlier) * 2n) return null;
  const { day, actual, usual } = highest;
  return { day, actual, usual, percent: percentChange(actual, usual), isHighest: days.every((one) => one.actual <= actual) };
}
