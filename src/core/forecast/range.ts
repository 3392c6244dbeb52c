import { sumOf } from "../statistics.ts";
import { type Origin, blend, logError } from "./backtest.ts";
import { yearMember } from "./members.ts";

/** How far a sum may be from its forecast, as logarithms of the ratio. */
export interface Reach {
  readonly reach80: number;
  readonly reach95: number;
}

interface Miss {
  readonly size: number;
  readonly weight: number;
}

const forgetting = 0.95;

interface Told {
  readonly known: number;
  readonly path: readonly number[];
}

function missesOf(values: readonly number[], told: readonly Told[], span: number): Miss[] {
  return told
    .filter(({ known }) => known + span <= values.length)
    .map(({ known, path }) => ({
      size: Math.abs(logError(sumOf(values, known, known + span), sumOf(path, 0, span))),
      weight: forgetting ** (values.length - known),
    }));
}

function weightedQuantile(misses: readonly Miss[], share: number): number {
  const sorted = [...misses].sort((a, b) => a.size - b.size);
  let left = share * sorted.reduce((total, { weight }) => total + weight, 0);
  for (const { size, weight } of sorted) {
    left -= weight;
    if (left <= 0) return size;
  }
  return sorted.at(-1)?.size ?? 0;
}

/** Quantile of a heavy-tailed miss in mean misses: what a few misses cannot show by themselves. */
const inMeans = { 0.8: 1.7, 0.95: 3.7 } as const;
type Share = keyof typeof inMeans;

function usual(misses: readonly Miss[], share: Share): number {
  const total = misses.reduce((sum, { weight }) => sum + weight, 0);
  const average = total === 0 ? 0 : misses.reduce((sum, { size, weight }) => sum + weight * size, 0) / total;
  return (weightedQuantile(misses, share) + inMeans[share] * average) / 2;
}

const spans = [1, 3, 7, 14];
const fewestMisses = 7;
/** So many misses count as much as what is assumed where none are known. */
const assumedCount = 4;
const assumed = { 0.8: 0.3, 0.95: 0.7 } as const;
const widest = { 0.8: 1.5, 0.95: 2.5 } as const;
const factor = 0.65;
/** How much the shorter spans count beside the whole. */
const shareOfShorter = 0.75;
const shareOfDispute = 0.12;
/** What ranges usually reach, and how much of its distance from that, in logarithms, a range keeps. */
const usualReach = { 0.8: 0.2, 0.95: 0.45 } as const;
const kept = 0.75;

/**
 * The range of the sum of the next `days` days, per series: weighted conformal quantiles of the forecast's own misses in the backtest
 * (Barber, Candès, Ramdas & Tibshirani 2023), newer misses counting more, so that it widens while the series is restless and narrows
 * again. Misses over the whole span are few and overlap; those over shorter spans stand beside them. What the members dispute
 * now is added: they part when the level has just moved; that a year ago says something else is no such sign. As some misses are large or
 * small by luck, the sum is drawn towards what ranges usually reach.
 */
export function reachOf(
  values: readonly number[],
  {
    origins,
    weights,
    members,
    days,
  }: { origins: readonly Origin[]; weights: readonly number[]; members: readonly number[][]; days: number },
): Reach {
  const earlier = origins.map(({ known, members: paths }) => ({ known, path: blend(paths, weights) }));
  const whole = missesOf(values, earlier, days);
  const shorter = spans.filter((span) => span < days).map((span) => missesOf(values, earlier, span));
  const known = shorter.filter((misses) => misses.length >= fewestMisses);
  const disputing = members.filter((_, index) => index !== yearMember);
  const sums = disputing.map((path) => Math.max(0, sumOf(path, 0, days))).filter((sum) => sum > 0);
  const dispute = sums.length < 2 ? 0 : Math.log(Math.max(...sums) / Math.min(...sums));
  const reach = (share: Share) => {
    const short = Math.max(0, ...known.map((misses) => usual(misses, share)));
    const own = whole.length === 0 ? short : usual(whole, share);
    const seen = factor * (known.length === 0 ? own : (1 - shareOfShorter) * own + shareOfShorter * short);
    const count = Math.max(whole.length, known.at(-1)?.length ?? 0) / 2;
    const trusted =
      (count * seen + (count < fewestMisses ? assumedCount * assumed[share] : 0)) / (count + (count < fewestMisses ? assumedCount : 0));
    const told = Math.min(widest[share], trusted + shareOfDispute * (share === 0.8 ? 1 : 2) * dispute);
    return usualReach[share] * (told / usualReach[share]) ** kept;
  };
  return { reach80: reach(0.8), reach95: Math.max(reach(0.8), reach(0.95)) };
}
