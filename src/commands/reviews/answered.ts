import type { Review } from "../../core/review/review.ts";
import type { CarriedAction } from "../../document/front-matter/schema.ts";
import { askedAnomalies } from "../../document/sections/anomalies/anomalies.ts";
import type { EarlierAnswer } from "../../document/sections/context.ts";
import { carriedActions } from "../../rules/engine/actions.ts";
import { earlierAnswer } from "../../rules/engine/earlier-answers.ts";
import type { StoredReview } from "../../shell/reviews.ts";
import { heldBefore } from "./earlier.ts";

/** What earlier reviews answered of the anomalies that run on and have not grown since; they are taken apart only where one does. */
export function answeredBefore(stored: readonly StoredReview[], review: Review, carried: readonly CarriedAction[]): EarlierAnswer[] {
  const running = askedAnomalies(review).filter(({ period, grown }) => period.start < review.period.start && !grown);
  if (running.length === 0) return [];
  const earlier = heldBefore(review.id, stored);
  const known = new Map(carriedActions(carried, earlier).map((action) => [action.id, action]));
  return running.flatMap(({ id }) => earlierAnswer(id, earlier, known) ?? []);
}
