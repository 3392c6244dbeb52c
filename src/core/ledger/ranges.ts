import { type Period, addDays, monthOf } from "../day.ts";
import type { Charge } from "./charge.ts";

/**
 * For each billing period that has a day inside its own month: the delivered days of that month, from the first to the last.
 * A period that only corrects earlier months answers for none.
 */
export function rangesOf(charges: readonly Charge[]): Period[] {
  // Charges are in order: of those of one day and period the first tells all.
  const firsts = charges.filter(({ day, billingPeriod }, at) => {
    const before = charges[at - 1];
    return before?.day !== day || before.billingPeriod !== billingPeriod;
  });
  const own = firsts.filter((charge) => monthOf(charge.day) === monthOf(charge.billingPeriod));
  const months = new Set(own.map((charge) => monthOf(charge.day)));
  return [...months].toSorted().flatMap((month) => {
    const days = firsts.filter((charge) => monthOf(charge.day) === month).map((charge) => charge.day);
    const [first, last] = [days[0], days.at(-1)];
    return first === undefined || last === undefined ? [] : [{ start: first, end: addDays(last, 1) }];
  });
}
