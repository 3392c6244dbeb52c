import { mean, median, medianDeviation, quantile } from "../statistics.ts";

/** What a day was expected to cost, from the days before it; amounts in the unit of the series. */
export interface Expectation {
  readonly expected: number;
  /** Usual distance from what is expected; never 0 for a series that cost anything. */
  readonly scale: number;
}

/** Less history than this says nothing about a weekday. */
export const fewestDays = 14;
const levelDays = 21;
const profileWeeks = 6;
const mostZeros = 0.3;
/** In a series that is usually 0 a day is as far out as the largest one at so many deviations. */
const rareDay = 5;
/** With fewer weeks than this, one more that says all weekdays are alike keeps a short history from inventing a pattern. */
const enoughWeeks = 4;

/** Cost of each weekday relative to its week: median over the last weeks, drawn towards 1 while they are few. `values[i]` falls on weekday `(first + i) % 7`. */
function weekdayProfile(values: readonly number[], first: number): number[] {
  const profile = Array.from({ length: 7 }, () => 1);
  const zeros = values.filter((value) => value <= 0).length;
  if (values.length < fewestDays || zeros > mostZeros * values.length) return profile;
  const ratios: number[][] = profile.map(() => []);
  for (let week = 1; week <= profileWeeks && week * 7 <= values.length; week++) {
    const start = values.length - week * 7;
    const level = mean(values.slice(start, start + 7));
    if (level <= 0) continue;
    for (let index = start; index < start + 7; index++) ratios[(first + index) % 7]?.push((values[index] ?? 0) / level);
  }
  const drawn = ratios.map((list) => (list.length >= enoughWeeks ? median(list) : (median(list) * list.length + 1) / (list.length + 1)));
  const level = mean(drawn);
  return drawn.map((ratio) => Math.max(0.05, ratio / level));
}

/**
 * What the day after `values` is expected to cost: weekday profile × median level of the last three weeks. The scale is the median
 * deviation, floored by half the 95 % quantile of the residuals (analytics.md §3: a bare median deviation is too tight on
 * heavy-tailed series). `left[i]` true leaves a day out of level and scale (days already found odd).
 * Null with fewer than 14 days of history.
 */
export function expectNext(values: readonly number[], firstWeekday: number, left: readonly boolean[]): Expectation | null {
  if (values.length < fewestDays) return null;
  // An odd day takes the value of its weekday a week before; odd twice it stands as it is, for it may be the pattern.
  const filled = values.map((value, index) => (left[index] && !left[index - 7] ? (values[index - 7] ?? value) : value));
  const profile = weekdayProfile(filled, firstWeekday);
  const ratioOf = (index: number) => profile[(firstWeekday + index) % 7] ?? 1;
  const levels: number[] = [];
  for (let index = values.length - 1; index >= 0 && levels.length < levelDays; index--)
    if (!left[index]) levels.push((values[index] ?? 0) / ratioOf(index));
  if (levels.length < fewestDays / 2) return null;
  const level = median(levels);
  const residuals = levels.map((value) => value - level);
  const tail = quantile(residuals.map(Math.abs), 0.95) / 2;
  const ratio = ratioOf(values.length);
  // A series that costs nothing on most days is measured by the largest day it ever had.
  const floor = level > 0 ? level * 0.02 : Math.max(...filled.map(Math.abs)) / rareDay;
  return { expected: level * ratio, scale: Math.max(medianDeviation(residuals), tail, floor) * ratio };
}
