import { type Day, addDays, eachDay } from "../../day.ts";
import { percentChange } from "../../format.ts";
import { type Micros, absolute, sum, toCents } from "../../money.ts";
import { compareToBase, isShare } from "../../percent.ts";
import type { Thresholds } from "../../settings/config.ts";
import { type IgnoreEntry, ignoredBy } from "../../settings/ignore.ts";
import type { Slice } from "../../slices/slice.ts";
import { type Findings, allAnomalies } from "./findings.ts";

/** A service that moved week after week until it was far from where it came from, though no day of it was odd. */
export interface Drift {
  readonly slice: Slice;
  readonly direction: "up" | "down";
  /** The first day of the first week that moved. */
  readonly since: Day;
  /** What each of the six weeks cost, oldest first, in cents. */
  readonly weeks: readonly bigint[];
  readonly percent: number | null;
}

/** A drift is told over so many settled weeks. */
export const driftWeeks = 6;
/** So many of the five steps lead one way. */
const fewestSteps = 4;

/** Weekly totals of a slice before a day, oldest first. */
function weeklyOf(days: ReadonlyMap<Day, Micros>, weeks: readonly (readonly Day[])[]): Micros[] {
  return weeks.map((week) => sum(week.map((day) => days.get(day) ?? 0n)));
}

/** What a percentage compounds to over the weeks, in percent: growth that is expected is no drift. */
function grown(growth: number | null): number {
  return growth === null ? 0 : Math.round(((1 + growth / 100) ** (driftWeeks - 1) - 1) * 10_000) / 100;
}

/** Most steps lead one way, none of them is half of the way or more: that would be a step, not a drift. */
function creeps(weeks: readonly Micros[]): boolean {
  const steps = weeks.slice(1).map((week, index) => week - (weeks[index] ?? 0n));
  const way = sum(steps);
  const along = steps.filter((step) => (way > 0n ? step > 0n : step < 0n));
  return along.length >= fewestSteps && steps.every((step) => absolute(step) * 2n < absolute(way));
}

function isFar(first: Micros, last: Micros, { anomaly }: Thresholds, growth: number | null): boolean {
  if (last < first) return compareToBase(last, first, -anomaly) <= 0;
  const expected = Math.max(0, grown(growth));
  return compareToBase(last, first, Math.round((anomaly + expected + (anomaly * expected) / 100) * 100) / 100) >= 0;
}

interface DriftInput {
  readonly services: readonly Slice[];
  readonly settledThrough: Day | null;
  readonly thresholds: Thresholds;
  /** Expected growth in percent a week; null = none stated. */
  readonly growth: number | null;
  /** What is named already: such a service has no need to be named twice. */
  readonly findings: Findings;
  readonly ignore: readonly IgnoreEntry[];
}

/** Slow drifts, largest first: what people are asked about, and what they said to ignore. */
export interface Drifts {
  readonly drifts: readonly Drift[];
  readonly ignoredDrifts: readonly { readonly drift: Drift; readonly entry: IgnoreEntry }[];
}

/**
 * Slow drift over the last six settled weeks: at least four of five steps in one direction, none of half the way, and in the end as far
 * from the first week as makes a day odd (`thresholds.anomaly`, beyond the growth that is expected), by an amount that matters
 * (`thresholds.anomalyShare` of all services). An entry of the ignore list covers one while its last settled day lies in the entry's time, and
 * holds its `most` against the way from the first week to the last.
 */
export function driftsIn({ services, settledThrough, thresholds, growth, findings, ignore }: DriftInput): Drifts {
  if (settledThrough === null) return { drifts: [], ignoredDrifts: [] };
  const begin = addDays(settledThrough, 1 - 7 * driftWeeks);
  const weeks = Array.from({ length: driftWeeks }, (_, week) =>
    eachDay({ start: addDays(begin, 7 * week), end: addDays(begin, 7 * week + 7) }),
  );
  const costs = services.map((slice) => ({ slice, costs: weeklyOf(slice.days, weeks) }));
  const all = sum(costs.map(({ costs: list }) => list.at(-1) ?? 0n));
  const matters = (amount: Micros) => isShare(amount, all, thresholds.anomalyShare);
  const named = new Set(allAnomalies(findings).map(({ slice }) => slice.id));
  const period = { start: settledThrough, end: addDays(settledThrough, 1) };
  const found = costs
    .flatMap(({ slice, costs: list }): (Drift & { size: Micros })[] => {
      const [first = 0n, last = 0n] = [list[0], list.at(-1)];
      const size = absolute(last - first);
      if (first <= 0n || size === 0n || !matters(size) || !creeps(list) || !isFar(first, last, thresholds, growth)) return [];
      if (named.has(slice.id)) return [];
      const direction = last > first ? "up" : "down";
      return [{ slice, direction, since: addDays(begin, 7), weeks: list.map(toCents), percent: percentChange(last, first), size }];
    })
    .sort((a, b) => (a.size === b.size ? (a.slice.id < b.slice.id ? -1 : 1) : a.size > b.size ? -1 : 1))
    .map(({ size, ...drift }) => {
      const { slice, direction } = drift;
      return { drift, entry: ignoredBy(ignore, { path: slice.path, direction, period, size }) };
    });
  return {
    drifts: found.flatMap(({ drift, entry }) => (entry === undefined ? [drift] : [])),
    ignoredDrifts: found.flatMap(({ drift, entry }) => (entry === undefined ? [] : [{ drift, entry }])),
  };
}
