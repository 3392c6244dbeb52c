import { type Day, addDays } from "../core/day.ts";
import { weekBefore } from "../core/review/review.ts";
import { dueReviews } from "../core/settings/schedule.ts";
import type { Settings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import type { StoredReview } from "../shell/reviews.ts";
import type { Call } from "./command.ts";
import { currentReviewDate } from "./review-date.ts";
import { periodEndOf } from "./review-files.ts";

const mostWeeks = 60;

/** The end of the period of a review that is known by its id alone: the scheduled date whose week bears it; null when none near does. */
function endOf(id: string, current: Day): Day | null {
  for (let back = 0; back < mostWeeks; back++) {
    const date = addDays(current, -7 * back);
    if (weekBefore(date).id === id) return date;
  }
  return null;
}

/** The review dates of a run without `--as-of`; `known` are ids of reviews that have no file here. */
export function missedDates(call: Call, settings: Settings, reviews: readonly StoredReview[], known: readonly string[]): Day[] {
  const current = currentReviewDate(call, settings);
  const newest = reviews.at(-1);
  const ends = [newest ? periodEndOf(newest) : null, ...known.map((id) => endOf(id, current))].filter((day) => day !== null);
  const dates = dueReviews(current, ends.sort().at(-1) ?? null);
  const last = dates.at(-1) ?? current;
  if (last < current)
    call.world.log(warningText(`reviews after ${last} are still missing: run again to catch up (the next is ${addDays(last, 7)})`));
  return dates;
}
