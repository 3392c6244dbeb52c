import type { Delta, TwoWeeks } from "../review/deltas/delta.ts";
import { unallocated } from "../review/slices/slice.ts";
import { sum } from "../money.ts";
import type { Metric, MetricWeeks } from "../metrics/metric.ts";

/** Cents of both weeks. */
export interface Cents {
  readonly last7: bigint;
  readonly prior7: bigint;
}

/** What a customer cost, and brought in where a metric says so. */
export interface CustomerCost extends Cents {
  readonly name: string;
  readonly percent: number | null;
  /** Millionths of the currency; null where it is not known. */
  readonly revenue: MetricWeeks | null;
}

/** The cost of both weeks by customer: `top` + `rest` + `unallocated` + `notUsage` = `total`, to the cent. */
export interface CustomerCosts {
  readonly top: readonly CustomerCost[];
  /** How many customers are not among the top ones. */
  readonly others: number;
  readonly rest: Cents & Pick<CustomerCost, "revenue">;
  readonly unallocated: Cents;
  /** Purchases, taxes, credits and adjustments: they belong to no customer. */
  readonly notUsage: Cents;
  readonly total: Cents;
}

const mostShown = 5;

const added = (parts: readonly Cents[]): Cents => ({
  last7: sum(parts.map(({ last7 }) => last7)),
  prior7: sum(parts.map(({ prior7 }) => prior7)),
});

/** The dearest of the last seven days first. */
function byCost(a: Delta, b: Delta): number {
  const [x, y] = [a.exact.last7, b.exact.last7];
  if (x !== y) return x > y ? -1 : 1;
  return a.exact.prior7 === b.exact.prior7 ? (a.slice.id < b.slice.id ? -1 : 1) : a.exact.prior7 > b.exact.prior7 ? -1 : 1;
}

/** What customers brought in together; null where it is known of none. */
function revenueOf(customers: readonly Delta[], revenue: Metric | null): MetricWeeks | null {
  const known = customers.flatMap(({ slice }) => revenue?.customers?.get(slice.key) ?? []);
  return known.length === 0 ? null : added(known);
}

/** Costs by customer; null where no charge of either week is allocated to one. `revenue` is the metric of that kind, if there is one. */
export function customerCosts(deltas: readonly Delta[], usage: Cents, total: TwoWeeks, revenue: Metric | null): CustomerCosts | null {
  const all = deltas.filter(({ slice }) => slice.dimension === "customer");
  const named = all.filter(({ slice }) => slice.key !== unallocated).sort(byCost);
  if (named.length === 0) return null;
  const [top, others] = [named.slice(0, mostShown), named.slice(mostShown)];
  return {
    top: top.map(({ slice, last7, prior7, percent }) => ({
      name: slice.key,
      last7,
      prior7,
      percent,
      revenue: revenue?.customers?.get(slice.key) ?? null,
    })),
    others: others.length,
    rest: { ...added(others), revenue: revenue?.others ?? revenueOf(others, revenue) },
    unallocated: added(all.filter(({ slice }) => slice.key === unallocated)),
    notUsage: { last7: total.last7 - usage.last7, prior7: total.prior7 - usage.prior7 },
    total: { last7: total.last7, prior7: total.prior7 },
  };
}
