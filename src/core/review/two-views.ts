import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { type Period, contains } from "../day.ts";
import { percentChange } from "../format.ts";
import { type Micros, sum } from "../money.ts";
import { slug } from "../slug.ts";
import { unnamed } from "./slice.ts";

/** A provider whose usage of the week is billed by one source and estimated by another. */
export interface TwoViews {
  /** As the bill names it. */
  readonly provider: string;
  readonly billed: Micros;
  readonly estimated: Micros;
  /** The estimate against the bill; null without a bill above zero. */
  readonly percent: number | null;
  readonly billedBy: readonly string[];
  readonly estimatedBy: readonly string[];
}

/**
 * Providers that stand in a period both billed and estimated, by sources of their own: perhaps the same usage through two doors, then it is
 * counted twice. A source that estimates what it has no bill for is no second view. Names count as one when they differ in case and signs only.
 */
export function twoViewsOf(charges: readonly Charge[], period: Period, basis: CostBasis): TwoViews[] {
  const usage = charges.filter(({ category, day }) => category === "Usage" && contains(period, day));
  if (!usage.some(({ estimated }) => estimated)) return [];
  const byProvider = [...Map.groupBy(usage, ({ provider }) => slug(provider || unnamed))].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byProvider.flatMap(([, own]): TwoViews[] => {
    const bills = own.filter(({ estimated }) => !estimated);
    const billers = new Set(bills.map(({ source }) => source));
    const estimates = own.filter(({ estimated, source }) => estimated && !billers.has(source));
    const total = (list: readonly Charge[]) => sum(list.map((charge) => costOf(charge, basis)));
    const [billed, estimated] = [total(bills), total(estimates)];
    if (billed === 0n || estimated === 0n) return [];
    return [
      {
        provider: bills[0]?.provider ?? "",
        billed,
        estimated,
        percent: percentChange(estimated, billed),
        billedBy: [...billers].sort(),
        estimatedBy: [...new Set(estimates.map(({ source }) => source))].sort(),
      },
    ];
  });
}
