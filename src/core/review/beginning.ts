import { type Day, addDays, daysBetween, monthLength } from "../day.ts";
import { percentChange } from "../format.ts";
import type { Micros } from "../money.ts";
import type { Review } from "./review.ts";
import { costIn } from "./slice.ts";

/** Where data begin late: which comparisons have no ground yet. */

/** How many days of the prior week lie before the first day of all data: without them it is no fair comparison. */
export function missingPriorDays({ firstDay, prior }: Pick<Review, "firstDay" | "prior">): number {
  if (firstDay === null) return 7;
  return Math.min(7, Math.max(0, daysBetween(prior.start, firstDay)));
}

/** The first week of all data: nothing moved that anybody could explain, so the review shows where the money goes instead. */
export function isFirstWeek(review: Pick<Review, "firstDay" | "prior">): boolean {
  return missingPriorDays(review) === 7;
}

/** Cost of the days that a prior week which is not all in the data holds, and of the same weekdays of the last. */
export interface SameDays {
  readonly days: number;
  readonly last7: Micros;
  readonly prior7: Micros;
  readonly percent: number | null;
}

/** Compares on the weekdays that both weeks hold; null where the prior week is all there, or not there at all. */
export function onSameDays(daily: ReadonlyMap<Day, Micros>, review: Pick<Review, "firstDay" | "prior" | "period">): SameDays | null {
  const missing = missingPriorDays(review);
  if (missing === 0 || missing === 7) return null;
  const prior7 = costIn(daily, { start: addDays(review.prior.start, missing), end: review.prior.end });
  const last7 = costIn(daily, { start: addDays(review.period.start, missing), end: review.period.end });
  return { days: 7 - missing, last7, prior7, percent: percentChange(last7, prior7) };
}

/** What part of a month (`2026-11`) lies before the first day of all data, in percent of its days. */
export function percentBefore(firstDay: Day, month: string): number {
  const start = `${month}-01`;
  return (Math.max(0, daysBetween(start, firstDay)) * 100) / monthLength(start);
}
