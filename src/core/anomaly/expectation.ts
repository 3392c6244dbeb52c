import { weekdayProfile } from "../forecast/weekday.ts";
import { mean, median, medianDeviation, quantile } from "../statistics.ts";

/** What a day was expected to cost, from the days before it; amounts in the unit of the series. */
export interface Expectation {
  readonly expected: number;
  /** Usual distance from what is expected; 0 only for a series that never cost anything. */
  readonly scale: number;
  /** What the mean of the same days lets expect, weekday taken into account, and its standard deviation: the second view. */
  readonly recent: { readonly expected: number; readonly scale: number };
  /** What the weekday that costs least lets expect. */
  readonly leastWeekday: number;
  /** The smallest of the days before it, odd ones left out. */
  readonly leastDay: number;
}

/** Less history than this says nothing about a weekday. */
export const fewestDays = 14;
const fewestLevels = 7;
/** A week of a level that is known to be new, whose weekends may cost nothing. */
const fewestNewLevels = 5;
const levelDays = 21;
/** A scale below this share of the level is a series too even to be true. */
const smallestScale = 0.02;
/** Weekdays that cost less than this share of a mean day say nothing about the level. */
const smallestRatio = 0.05;
/** A weekday that usually costs nothing has the scale of one at a quarter of the mean day. */
const smallestScaleRatio = 0.25;
/** In a series that is usually 0 a day as large as the largest one is so many deviations out. */
const rareDay = 3;
/** A day at 0 or near it counts as one at this share of what was expected. */
export const smallestShare = 0.03;

/** How far a day is out: a rise by its amount, a fall by its factor, so that a day at 0 departs far even from a restless series. */
export function departureOf(value: number, expected: number): number {
  if (value >= expected || expected <= 0) return value - expected;
  return -expected * Math.log(expected / Math.max(value, expected * smallestShare));
}

/** The usual range reaches so many deviations. */
export const rangeWidth = 2;

/**
 * What a day usually costs: above what was expected by amount, below it by factor, as days are judged. At least 0, but of what is usually refunded:
 * that goes by amount both ways.
 */
export function usualRange({ expected, scale }: Pick<Expectation, "expected" | "scale">): { readonly low: number; readonly high: number } {
  const reach = rangeWidth * scale;
  const low = expected > 0 ? expected * Math.exp(-reach / expected) : expected < 0 ? expected - reach : 0;
  return { low, high: expected + reach };
}

/** An odd day takes the value of its weekday a week before; odd twice it stands as it is, for it may be the pattern. */
function withoutOdd(values: readonly number[], left: readonly boolean[]): readonly number[] {
  return left.includes(true)
    ? values.map((value, index) => (left[index] && !left[index - 7] ? (values[index - 7] ?? value) : value))
    : values;
}

/**
 * What the day after `values` is expected to cost, seen twice: weekday profile × median level of three weeks, its scale the median
 * deviation floored by half the 95 % quantile of the residuals (a bare median deviation is too tight
 * on heavy-tailed series); and the mean of the same days with its standard deviation. `left[i]` true leaves a day out of both (days found
 * odd); days before `levelFrom` tell the weekdays apart, and no level, as soon as enough days after it are known. Null with fewer than
 * 14 days of history.
 */
export function expectNext(values: readonly number[], left: readonly boolean[], levelFrom = 0): Expectation | null {
  if (values.length < fewestDays) return null;
  const filled = withoutOdd(values, left);
  const profile = weekdayProfile(filled);
  const ratioOf = (index: number) => profile[index % 7] ?? 1;
  const levelsSince = (first: number) => {
    const levels: number[] = [];
    for (let index = first; index < filled.length; index++) {
      const ratio = ratioOf(index);
      if (!left[index] && ratio >= smallestRatio) levels.push((filled[index] ?? 0) / ratio);
    }
    return levels;
  };
  const since = levelsSince(levelFrom);
  const levels = levelFrom > 0 && since.length < fewestNewLevels ? levelsSince(0) : since;
  if (levels.length < (levelFrom > 0 ? fewestNewLevels : fewestLevels)) return null;
  const last = levels.slice(-levelDays);
  const level = median(last);
  const residuals = last.map((value) => departureOf(value, level));
  const floor = level > 0 ? level * smallestScale : largest(values) / rareDay;
  const scale = Math.max(medianDeviation(residuals), quantile(residuals.map(Math.abs), 0.95) / 2, floor);
  const average = mean(last);
  const deviation = Math.sqrt(mean(last.map((value) => departureOf(value, average) ** 2)));
  const ratio = ratioOf(values.length);
  const wide = Math.max(ratio, smallestScaleRatio);
  return {
    expected: level * ratio,
    scale: scale * wide,
    recent: { expected: average * ratio, scale: Math.max(deviation, floor) * wide },
    leastWeekday: level * profile.reduce((least, other) => Math.min(least, other)),
    leastDay: values.reduce((least, value, index) => (left[index] ? least : Math.min(least, value)), Infinity),
  };
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
