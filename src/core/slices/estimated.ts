import { type Day, type Period, addDays, contains, monthOf } from "../day.ts";
import { type CostBasis, costOf } from "../ledger/charge.ts";
import { type Micros, sum } from "../money.ts";
import type { ServiceCost } from "./service-cost.ts";

/** How much of an amount is estimated from tokens and prices, not billed. */
export type Estimation = "none" | "part" | "all";

/** An amount of both weeks in micro-units. */
export interface ExactWeeks {
  readonly last7: Micros;
  readonly prior7: Micros;
}

/** Says how much of an amount of both weeks the estimated part of it is. */
export function estimationOf(whole: ExactWeeks, estimated: ExactWeeks): Estimation {
  if (estimated.last7 === 0n && estimated.prior7 === 0n) return "none";
  return estimated.last7 === whole.last7 && estimated.prior7 === whole.prior7 ? "all" : "part";
}

/** What of a period is estimated. */
function estimatedIn(charges: readonly ServiceCost[], period: Period, basis: CostBasis): Micros {
  return sum(charges.filter(({ estimated, day }) => estimated && contains(period, day)).map((charge) => costOf(charge, basis)));
}

/** Estimated money in the totals of a review. */
export interface EstimatedTotals {
  readonly last7: Micros;
  readonly monthToDate: Micros;
}

/** What of the week, and of its month through the last settled day, is estimated; null when nothing is. */
export function estimatedTotals(
  charges: readonly ServiceCost[],
  week: Period,
  settledThrough: Day | null,
  basis: CostBasis,
): EstimatedTotals | null {
  const own = charges.filter(({ estimated }) => estimated);
  const month = { start: `${monthOf(addDays(week.end, -1))}-01`, end: settledThrough === null ? "" : addDays(settledThrough, 1) };
  const totals = { last7: estimatedIn(own, week, basis), monthToDate: estimatedIn(own, month, basis) };
  return totals.last7 === 0n && totals.monthToDate === 0n ? null : totals;
}
