import { type Period, contains } from "../day.ts";
import { type ChargeCategory, type CostBasis, chargeCategories, costOf } from "../ledger/charge.ts";
import { absolute, apportion, microsPerCent, sum, toCents } from "../money.ts";
import { type TwoWeeks, twoWeeks } from "../slices/delta.ts";
import type { ServiceCost } from "../slices/service-cost.ts";
import type { Weeks } from "../weeks.ts";

/** What both weeks cost, whole and by category. */
export interface Totals {
  readonly total: TwoWeeks;
  readonly byCategory: ReadonlyMap<ChargeCategory, TwoWeeks>;
}

/** Total and categories of both weeks; the categories' cents add up to the total's. */
export function totalsOf(charges: readonly ServiceCost[], weeks: Weeks, basis: CostBasis): Totals {
  const week = (period: Period) => {
    const within = charges.filter((charge) => contains(period, charge.day));
    const exact = chargeCategories.map((category) =>
      sum(within.filter((charge) => charge.category === category).map((charge) => costOf(charge, basis))),
    );
    const total = sum(exact);
    const estimated = chargeCategories.map((category) =>
      sum(within.filter((charge) => charge.estimated && charge.category === category).map((charge) => costOf(charge, basis))),
    );
    return { exact, total, estimated, cents: apportion(exact, microsPerCent, toCents(total)) };
  };
  const [last, prior] = [week(weeks.period), week(weeks.prior)];
  const at = (index: number) =>
    twoWeeks({ last7: last.exact[index] ?? 0n, prior7: prior.exact[index] ?? 0n }, last.cents[index] ?? 0n, prior.cents[index] ?? 0n, {
      last7: last.estimated[index] ?? 0n,
      prior7: prior.estimated[index] ?? 0n,
    });
  const estimated = { last7: sum(last.estimated), prior7: sum(prior.estimated) };
  return {
    total: twoWeeks({ last7: last.total, prior7: prior.total }, toCents(last.total), toCents(prior.total), estimated),
    byCategory: new Map(chargeCategories.map((category, index) => [category, at(index)])),
  };
}

/** A total on the other cost basis. */
export interface OtherBasis {
  readonly basis: CostBasis;
  readonly last7: bigint;
}

/** The week's total on the other cost basis, when it differs by more than 1 %; else null. */
export function otherBasisOf(charges: readonly ServiceCost[], period: Period, basis: CostBasis, total: TwoWeeks): OtherBasis | null {
  const other = basis === "effective" ? "billed" : "effective";
  const amount = sum(charges.filter((charge) => contains(period, charge.day)).map((charge) => costOf(charge, other)));
  const difference = amount - total.exact.last7;
  const isLarge = absolute(difference) * 100n > absolute(total.exact.last7);
  return isLarge ? { basis: other, last7: toCents(amount) } : null;
}
