import { contains } from "../day.ts";
import { type ChargeCategory, type CostBasis, costOf } from "../ledger/charge.ts";
import { type Micros, absolute } from "../money.ts";
import { isShare } from "../percent.ts";
import type { TwoWeeks } from "../slices/delta.ts";
import type { ServiceCost } from "../slices/service-cost.ts";
import { unnamed } from "../slices/slice.ts";
import type { Weeks } from "../weeks.ts";
import type { Totals } from "./totals.ts";

/** Purchases, taxes, credits or adjustments of both weeks. */
export interface OtherCategory {
  readonly category: ChargeCategory;
  readonly amounts: TwoWeeks;
  /** Whose changed most, by provider and service; null where nothing changed by as much as lists a delta. */
  readonly most: { readonly path: readonly string[]; readonly change: Micros } | null;
}

/** How a category is looked into. */
interface Look {
  readonly weeks: Weeks;
  readonly basis: CostBasis;
  /** What lists a delta, in percent of the prior week's total. */
  readonly percent: number;
}

function mostOf(charges: readonly ServiceCost[], { total }: Totals, { weeks, basis, percent }: Look): OtherCategory["most"] {
  const changes = new Map<string, { readonly path: readonly string[]; change: Micros }>();
  for (const charge of charges) {
    const sign = contains(weeks.period, charge.day) ? 1n : contains(weeks.prior, charge.day) ? -1n : 0n;
    const path = [charge.provider || unnamed, ...(charge.service === "" ? [] : [charge.service])];
    const key = path.join("\0");
    const known = changes.get(key) ?? { path, change: 0n };
    known.change += sign * costOf(charge, basis);
    changes.set(key, known);
  }
  const [most] = [...changes]
    .sort(([a, one], [b, other]) => {
      const [size, otherSize] = [absolute(one.change), absolute(other.change)];
      return size === otherSize ? (a < b ? -1 : 1) : size > otherSize ? -1 : 1;
    })
    .map(([, found]) => found);
  return most && most.change !== 0n && isShare(absolute(most.change), total.exact.prior7, percent) ? most : null;
}

/** What of both weeks is no usage, by category. */
export function otherCategoriesOf(charges: readonly ServiceCost[], totals: Totals, look: Look): OtherCategory[] {
  return [...totals.byCategory]
    .filter(([category, { exact }]) => category !== "Usage" && (exact.last7 !== 0n || exact.prior7 !== 0n))
    .map(([category, amounts]) => {
      const own = charges.filter((charge) => charge.category === category);
      return { category, amounts, most: mostOf(own, totals, look) };
    });
}
