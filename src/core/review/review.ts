import { type Arrival, type Silence, arrivalsOf, silentProviders } from "./arrivals.ts";
import { type Allocation, type AllocationTarget, allocationTargets, allocator } from "../settings/allocation.ts";
import { type Charge, type ChargeCategory, type CostBasis, type SourceState, costOf, isLateCorrection } from "../ledger/charge.ts";
import type { Thresholds } from "../settings/config.ts";
import { type Day, type Period, addDays, contains, daysBetween, eachDay, isoWeekOf, monthOf } from "../day.ts";
import { type Delta, type TwoWeeks, bySize, deltasOf } from "./delta.ts";
import { type Drivers, driversOf } from "./drivers.ts";
import { type EstimatedTotals, estimatedTotals } from "./estimated.ts";
import { percentOf } from "../format.ts";
import { type Gap, gapOf } from "./gap.ts";
import { type MonthFigures, monthFigures } from "./month.ts";
import { type Micros, divideRounded, sum, toCents } from "../money.ts";
import { type Anomaly, type Yesterday, anomaliesIn, yesterdayOf } from "./odd-days.ts";
import type { Split } from "../split/split.ts";
import { splitsOf } from "../split/weeks.ts";
import { type Plan, planOf } from "../settings/plan.ts";
import { type Rename, likelyRenames } from "./renames.ts";
import type { Restatement } from "../ledger/restatement.ts";
import { type Slice, slicesOf, unallocated } from "./slice.ts";
import { type OtherBasis, type Totals, otherBasisOf, totalsOf } from "./totals.ts";
import { type TwoViews, twoViewsOf } from "./two-views.ts";
import { type Verdict, triggersOf, verdictOf, weekIsUp } from "./verdict.ts";
import { atPaceScale } from "./pacing.ts";

/** All that a weekly review is computed from. */
export interface ReviewInput {
  /** The review date; the period is the seven days before it. */
  readonly asOf: Day;
  readonly currency: string;
  readonly costBasis: CostBasis;
  /** Every known charge of the configured sources before the review date. */
  readonly charges: readonly Charge[];
  readonly sources: readonly SourceState[];
  readonly plan: Plan | null;
  readonly allocation: Allocation;
  readonly thresholds: Thresholds;
  /** Expected growth in percent a week; null = none stated. */
  readonly growth: number | null;
  readonly restatements: readonly Restatement[];
}

/** What part of a week's usage an allocation target does not cover. */
export interface Unallocated {
  readonly target: AllocationTarget;
  readonly amount: bigint;
  readonly percent: number | null;
}

/** A delta that the review asks to explain, with what moved inside it. */
export interface ListedDelta {
  readonly delta: Delta;
  readonly drivers: Drivers;
}

/** The computed facts of one week. Amounts are cents of the rounded model unless their type says otherwise. */
export interface Review {
  readonly asOf: Day;
  readonly id: string;
  readonly period: Period;
  readonly prior: Period;
  readonly currency: string;
  readonly costBasis: CostBasis;
  readonly settledThrough: Day | null;
  readonly total: TwoWeeks;
  /** The total on the other cost basis, when it differs by more than 1 %. */
  readonly otherBasis: OtherBasis | null;
  readonly usage: TwoWeeks;
  /** What of week and month to date is estimated, not billed; null when nothing is. */
  readonly estimated: EstimatedTotals | null;
  /** Purchases, taxes, credits and adjustments, where there are any. */
  readonly otherCategories: readonly { readonly category: ChargeCategory; readonly amounts: TwoWeeks }[];
  /** Totals of the last weeks that have data, oldest first, the week under review last. */
  readonly weeks: readonly { readonly period: Period; readonly total: bigint }[];
  /** What each of the last days cost, oldest first, through the day before the review date; at most 13 weeks. */
  readonly days: readonly { readonly day: Day; readonly total: bigint }[];
  readonly weekUp: boolean;
  readonly growth: number | null;
  readonly month: MonthFigures;
  readonly gap: Gap | null;
  readonly yesterday: Yesterday | null;
  readonly deltas: readonly Delta[];
  readonly listed: readonly ListedDelta[];
  /** Why each delta changed, by slice id; absent where requests or tokens are not known. */
  readonly splits: ReadonlyMap<string, Split>;
  readonly renames: readonly Rename[];
  readonly twoViews: readonly TwoViews[];
  readonly gross: { readonly up: bigint; readonly down: bigint };
  readonly reconciliation: { readonly listed: bigint; readonly other: bigint; readonly total: bigint };
  readonly unallocated: readonly Unallocated[];
  readonly anomalies: readonly Anomaly[];
  readonly arrivals: readonly Arrival[];
  readonly silences: readonly Silence[];
  /** Something is known to be missing from the week under review. */
  readonly incomplete: boolean;
  readonly restatements: readonly Restatement[];
  /** The first day of all data; null without any. */
  readonly firstDay: Day | null;
  readonly sources: readonly SourceState[];
  readonly verdict: Verdict;
  readonly triggers: readonly string[];
}

/** The last day through which every source without a problem is final. */
export function settledThroughOf(sources: readonly SourceState[]): Day | null {
  const days = sources.flatMap(({ settledThrough, problem }) => (settledThrough === null || problem !== null ? [] : [settledThrough]));
  return days.sort()[0] ?? null;
}

/** The review date's week: seven days, named by the ISO week of the last. */
export function weekBefore(asOf: Day): { period: Period; prior: Period; id: string } {
  const start = addDays(asOf, -7);
  return { period: { start, end: asOf }, prior: { start: addDays(start, -7), end: start }, id: isoWeekOf(addDays(asOf, -1)) };
}

function sumByDay(charges: readonly Charge[], cost: (charge: Charge) => Micros): Map<Day, Micros> {
  const days = new Map<Day, Micros>();
  for (const charge of charges) days.set(charge.day, (days.get(charge.day) ?? 0n) + cost(charge));
  return days;
}

const trendWeeks = 6;

function weeksOf(daily: ReadonlyMap<Day, Micros>, period: Period, firstDay: Day | null): Review["weeks"] {
  const starts = Array.from({ length: trendWeeks }, (_, back) => addDays(period.start, -7 * (trendWeeks - 1 - back)));
  return starts
    .filter((start) => firstDay !== null && start >= firstDay)
    .map((start) => {
      const week = { start, end: addDays(start, 7) };
      return { period: week, total: toCents(sum([...daily].filter(([day]) => contains(week, day)).map(([, amount]) => amount))) };
    });
}

const chartDays = 91;

function daysOf(daily: ReadonlyMap<Day, Micros>, asOf: Day, firstDay: Day | null): Review["days"] {
  if (firstDay === null) return [];
  const start = [firstDay, addDays(asOf, -chartDays)].sort().at(-1) ?? firstDay;
  return eachDay({ start, end: asOf }).map((day) => ({ day, total: toCents(daily.get(day) ?? 0n) }));
}

function grossOf(deltas: readonly Delta[]): Review["gross"] {
  const changes = deltas.filter(({ slice }) => slice.dimension === "service").map(({ change }) => change);
  return { up: sum(changes.filter((change) => change > 0n)), down: sum(changes.filter((change) => change < 0n)) };
}

function unallocatedOf(deltas: readonly Delta[], usage: TwoWeeks): Unallocated[] {
  return allocationTargets.map((target) => {
    const delta = deltas.find(({ slice }) => slice.dimension === target && slice.key === unallocated);
    return { target, amount: delta?.last7 ?? 0n, percent: percentOf(delta?.exact.last7 ?? 0n, usage.exact.last7) };
  });
}

/** The last settled day of a slice: the earliest of its sources, those with a problem too. */
function settledOf(sources: readonly SourceState[]): (slice: Slice) => Day | null {
  const known = new Map(sources.map(({ name, settledThrough }) => [name, settledThrough]));
  return (slice) =>
    [...slice.sources]
      .map((name) => known.get(name) ?? null)
      .filter((day) => day !== null)
      .sort()[0] ?? null;
}

const usageOf = (charges: readonly Charge[]) => charges.filter(({ category }) => category === "Usage");

/** What every part of a review starts from. */
interface Basics {
  readonly weeks: ReturnType<typeof weekBefore>;
  readonly settledThrough: Day | null;
  /** All charges but corrections of earlier billing periods. */
  readonly daily: readonly Charge[];
  readonly byDay: ReadonlyMap<Day, Micros>;
  readonly firstDay: Day | null;
  readonly totals: Totals;
  readonly usage: TwoWeeks;
  /** Slices of usage. */
  readonly slices: readonly Slice[];
  readonly services: readonly Slice[];
  readonly allocate: ReturnType<typeof allocator>;
}

function basicsOf({ asOf, charges, sources, costBasis, allocation }: ReviewInput): Basics {
  const weeks = weekBefore(asOf);
  const cost = (charge: Charge) => costOf(charge, costBasis);
  const daily = charges.filter((charge) => !isLateCorrection(charge));
  const allocate = allocator(allocation);
  const totals = totalsOf(daily, weeks, costBasis);
  const slices = slicesOf(usageOf(daily), allocate, cost);
  return {
    weeks,
    settledThrough: settledThroughOf(sources),
    daily,
    byDay: sumByDay(daily, cost),
    firstDay: daily.reduce<Day | null>((first, { day }) => (first === null || day < first ? day : first), null),
    totals,
    usage: totals.byCategory.get("Usage") ?? totals.total,
    slices,
    services: slices.filter((slice) => slice.dimension === "service"),
    allocate,
  };
}

/** Totals of the week, categories, trend and what has not arrived. */
function weekFacts(
  { asOf, costBasis, sources, growth, restatements }: ReviewInput,
  { weeks, daily, byDay, firstDay, totals, usage, slices, settledThrough }: Basics,
) {
  const arrivals = arrivalsOf(sources, daily, weeks.period);
  const silences = silentProviders(slices, settledOf(sources));
  return {
    ...weeks,
    settledThrough,
    total: totals.total,
    usage,
    estimated: estimatedTotals(daily, weeks.period, settledThrough, costBasis),
    twoViews: twoViewsOf(daily, weeks.period, costBasis),
    otherBasis: otherBasisOf(daily, weeks.period, costBasis, totals.total),
    otherCategories: [...totals.byCategory]
      .filter(([category, { exact }]) => category !== "Usage" && (exact.last7 !== 0n || exact.prior7 !== 0n))
      .map(([category, amounts]) => ({ category, amounts })),
    weeks: weeksOf(byDay, weeks.period, firstDay),
    days: daysOf(byDay, asOf, firstDay),
    growth,
    restatements,
    firstDay,
    arrivals,
    silences,
    incomplete: silences.length > 0 || arrivals.some(({ missing }) => missing > 0),
  };
}

/** The month, the gap to its plan, and the verdict. */
function pacingFacts(input: ReviewInput, { weeks, byDay, services, firstDay, totals, settledThrough }: Basics) {
  const { asOf, thresholds } = input;
  const month = monthOf(addDays(asOf, -1));
  const plan = planOf(input.plan, month, asOf);
  const figures = monthFigures({ ...input, month, plan, settledThrough });
  const { last7, prior7 } = totals.total.exact;
  const amounts = { pace: figures.pace.scaled, plan: plan && atPaceScale(plan.amount), last7, prior7 };
  const started = settledThrough !== null && settledThrough >= `${month}-01`;
  return {
    month: figures,
    gap:
      plan && started && firstDay !== null
        ? gapOf({ plan, daily: byDay, through: settledThrough, period: weeks.period, services, first: firstDay })
        : null,
    weekUp: weekIsUp(amounts, thresholds),
    verdict: verdictOf(amounts, thresholds),
    triggers: triggersOf(amounts, thresholds),
  };
}

/** Slices in both weeks, those to explain, and how they add up. */
function deltaFacts(input: ReviewInput, basics: Basics) {
  const { thresholds, costBasis } = input;
  const { weeks, daily, slices, totals, usage, allocate } = basics;
  const { total } = totals;
  const deltas = deltasOf(slices, { last7: weeks.period, prior7: weeks.prior }, usage, total, thresholds);
  const listed = deltas.filter((delta) => delta.listed).sort(bySize);
  const change = sum(listed.map((delta) => delta.change));
  return {
    deltas,
    listed: listed.map((delta) => ({ delta, drivers: driversOf(delta, daily, weeks, allocate, costBasis) })),
    splits: splitsOf(deltas, daily, weeks, allocate, costBasis),
    renames: likelyRenames(usageOf(daily), weeks, total.exact.last7, costBasis),
    gross: grossOf(deltas),
    reconciliation: { listed: change, other: total.change - change, total: total.change },
    unallocated: unallocatedOf(deltas, usage),
  };
}

/** Computes all facts of a week, from charges alone. */
export function reviewOf(input: ReviewInput): Review {
  const { asOf, currency, costBasis, thresholds, sources } = input;
  const basics = basicsOf(input);
  const { slices, services, settledThrough, weeks } = basics;
  return {
    asOf,
    currency,
    costBasis,
    sources,
    ...weekFacts(input, basics),
    ...pacingFacts(input, basics),
    ...deltaFacts(input, basics),
    anomalies: anomaliesIn(slices, settledOf(sources), weeks.period, thresholds),
    yesterday: settledThrough === null ? null : yesterdayOf(services, settledThrough, thresholds),
  };
}

/** How many days of the prior week lie before the first day of all data: without them it is no fair comparison. */
export function missingPriorDays(review: Review): number {
  if (review.firstDay === null) return 7;
  return Math.min(7, Math.max(0, daysBetween(review.prior.start, review.firstDay)));
}

/** Mean cost of a day in cents. */
export function perDay(total: bigint, days: number): bigint {
  return days === 0 ? 0n : divideRounded(total, BigInt(days));
}
