import { mean, median, quantile } from "../statistics.ts";

/** Levels of a series whose weekdays are taken out, newest value last. */

const week = 7;
const levelDays = 42;
const halfLife = 15;
const recentDays = 21;

/** Median in which newer days weigh more: a day counts half of one that is `half` days younger. */
export function weightedMedian(values: readonly number[], half: number): number {
  const weighted = values.map((value, index) => ({ value, weight: 0.5 ** ((values.length - 1 - index) / half) }));
  weighted.sort((a, b) => a.value - b.value);
  let left = weighted.reduce((total, { weight }) => total + weight, 0) / 2;
  for (const { value, weight } of weighted) {
    left -= weight;
    if (left <= 0) return value;
  }
  return weighted.at(-1)?.value ?? 0;
}

/** Weighted median of up to six weeks: hardly moved by bursts. */
export function robustLevel(values: readonly number[]): number {
  return weightedMedian(values.slice(-levelDays), halfLife);
}

/** Weighted median of three weeks, half of whose weight lies in about the last one. */
export function recentLevel(values: readonly number[]): number {
  return weightedMedian(values.slice(-recentDays), week);
}

const fourWeeks = 28;
/** So many days before a step tell what is usual. */
const fewestBefore = 14;
/** The distance from their last week's median that nearly all days before a step keep, and how many of it a new level is away. */
const [nearlyAll, farther] = [0.95, 2.5];
const smallestStep = 0.1;
/** Days that cost less than this share are a fall however restless the series, where none before was near it. */
const nothing = 0.05;
/** A fall counts after so many days; a rise, which may be a burst, and days at nothing, which may be an outage, after a week. */
const lastingFall = 3;

/**
 * Is there a step before `values[at]`? All days from there through the last, but for one a week between, stand farther from the week before, on
 * one side, than days of the four weeks before it did.
 */
function isNewLevel(values: readonly number[], at: number, isTold: (index: number) => boolean): boolean {
  const from = median(values.slice(at - week, at));
  const now = median(values.slice(Math.max(at, values.length - week)));
  const isNothing = Math.abs(now) < nothing * Math.abs(from);
  const lasting = now > from || isNothing ? week : lastingFall;
  if (Math.abs(now - from) <= smallestStep * Math.abs(from) || at + lasting > values.length) return false;
  const before = values.slice(Math.max(0, at - fourWeeks), at);
  const usual = quantile(
    before.map((value) => Math.abs(value - from)),
    nearlyAll,
  );
  const hasEnded = isNothing && Math.min(...before) >= nothing * from;
  const least = hasEnded ? (1 - nothing) * from : Math.max(farther * usual, smallestStep * Math.abs(from));
  const isFar = (value: number) => (now > from ? value - from : from - value) > least;
  const after = values.slice(at);
  if (after.filter((_, index) => isTold(at + index)).length < lastingFall) return false;
  if (![now, median(after.slice(0, week)), after[0] ?? 0, after.at(-1) ?? 0].every(isFar)) return false;
  return after.filter((value) => !isFar(value)).length <= Math.floor(after.length / week);
}

/**
 * Where the present level begins, 0 where none does. A step is measured by what the series did before: days that cost the same for weeks and
 * then do not are one, those of a restless series are none, nor is steady growth, for its weeks lie close. Three days since have to tell a level of
 * their own: of a free Friday and the weekend after it only the Friday does.
 */
export function levelStart(values: readonly number[], isTold: (index: number) => boolean = () => true): number {
  for (let at = fewestBefore; at + lastingFall <= values.length; at++) if (isNewLevel(values, at, isTold)) return at;
  return 0;
}

const smoothings = [0.05, 0.1, 0.2, 0.35, 0.5];
const followingSmoothings = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8];
/** A day moves a smoothed level as if it were at most so many usual distances away. */
const widest = 1.2;

const clip = (value: number, most: number) => Math.max(-most, Math.min(most, value));

interface Smoother {
  level: number;
  trend: number;
  scale: number;
}

/** How fast level and trend learn, and how fast the trend fades. */
interface Pace {
  readonly alpha: number;
  readonly beta: number;
  readonly damping: number;
}

/** Robust smoothing (Gelper, Fried & Croux 2010): a surprise is clipped, the usual distance learns slowly. Returns the sum of the surprises after the first days. */
function smooth(state: Smoother, values: readonly number[], { alpha, beta, damping }: Pace): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    const next = state.level + damping * state.trend;
    const surprise = (values[index] ?? 0) - next;
    const clipped = clip(surprise, widest * state.scale);
    state.level = next + alpha * clipped;
    state.trend = damping * state.trend + beta * clipped;
    const size = Math.abs(surprise);
    state.scale += 0.1 * (Math.min(size, 3 * state.scale) - state.scale);
    if (index >= week) total += size;
  }
  return total;
}

function begin(values: readonly number[], least: number): Smoother {
  const first = values.slice(0, week);
  const level = median(first);
  return { level, trend: 0, scale: mean(first.map((value) => Math.abs(value - level))) + least };
}

/** Robust simple exponential smoothing; the constant is the one with the least absolute error one day ahead. */
export function smoothedLevel(values: readonly number[]): number {
  let best = { error: Infinity, level: 0 };
  const start = begin(values, 1e-12);
  for (const alpha of smoothings) {
    const state = { ...start };
    const error = smooth(state, values, { alpha, beta: 0, damping: 0 });
    if (error < best.error) best = { error, level: state.level };
  }
  return best.level;
}

/** A day moves the level that follows as if it were at most this share of it away, of one near nothing this share of the mean. */
const [mostMove, leastLevel] = [0.5, 0.05];

/**
 * Simple exponential smoothing that follows a step at once, however calm the days before; a day many times as high moves it no further than a step. The
 * constant is chosen in the same way.
 */
export function followingLevel(values: readonly number[]): number {
  let best = { error: Infinity, level: 0 };
  const start = mean(values.slice(0, week));
  const least = leastLevel * Math.abs(mean(values));
  for (const alpha of followingSmoothings) {
    let [level, error] = [start, 0];
    for (let index = week; index < values.length; index++) {
      const surprise = (values[index] ?? 0) - level;
      error += Math.abs(surprise);
      level += alpha * clip(surprise, mostMove * Math.max(Math.abs(level), least));
    }
    if (error < best.error) best = { error, level };
  }
  return best.level;
}

const damping = 0.9;
/** A share of less than this may be 0, which has no logarithm. */
const smallest = 1e-200;

/** Robust damped trend of logarithms (Gardner & McKenzie 1985, φ = 0.9), by days ahead. An undamped one explodes. */
export function dampedTrend(values: readonly number[], days: number): number[] {
  const average = mean(values);
  if (average <= smallest) return Array.from({ length: days }, () => average);
  const logs = values.map((value) => Math.log(Math.max(value, 0.05 * average)));
  const state = begin(logs, 1e-3);
  smooth(state, logs, { alpha: 0.3, beta: 0.05, damping });
  let sum = 0;
  return Array.from({ length: days }, (_, ahead) => {
    sum += damping ** (ahead + 1);
    return Math.exp(state.level + sum * state.trend);
  });
}

const fewestWeeks = 3;
/** A fall is not drawn out below this share of the level. */
const leastShare = 0.3;

/** The slope a day of a straight line: the median of the slopes between all pairs of the medians of weeks (Theil 1950, Sen 1968). */
function weeklySlope(values: readonly number[]): number {
  const weeks = Math.floor(values.length / week);
  if (weeks < fewestWeeks) return 0;
  const begins = Array.from({ length: weeks }, (_, index) => values.length - (weeks - index) * week);
  const middles = begins.map((from) => median(values.slice(from, from + week)));
  return median(middles.flatMap((first, at) => middles.slice(at + 1).map((later, gap) => (later - first) / (week * (gap + 1)))));
}

/**
 * A level carried on by the slope of the weeks before: steady growth that a level alone runs behind. The slope is taken out before the level
 * is smoothed, for a smoothed level is that of some days ago. By days ahead.
 */
export function driftingLevel(values: readonly number[], days: number): number[] {
  const slope = weeklySlope(values);
  const today = values.length - 1;
  const level = smoothedLevel(values.map((value, index) => value + slope * (today - index)));
  if (level <= 0) return Array.from({ length: days }, () => level);
  return Array.from({ length: days }, (_, ahead) => Math.max(leastShare * level, level + slope * (ahead + 1)));
}
