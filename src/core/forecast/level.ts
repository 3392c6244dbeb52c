import { mean, median } from "../statistics.ts";

/** Levels of a series whose weekdays are taken out, newest value last. */

const levelDays = 21;
const longDays = 42;
const halfLife = 15;

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

/** Weighted median of three weeks: hardly moved by bursts. */
export function robustLevel(values: readonly number[]): number {
  return weightedMedian(values.slice(-levelDays), halfLife);
}

const stepWindow = 56;
const confirmedAfter = 10;
const stepSignificance = 8;
const smallestStep = 0.2;

const distance = (values: readonly number[], from: number) => values.reduce((total, value) => total + Math.abs(value - from), 0);

/**
 * Where the present level begins: the most significant step of the last eight weeks, by medians before and after it against the usual
 * distance of a day from them. A step counts after ten days, for bursts of a week look like one.
 */
export function levelStart(values: readonly number[]): number {
  const begin = Math.max(0, values.length - stepWindow);
  let best = begin;
  let strongest = stepSignificance;
  for (let at = begin + confirmedAfter; at + confirmedAfter <= values.length; at++) {
    const [before, after] = [values.slice(begin, at), values.slice(at)];
    // A step of medians shows in the means as well; most days end here, which is what makes this cheap.
    const [meanBefore, meanAfter] = [mean(before), mean(after)];
    if (Math.abs(meanAfter - meanBefore) < (smallestStep / 2) * Math.max(meanBefore, meanAfter)) continue;
    const [from, to] = [median(before), median(after)];
    const step = Math.abs(to - from);
    if (step < smallestStep * Math.max(from, to)) continue;
    const spread = (1.25 * (distance(before, from) + distance(after, to))) / (before.length + after.length);
    const strength = step / (spread * Math.sqrt(1 / before.length + 1 / after.length) + 1e-9 * step);
    if (strength > strongest) [best, strongest] = [at, strength];
  }
  return best;
}

/** Weighted median of up to six weeks that restarts after a confirmed step. */
export function restartedLevel(values: readonly number[]): number {
  return weightedMedian(values.slice(Math.max(levelStart(values), values.length - longDays)), halfLife);
}

const smoothings = [0.05, 0.1, 0.2, 0.35, 0.5];
/** A day moves a smoothed level as if it were at most so many usual distances away. */
const widest = 1.2;
const warmDays = 7;

const clip = (value: number, most: number) => Math.max(-most, Math.min(most, value));

interface Smoother {
  level: number;
  trend: number;
  scale: number;
}

/** One step of robust smoothing (Gelper, Fried & Croux 2010): the surprise is clipped, the usual distance learns slowly. Returns the surprise. */
function step(state: Smoother, value: number, { alpha, beta, damping }: { alpha: number; beta: number; damping: number }): number {
  const next = state.level + damping * state.trend;
  const surprise = value - next;
  const clipped = clip(surprise, widest * state.scale);
  state.level = next + alpha * clipped;
  state.trend = damping * state.trend + beta * clipped;
  state.scale += 0.1 * (Math.min(Math.abs(surprise), 3 * state.scale) - state.scale);
  return surprise;
}

function begin(values: readonly number[], least: number): Smoother {
  const first = values.slice(0, warmDays);
  const level = median(first);
  return { level, trend: 0, scale: mean(first.map((value) => Math.abs(value - level))) + least };
}

/** Robust simple exponential smoothing; the constant is the one with the least absolute error one day ahead. */
export function smoothedLevel(values: readonly number[]): number {
  let best = { error: Infinity, level: 0 };
  for (const alpha of smoothings) {
    const state = begin(values, 1e-12);
    let error = 0;
    for (const [index, value] of values.entries()) {
      const surprise = step(state, value, { alpha, beta: 0, damping: 0 });
      if (index >= warmDays) error += Math.abs(surprise);
    }
    if (error < best.error) best = { error, level: state.level };
  }
  return best.level;
}

const damping = 0.9;

/** Robust damped trend of logarithms (Gardner & McKenzie 1985, φ = 0.9), by days ahead. An undamped one explodes. */
export function dampedTrend(values: readonly number[], days: number): number[] {
  const average = mean(values);
  if (average <= 0) return Array.from({ length: days }, () => average);
  const logs = values.map((value) => Math.log(Math.max(value, 0.05 * average)));
  const state = begin(logs, 1e-3);
  for (const log of logs) step(state, log, { alpha: 0.3, beta: 0.05, damping });
  let sum = 0;
  return Array.from({ length: days }, (_, ahead) => {
    sum += damping ** (ahead + 1);
    return Math.exp(state.level + sum * state.trend);
  });
}
