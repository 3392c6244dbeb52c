import { type Metric, fewestDays, growthOf, ofProduct } from "../metrics/metric.ts";
import type { Micros } from "../money.ts";
import { compareToBase } from "../percent.ts";
import type { Delta, TwoWeeks } from "../slices/delta.ts";
import type { Weeks } from "../weeks.ts";
import { type CostLacks, type CustomerCosts, customerCosts } from "./customers.ts";
import { type DailyCost, type Spent, type UnitCost, metricCost, spentByWeek, unitCost } from "./unit-cost.ts";
import { type Usage, modelKey, usageBy } from "./usage.ts";

/** Cost set against revenue, in the days of which both are known. */
export interface Margin {
  readonly name: string;
  /** Revenue in millionths of the currency and cost in micro-units, which is the same. */
  readonly last7: Spent;
  readonly prior7: Spent;
}

/** What cost buys: unit economics and cost of goods sold of AI. */
export interface Economics {
  /** Requests that the bill counts; null where it counts none. */
  readonly requests: {
    readonly cost: UnitCost;
    readonly share: { readonly cost: Micros; readonly total: Micros };
    /** Days of one provider are missing of which others are there: what is left of requests is not the mix that the other week had. */
    readonly isOtherMix: boolean;
  } | null;
  /** One for each metric of units, users or requests of which something is known. */
  readonly units: readonly UnitCost[];
  readonly margin: Margin | null;
  readonly customers: CustomerCosts | null;
  /** The metric that spend outgrew by more than the threshold of the week; null where none did. */
  readonly mismatch: string | null;
}

/** What product growth the week is compared with; `percent` is null where too few days of the metric are known. */
export interface Growth {
  readonly percent: number | null;
  /** Null where the percentage is stated in the configuration. */
  readonly metric: string | null;
}

/** The expected growth, as stated or as measured. */
export function growthFrom(growth: number | { readonly metric: string } | null, metrics: readonly Metric[]): Growth | null {
  if (growth === null || typeof growth === "number") return growth === null ? null : { percent: growth, metric: null };
  const metric = metrics.find(({ name }) => name === growth.metric);
  return { percent: metric ? growthOf(metric) : null, metric: growth.metric };
}

/** All that the unit economics of a week are computed from; daily costs are without late corrections. */
export interface EconomicsInput extends DailyCost {
  readonly weeks: Weeks;
  readonly currency: string;
  readonly metrics: readonly Metric[];
  readonly growth: Growth | null;
  readonly usage: readonly Usage[];
  readonly deltas: readonly Delta[];
  readonly total: TwoWeeks;
  readonly usageTotal: TwoWeeks;
  readonly costLacks: CostLacks;
  /** Providers of which days of either week are missing. */
  readonly lacking: ReadonlySet<string>;
  /** Percent. */
  readonly threshold: number;
}

/** Models whose requests are counted, with all that they cost. */
function requestsOf({ usage, total, lacking }: EconomicsInput): Economics["requests"] {
  const models = usageBy(usage, modelKey);
  const week = (which: "last7" | "prior7"): Spent => {
    const counted = models.map((model) => model[which]).filter(({ requests }) => requests > 0);
    return {
      cost: counted.reduce((sum, { cost }) => sum + cost, 0n),
      count: counted.reduce((sum, { requests }) => sum + BigInt(Math.round(requests)), 0n) * 1_000_000n,
      known: 7,
    };
  };
  const weeks = { last7: week("last7"), prior7: week("prior7") };
  const cost = unitCost({ name: "requests", of: "bill", isMean: false }, weeks);
  const counting = usage.filter(({ last7, prior7 }) => last7.requests > 0 || prior7.requests > 0);
  const isLacking = ({ provider }: Usage) => lacking.has(provider);
  const isOtherMix = counting.some(isLacking) && !counting.every(isLacking);
  return cost && { cost, share: { cost: weeks.last7.cost, total: total.exact.last7 }, isOtherMix };
}

function marginOf({ metrics, currency, weeks, ...cost }: EconomicsInput): Margin | null {
  const revenue = metrics.find((metric) => metric.kind === "revenue" && metric.currency === currency);
  if (!revenue) return null;
  const { last7, prior7 } = spentByWeek(revenue, weeks, cost);
  return last7.known === 0 ? null : { name: revenue.name, last7, prior7 };
}

/** Spend rose, and a unit of the product costs more than the threshold over the week before: the metric that growth names, else the first of all. */
function mismatchOf(units: readonly UnitCost[], { growth, threshold }: EconomicsInput): string | null {
  const found = ofProduct(units, growth?.metric ?? null).find(
    ({ last7, prior7, crossed, spent }) =>
      spent.last7.cost > spent.prior7.cost &&
      last7 !== null &&
      last7.cost !== null &&
      prior7?.known === last7.known &&
      prior7.cost !== null &&
      last7.known >= fewestDays &&
      compareToBase(crossed.last7, crossed.prior7, threshold) > 0,
  );
  return found?.name ?? null;
}

/** Unit economics of a week. */
export function economicsOf(input: EconomicsInput): Economics {
  const { metrics, weeks, deltas, total, usageTotal, currency, costLacks } = input;
  const units = metrics.filter(({ kind }) => kind !== "revenue").flatMap((metric) => metricCost(metric, weeks, input) ?? []);
  const revenue = metrics.find((metric) => metric.kind === "revenue" && metric.currency === currency) ?? null;
  return {
    requests: requestsOf(input),
    units,
    margin: marginOf(input),
    customers: customerCosts(deltas, { usageTotal, total, revenue, costLacks }),
    mismatch: mismatchOf(units, input),
  };
}
