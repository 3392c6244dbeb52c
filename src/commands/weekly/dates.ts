import { type Day, addDays } from "../../core/day.ts";
import { unlessRefused } from "../../core/problem.ts";
import { dueReviews } from "../../core/settings/schedule.ts";
import { weekBefore } from "../../core/weeks.ts";
import type { KnownReviews } from "../../forges/forge.ts";
import type { Settings } from "../../shell/config.ts";
import { warningText } from "../../shell/report.ts";
import type { StoredReview } from "../../shell/reviews.ts";
import type { Call } from "../command.ts";
import { currentReviewDate } from "../reviews/date.ts";
import { periodEndOf } from "../reviews/files.ts";

/** So far back a review is known by its id alone, … */
const mostWeeks = 60;
/** … and so far back one that was begun is brought to its end. */
const mostUnfinishedWeeks = 8;

/** The end of the period of a review that is known by its id alone: the scheduled date whose week bears it; null when none near does. */
function endOf(id: string, current: Day, weeks: number): Day | null {
  for (let back = 0; back < weeks; back++) {
    const date = addDays(current, -7 * back);
    if (weekBefore(date).id === id) return date;
  }
  return null;
}

/** The end of a review's period as its file says; null where that cannot be read. */
const statedEnd = (review: StoredReview): Day | null => unlessRefused(() => periodEndOf(review));

/**
 * The review dates of a run without `--as-of`, oldest first: those that were missed since the newest review known, and those of
 * reviews that an earlier run began and did not bring to a proposal.
 */
export function missedDates(call: Call, settings: Settings, reviews: readonly StoredReview[], known: KnownReviews): Day[] {
  const current = currentReviewDate(call, settings);
  const newest = reviews.at(-1);
  const endsOf = (ids: readonly string[], weeks: number) => ids.map((id) => endOf(id, current, weeks)).filter((day) => day !== null);
  const end = newest && (statedEnd(newest) ?? endOf(newest.id, current, mostWeeks));
  const ends = [...(end ? [end] : []), ...endsOf(known.ids, mostWeeks)];
  const dates = dueReviews(current, ends.sort().at(-1) ?? null);
  const last = dates.at(-1) ?? current;
  if (last < current)
    call.world.log(warningText(`reviews after ${last} are still missing: run again to catch up (the next is ${addDays(last, 7)})`));
  const files = new Set(reviews.map(({ id }) => id));
  const unfinished = endsOf(
    known.unfinished.filter((id) => !files.has(id)),
    mostUnfinishedWeeks,
  );
  return [...new Set([...unfinished, ...dates])].sort();
}
