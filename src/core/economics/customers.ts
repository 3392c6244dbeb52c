import { percentChange } from "../format.ts";
import { type Metric, type MetricWeeks, weekOf } from "../metrics/metric.ts";
import { sum } from "../money.ts";
import type { Delta, TwoWeeks } from "../slices/delta.ts";
import { unallocated } from "../slices/slice.ts";

/** Cents of both weeks. */
export interface Cents {
  readonly last7: bigint;
  readonly prior7: bigint;
}

/** Cents of both weeks with how they moved, in percent of the exact amounts. */
export interface Moved extends Cents {
  readonly percent: number | null;
}

/** What a customer cost, and brought in where a metric says so. */
export interface CustomerCost extends Moved {
  readonly name: string;
  /** Millionths of the currency; null where it is not known. */
  readonly revenue: MetricWeeks | null;
}

/** The cost of both weeks by customer: `top` + `rest` + `unallocated` + `notUsage` = `total`, to the cent. */
export interface CustomerCosts {
  readonly top: readonly CustomerCost[];
  /** How many customers are not among the top ones. */
  readonly others: number;
  readonly rest: Moved & Pick<CustomerCost, "revenue">;
  readonly unallocated: Moved;
  /** Purchases, taxes, credits and adjustments: they belong to no customer. */
  readonly notUsage: Moved;
  readonly total: Moved;
  /** What all brought in; null where nothing of this week is known. */
  readonly revenue: Revenue | null;
}

/** Millionths of the currency. */
export interface Revenue extends MetricWeeks {
  /** How many of the last 7 days are known: less than a week of it is not set against a week of cost. */
  readonly known: number;
  /** What no customer with a cost brought in. */
  readonly other: MetricWeeks;
  /** What the cost of the last 7 days lacks to be set against revenue; null where it is all there. */
  readonly costLacks: CostLacks;
}

/** Days of cost that are missing, or not final yet; null where all are there. */
export type CostLacks = "missing" | "not final" | null;

const mostShown = 5;

const added = (parts: readonly Cents[]): Cents => ({
  last7: sum(parts.map(({ last7 }) => last7)),
  prior7: sum(parts.map(({ prior7 }) => prior7)),
});

const less = (whole: Cents, part: Cents): Cents => ({ last7: whole.last7 - part.last7, prior7: whole.prior7 - part.prior7 });

/** What is printed of an amount, and how it moved by what it is exactly. */
const moved = ({ last7, prior7 }: Cents, exact: Cents): Moved => ({ last7, prior7, percent: percentChange(exact.last7, exact.prior7) });
const together = (deltas: readonly Delta[]): Moved => moved(added(deltas), added(deltas.map(({ exact }) => exact)));

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

/** What the days that are known brought in, and what of it belongs to none of the customers. */
function allRevenue(revenue: Metric | null, costLacks: CostLacks, shown: readonly (MetricWeeks | null)[]): Revenue | null {
  if (revenue === null) return null;
  const [last7, prior7] = [weekOf(revenue, "last7"), weekOf(revenue, "prior7")];
  const all = { last7: last7.value, prior7: prior7.value };
  const other = less(all, added(shown.filter((part) => part !== null)));
  return last7.known === 0 ? null : { ...all, known: last7.known, other, costLacks };
}

/** What costs of customers are told beside. */
interface Beside {
  readonly usageTotal: TwoWeeks;
  readonly total: TwoWeeks;
  /** The metric of that kind, if there is one. */
  readonly revenue: Metric | null;
  readonly costLacks: CostLacks;
}

/** Costs by customer; null where no charge of either week is allocated to one. */
export function customerCosts(deltas: readonly Delta[], { usageTotal, total, revenue, costLacks }: Beside): CustomerCosts | null {
  const all = deltas.filter(({ slice }) => slice.dimension === "customer");
  const named = all.filter(({ slice }) => slice.key !== unallocated).sort(byCost);
  if (named.length === 0) return null;
  const [first, others] = [named.slice(0, mostShown), named.slice(mostShown)];
  const top = first.map((delta) => ({
    name: delta.slice.key,
    ...together([delta]),
    revenue: revenue?.customers?.get(delta.slice.key) ?? null,
  }));
  const rest = { ...together(others), revenue: revenue?.others ?? revenueOf(others, revenue) };
  return {
    top,
    others: others.length,
    rest,
    unallocated: together(all.filter(({ slice }) => slice.key === unallocated)),
    notUsage: moved(less(total, usageTotal), less(total.exact, usageTotal.exact)),
    total: moved(total, total.exact),
    revenue: allRevenue(revenue, costLacks, [...top.map((customer) => customer.revenue), rest.revenue]),
  };
}
