import { resolve } from "node:path";
import { isoWeekOf } from "../../core/day.ts";
import { type Commitment, type TrackRecord, trackRecordOf } from "../../core/review/month/track-record.ts";
import type { Review } from "../../core/review/review.ts";
import { committedForecast } from "../../document/front-matter/committed.ts";
import { type StoredReview, readReviews } from "../../shell/reviews.ts";
import type { Call } from "../command.ts";

/** The forecasts in the files of earlier reviews. */
export function forecastsIn(reviews: readonly StoredReview[], review: Review): (Commitment & { readonly id: string })[] {
  return reviews.flatMap(({ id, text }) => {
    const commitment = id < review.id ? committedForecast(text, review) : null;
    return commitment === null ? [] : [{ id, ...commitment }];
  });
}

/** How they turned out, for a command that has not read the reviews: only those of months that are over are. Null without any. */
export async function readRecord({ world, reviews }: Call, review: Review): Promise<TrackRecord | null> {
  const first = review.closedMonths[0]?.month;
  if (first === undefined) return null;
  const oldest = isoWeekOf(`${first}-01`);
  const read = await readReviews(resolve(world.cwd, reviews), reviews, (id) => id >= oldest && id < review.id);
  return trackRecordOf(forecastsIn(read, review), review.closedMonths);
}
