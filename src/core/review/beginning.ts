import { type Day, daysBetween, monthLength } from "../day.ts";
import type { Review } from "./review.ts";

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

/** What part of a month (`2026-11`) lies before the first day of all data, in percent of its days. */
export function percentBefore(firstDay: Day, month: string): number {
  const start = `${month}-01`;
  return (Math.max(0, daysBetween(start, firstDay)) * 100) / monthLength(start);
}
