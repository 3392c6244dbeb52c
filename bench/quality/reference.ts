import { mean, median, quantile } from "../../src/core/statistics.ts";

/**
 * The best simple methods of the reference behind the goals, built again from its descriptions. The goals name amounts measured on series that are
 * kept apart; what these methods miss on a set at hand says how hard that set is.
 */

const week = 7;

/** Median ratio of each weekday to its week over eight weeks; `index[i % 7]` belongs to `values[i]`. */
function weekdayIndex(values: readonly number[]): number[] {
  const ratios: number[][] = Array.from({ length: week }, () => []);
  for (let back = 1; back <= 8 && back * week <= values.length; back++) {
    const start = values.length - back * week;
    const level = mean(values.slice(start, start + week));
    if (level <= 0) continue;
    for (let day = start; day < start + week; day++) ratios[day % week]?.push((values[day] ?? 0) / level);
  }
  const index = ratios.map((list) => (list.length === 0 ? 1 : median(list)));
  const level = mean(index);
  return level <= 0 ? index.map(() => 1) : index.map((ratio) => ratio / level);
}

const smallestRatio = 0.05;

/** The values without their weekdays; those of a weekday that costs nothing are left out. */
function levelsOf(values: readonly number[], index: readonly number[]): number[] {
  return values.flatMap((value, day) => {
    const ratio = index[day % week] ?? 1;
    return ratio < smallestRatio ? [] : [value / ratio];
  });
}

function weightedMedian(values: readonly number[], half: number): number {
  const weighted = values.map((value, day) => ({ value, weight: 0.5 ** ((values.length - 1 - day) / half) }));
  weighted.sort((a, b) => a.value - b.value);
  let left = weighted.reduce((total, { weight }) => total + weight, 0) / 2;
  return weighted.find(({ weight }) => (left -= weight) <= 0)?.value ?? 0;
}

const robustLevel = (levels: readonly number[]) => weightedMedian(levels.slice(-21), week);

const smoothings = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8];

/** Simple exponential smoothing; the constant with the least squared error one day ahead. */
function smoothedLevel(levels: readonly number[]): number {
  const fits = smoothings.map((alpha) => {
    let [level, error] = [mean(levels.slice(0, week)), 0];
    for (const value of levels.slice(week)) {
      error += (value - level) ** 2;
      level += alpha * (value - level);
    }
    return { level, error };
  });
  return fits.reduce((best, fit) => (fit.error < best.error ? fit : best)).level;
}

const [alpha, beta, damping] = [0.3, 0.05, 0.9];

/** Holt's damped trend of logarithms, by days ahead. */
function dampedTrend(levels: readonly number[], days: number): number[] {
  const least = Math.max(0.05 * mean(levels), 1e-9);
  const logs = levels.map((value) => Math.log(Math.max(value, least)));
  let [level, trend] = [mean(logs.slice(0, week)), 0];
  for (const value of logs) {
    const next = level + damping * trend;
    level = next + alpha * (value - next);
    trend = damping * trend + beta * (value - next);
  }
  let way = 0;
  return Array.from({ length: days }, (_, day) => Math.exp(level + (way += damping ** (day + 1)) * trend));
}

/** Mean of the same weekday in the last four weeks. */
function weekdayMean(values: readonly number[], day: number): number {
  const at = values.length + (day % week) - week;
  return mean([0, 1, 2, 3].flatMap((back) => values[at - back * week] ?? []));
}

/** The days to come by each of the four: weekday mean of four weeks, smoothed level, damped trend and robust level, the last three × weekday. */
function fourOf(values: readonly number[], days: number): Record<"means" | "smoothed" | "trend" | "robust", number[]> {
  const recent = values.slice(-120);
  const index = weekdayIndex(recent);
  const levels = levelsOf(recent, index);
  const trend = dampedTrend(levels, days);
  const [smoothed, robust] = [smoothedLevel(levels), robustLevel(levels)];
  const each = (value: (day: number) => number) => Array.from({ length: days }, (_, day) => value(day));
  const ratio = (day: number) => index[(recent.length + day) % week] ?? 1;
  return {
    means: each((day) => weekdayMean(values, day)),
    smoothed: each((day) => smoothed * ratio(day)),
    trend: each((day) => (trend[day] ?? 0) * ratio(day)),
    robust: each((day) => robust * ratio(day)),
  };
}

/** A forecast of so many days from daily values, oldest first. */
type Forecast = (values: readonly number[], days: number) => number[];

/** `comb4` of the reference: the mean of the four. Its best single rule for costs. */
export const meanOfFour: Forecast = (values, days) => {
  const { means, smoothed, trend, robust } = fourOf(values, days);
  return means.map((value, day) => mean([value, smoothed[day] ?? 0, trend[day] ?? 0, robust[day] ?? 0]));
};

/** Its best method for volume. */
export const weekdayRobust: Forecast = (values, days) => fourOf(values, days).robust;

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const [testDays, fewestKnown, step] = [120, 28, 2];

/** How far eight of ten sums of so many days were from what the same forecast said on days of the last four months: own-series conformal. */
export function usualMiss(forecast: Forecast, values: readonly number[], days: number): number {
  const misses: number[] = [];
  for (let known = values.length - days; known >= Math.max(fewestKnown, values.length - testDays); known -= step)
    misses.push(Math.abs(sum(values.slice(known, known + days)) - sum(forecast(values.slice(0, known), days).slice(0, days))));
  return quantile(misses, 0.8);
}
