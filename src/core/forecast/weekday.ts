import { mean, median } from "../statistics.ts";

/** So many weeks tell what a weekday costs relative to its week. */
const usualWeeks = 8;
/** More weeks than this without any cost, and there is no weekly pattern. */
const mostEmpty = 1 / 3;

/** Ratios of each weekday to its week, newest week first; weeks that cost nothing are left out. */
function ratiosByWeekday(values: readonly number[], most: number): number[][] {
  const ratios: number[][] = Array.from({ length: 7 }, () => []);
  for (let week = 1; week <= most && week * 7 <= values.length; week++) {
    const start = values.length - week * 7;
    const level = mean(values.slice(start, start + 7));
    if (level <= 0) continue;
    for (let index = start; index < start + 7; index++) ratios[index % 7]?.push(Math.max(0, values[index] ?? 0) / level);
  }
  return ratios;
}

/** Mean absolute deviation from the median, as a standard deviation of a normal variable. */
const spreadOf = (ratios: readonly number[], middle: number) => 1.25 * mean(ratios.map((ratio) => Math.abs(ratio - middle)));

const flat = () => Array.from({ length: 7 }, () => 1);

/** The ratios of the last `most` weeks and their medians; null where too few weeks cost anything for a pattern. */
function pattern(values: readonly number[], most: number): { ratios: number[][]; middles: number[]; weeks: number; level: number } | null {
  const ratios = ratiosByWeekday(values, most);
  const weeks = ratios[0]?.length ?? 0;
  if (weeks < 2 || weeks < (1 - mostEmpty) * Math.min(most, Math.floor(values.length / 7))) return null;
  const middles = ratios.map(median);
  const level = mean(middles);
  return level <= 0 ? null : { ratios, middles, weeks, level };
}

/** What each day of the week costs relative to its week, as the medians of eight weeks say it. `profile[i % 7]` belongs to `values[i]`; mean 1. */
export function plainProfile(values: readonly number[]): number[] {
  const found = pattern(values, usualWeeks);
  return found ? found.middles.map((middle) => middle / found.level) : flat();
}

/**
 * What each day of the week costs relative to its week: the median over the last `most` weeks, drawn towards 1 as far as the
 * differences between weekdays are no larger than chance within a weekday would make them (James–Stein shrinkage), so that
 * zeros, bursts and short histories bring no pattern of their own. `profile[i % 7]` belongs to `values[i]`; mean 1.
 */
export function weekdayProfile(values: readonly number[], most = usualWeeks): number[] {
  const found = pattern(values, most);
  if (found === null) return flat();
  const { ratios, middles, weeks, level } = found;
  const between = mean(middles.map((middle) => (middle / level - 1) ** 2));
  const within = mean(ratios.map((list, day) => spreadOf(list, middles[day] ?? 1) ** 2)) / level ** 2;
  // A variance from few weeks is itself uncertain: with two it counts double, with eight nearly as it is.
  const chance = (1.57 * within) / (weeks - 1);
  const kept = between <= chance ? 0 : 1 - chance / between;
  return middles.map((middle) => 1 + kept * (middle / level - 1));
}
