import { type Day, type Period, addDays, contains, eachDay, monthLength, monthPeriod } from "../../day.ts";
import { percentChange } from "../../format.ts";
import { type Micros, sum } from "../../money.ts";
import type { Weeks } from "../../weeks.ts";

/** Where data begin late or have holes: which comparisons have no ground. */

/** What tells which days the data hold. */
export interface Held {
  readonly firstDay: Day | null;
  readonly holes: readonly Period[];
}

/** Whether the data hold a day: it is not before their first, and in no hole. */
export function isHeld({ firstDay, holes }: Held, day: Day): boolean {
  return firstDay !== null && day >= firstDay && !holes.some((hole) => contains(hole, day));
}

/** How many days of the prior week the data do not hold: without them it is no fair comparison. */
export function missingPriorDays(review: Held & Pick<Weeks, "prior">): number {
  return eachDay(review.prior).filter((day) => !isHeld(review, day)).length;
}

/** The first week of all data, or after a hole: nothing moved that anybody could explain, so the review shows where the money goes instead. */
export function isFirstWeek(review: Held & Pick<Weeks, "prior">): boolean {
  return missingPriorDays(review) === 7;
}

/** Cost of the days that a week which is not all in the data holds, and of the same weekdays of the other. */
export interface SameDays {
  readonly days: number;
  readonly last7: Micros;
  readonly prior7: Micros;
  readonly percent: number | null;
}

/**
 * Compares on the weekdays that both weeks hold; null where both are all there, or none is there in both. Days of which some costs have not
 * come (`late`) count for neither week.
 */
export function onSameDays(daily: ReadonlyMap<Day, Micros>, review: Held & Weeks, late: readonly Period[] = []): SameDays | null {
  const held = eachDay(review.prior).filter((day) => isHeld(review, day) && isHeld(review, addDays(day, 7)));
  if (held.length === 0 || held.length === 7) return null;
  const whole = held.filter((day) => !late.some((period) => contains(period, day) || contains(period, addDays(day, 7))));
  const prior7 = sum(whole.map((day) => daily.get(day) ?? 0n));
  const last7 = sum(whole.map((day) => daily.get(addDays(day, 7)) ?? 0n));
  return { days: whole.length, last7, prior7, percent: percentChange(last7, prior7) };
}

/** The month under review, up to the review date. */
interface ToDate {
  readonly asOf: Day;
  readonly month: { readonly month: string };
}

/** How many days of the month up to the review date the data do not hold. */
export function missingMonthDays({ asOf, month, ...held }: Held & ToDate): number {
  const { start, end } = monthPeriod(month.month);
  return eachDay({ start, end: end < asOf ? end : asOf }).filter((day) => !isHeld(held, day)).length;
}

/** What part of the month these days are, in percent. */
export function percentMissing(review: Held & ToDate): number {
  return (missingMonthDays(review) * 100) / monthLength(`${review.month.month}-01`);
}
