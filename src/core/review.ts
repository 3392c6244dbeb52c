import { type Allocation, type AllocationTarget, allocationTargets, allocator } from "./allocation.ts";
import { type Charge, type ChargeCategory, type CostBasis, type SourceState, chargeCategories, costOf, isLateCorrection } from "./charge.ts";
import type { Thresholds } from "./config.ts";
import { type Day, type Period, addDays, contains, daysBetween, eachDay, isoWeekOf, monthOf } from "./day.ts";
import { type Delta, type TwoWeeks, bySize, deltasOf, twoWeeks } from "./delta.ts";
import { type Drivers, driversOf } from "./drivers.ts";
import { percentOf } from "./format.ts";
import { type Gap, gapOf } from "./gap.ts";
import { type MonthFigures, monthFigures } from "./month.ts";
import { type Micros, apportion, divideRounded, microsPerCent, sum, toCents } from "./money.ts";
import { type Anomaly, type Silence, type Yesterday, anomaliesIn, silentProviders, yesterdayOf } from "./odd-days.ts";
import { type Plan, planOf } from "./plan.ts";
import type { Restatement } from "./restatement.ts";
import { type Slice, slicesOf, unallocated } from "./slice.ts";
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
  readonly otherBasis: { readonly basis: CostBasis; readonly last7: bigint } | null;
  readonly usage: TwoWeeks;
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
  readonly gross: { readonly up: bigint; readonly down: bigint };
  readonly reconciliation: { readonly listed: bigint; readonly other: bigint; readonly total: bigint };
  readonly unallocated: readonly Unallocated[];
  readonly anomalies: readonly Anomaly[];
  readonly silences: readonly Silence[];
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

const dailyCharges = (charges: readonly Charge[]) => charges.filter((charge) => !isLateCorrection(charge));

interface Totals {
  readonly total: TwoWeeks;
  readonly byCategory: ReadonlyMap<ChargeCategory, TwoWeeks>;
}

/** Total and categories of both weeks; the categories' cents add up to the total's. */
function totalsOf(charges: readonly Charge[], weeks: { period: Period; prior: Period }, basis: CostBasis): Totals {
  const week = (period: Period) => {
    const within = charges.filter((charge) => contains(period, charge.day));
    const exact = chargeCategories.map((category) => sum(within.filter((charge) => charge.category === category).map((charge) => costOf(charge, basis))));
    const total = sum(exact);
    return { exact, total, cents: apportion(exact, microsPerCent, toCents(total)) };
  };
  const [last, prior] = [week(weeks.period), week(weeks.prior)];
  const at = (index: number) =>
    twoWeeks({ last7: last.exact[index] ?? 0n, prior7: prior.exact[index] ?? 0n }, last.cents[index] ?? 0n, prior.cents[index] ?? 0n);
  return {
    total: twoWeeks({ last7: last.total, prior7: prior.total }, toCents(last.total), toCents(prior.total)),
    byCategory: new Map(chargeCategories.map((category, index) => [category, at(index)])),
  };
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
  return (slice) => [...slice.sources].map((name) => known.get(name) ?? null).filter((day) => day !== null).sort()[0] ?? null;
}

function otherBasisOf(charges: readonly Charge[], period: Period, basis: CostBasis, total: TwoWeeks): Review["otherBasis"] {
  const other = basis === "effective" ? "billed" : "effective";
  const amount = sum(charges.filter((charge) => contains(period, charge.day)).map((charge) => costOf(charge, other)));
  const difference = amount - total.exact.last7;
  const isLarge = (difference < 0n ? -difference : difference) * 100n > (total.exact.last7 < 0n ? -total.exact.last7 : total.exact.last7);
  return isLarge ? { basis: other, last7: toCents(amount) } : null;
}

/** Computes all facts of a week, from charges alone. */
export function reviewOf(input: ReviewInput): Review {
  const { asOf, costBasis: basis, thresholds, sources } = input;
  const weeks = weekBefore(asOf);
  const settledThrough = settledThroughOf(sources);
  const cost = (charge: Charge) => costOf(charge, basis);
  const daily = dailyCharges(input.charges);
  const firstDay = daily.reduce<Day | null>((first, { day }) => (first === null || day < first ? day : first), null);
  const { total, byCategory } = totalsOf(daily, weeks, basis);
  const usage = byCategory.get("Usage") ?? total;
  const slices = slicesOf(daily.filter((charge) => charge.category === "Usage"), allocator(input.allocation), cost);
  const services = slices.filter((slice) => slice.dimension === "service");
  const deltas = deltasOf(slices, { last7: weeks.period, prior7: weeks.prior }, usage, total, thresholds);
  const listed = deltas.filter((delta) => delta.listed).sort(bySize);
  const listedChange = sum(listed.map(({ change }) => change));
  const month = monthOf(addDays(asOf, -1));
  const plan = planOf(input.plan, month, asOf);
  const figures = monthFigures({ ...input, month, plan, settledThrough });
  const amounts = { pace: figures.pace.scaled, plan: plan && atPaceScale(plan.amount), last7: total.exact.last7, prior7: total.exact.prior7 };
  const byDay = sumByDay(daily, cost);
  return {
    asOf, ...weeks, currency: input.currency, costBasis: basis, settledThrough, total, usage,
    otherBasis: otherBasisOf(daily, weeks.period, basis, total),
    otherCategories: [...byCategory]
      .filter(([category, { exact }]) => category !== "Usage" && (exact.last7 !== 0n || exact.prior7 !== 0n))
      .map(([category, parts]) => ({ category, amounts: parts })),
    weeks: weeksOf(byDay, weeks.period, firstDay), days: daysOf(byDay, asOf, firstDay),
    weekUp: weekIsUp(amounts, thresholds), growth: input.growth, month: figures,
    gap: plan && settledThrough !== null && firstDay !== null && settledThrough >= `${month}-01`
      ? gapOf({ plan, daily: byDay, through: settledThrough, period: weeks.period, services, first: firstDay }) : null,
    yesterday: settledThrough === null ? null : yesterdayOf(services, settledThrough),
    deltas,
    listed: listed.map((delta) => ({ delta, drivers: driversOf(delta, daily, weeks, allocator(input.allocation), basis) })),
    gross: grossOf(deltas),
    reconciliation: { listed: listedChange, other: total.change - listedChange, total: total.change },
    unallocated: unallocatedOf(deltas, usage),
    anomalies: anomaliesIn(slices, settledOf(sources), weeks.period, thresholds),
    silences: silentProviders(slices, settledOf(sources)),
    restatements: input.restatements, firstDay, sources,
    verdict: verdictOf(amounts, thresholds), triggers: triggersOf(amounts, thresholds),
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
