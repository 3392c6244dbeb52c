import type { CustomerCost, Moved } from "../../../core/economics/customers.ts";
import { toCents } from "../../../core/money.ts";
import { absenceOf } from "../../../core/review/data/arrivals.ts";
import { isFirstWeek } from "../../../core/review/data/beginning.ts";
import type { Review } from "../../../core/review/review.ts";
import { unallocated } from "../../../core/slices/slice.ts";
import { markdownText } from "../../../core/text.ts";
import { table } from "../../markdown.ts";
import { printer } from "../context.ts";
import { revenueCells } from "../shared/unit-costs.ts";

/** The customers with a row of their own: the dearest, and the one that is left, where it is one. */
export function customersIn({
  deltas,
  economics: { customers },
}: Review): { readonly name: string; readonly amounts: Moved; readonly revenue: CustomerCost["revenue"] }[] {
  if (customers === null) return [];
  const top = customers.top.map((customer) => ({ name: customer.name, amounts: customer, revenue: customer.revenue }));
  if (customers.others !== 1) return top;
  const names = new Set(customers.top.map(({ name }) => name));
  const last = deltas.find(({ slice }) => slice.dimension === "customer" && slice.key !== unallocated && !names.has(slice.key));
  return last === undefined ? top : [...top, { name: last.slice.key, amounts: customers.rest, revenue: customers.rest.revenue }];
}

/** The customers, `(unallocated)` among them, of whose cost a source that is late lacks days: they did not fall. */
function missingIn(review: Review): ReadonlySet<string> {
  const customers = review.deltas.filter(({ slice }) => slice.dimension === "customer" && absenceOf(slice, review) !== null);
  return new Set(customers.map(({ slice }) => slice.key));
}

/** What customers cost: the dearest, the rest, and what belongs to none; the rows add up to the week. Null where no cost has a customer. */
export function customerTable(review: Review): string | null {
  const { customers } = review.economics;
  if (customers === null) return null;
  const { money, delta } = printer(review);
  const { revenue: all } = customers;
  const withRevenue = all !== null && customers.top.some(({ revenue }) => revenue !== null);
  const known = all?.known ?? 0;
  const otherRevenue = withRevenue ? toCents(all.other.last7) : 0n;
  const isFirst = isFirstWeek(review);
  const missing = missingIn(review);
  const before = ({ last7, prior7, percent }: Moved, isMissing: boolean) => [
    money(prior7),
    isMissing ? "data missing" : delta({ change: last7 - prior7, percent, prior7, estimated: "none" }),
  ];
  const cells = (name: string, amounts: Moved, revenue: CustomerCost["revenue"], isMissing: boolean) => [
    name,
    money(amounts.last7),
    ...(isFirst ? [] : before(amounts, isMissing)),
    ...(withRevenue ? revenueCells(review, amounts.last7, revenue, known === 7 && all.costLacks === null) : []),
  ];
  const rest = (name: string, amounts: Moved, isMissing: boolean, revenue: CustomerCost["revenue"] = null) =>
    amounts.last7 === 0n && amounts.prior7 === 0n ? [] : [cells(name, amounts, revenue, isMissing)];
  const named = customersIn(review);
  const others = missing.size > named.filter(({ name }) => missing.has(name)).length + (missing.has(unallocated) ? 1 : 0);
  const rows = [
    ...named.map(({ name, amounts, revenue }) => cells(markdownText(name), amounts, revenue, missing.has(name))),
    ...(customers.others < 2 ? [] : rest(`${customers.others} more customers`, customers.rest, others, customers.rest.revenue)),
    ...rest(unallocated, customers.unallocated, missing.has(unallocated)),
    ...rest("(no usage: fees, taxes, credits)", customers.notUsage, false),
    ...(otherRevenue !== 0n ? [["(other revenue)", "–", ...(isFirst ? [] : ["–", "–"]), money(otherRevenue), "–"]] : []),
    cells("All", customers.total, all, false),
  ];
  const heads = ["Customer", "Last 7 days", ...(isFirst ? [] : ["Prior 7 days", "Change"])];
  const revenueHead = known < 7 ? `Revenue (${known} of 7 days)` : "Revenue";
  const lacks = all === null || all.costLacks === null ? "" : ` (days ${all.costLacks})`;
  const leftHead = `Left after AI cost${lacks}`;
  return table([...heads, ...(withRevenue ? [revenueHead, leftHead] : [])], rows);
}
