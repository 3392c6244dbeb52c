import { Problem } from "../core/problem.ts";
import { alone } from "../rules/engine/check.ts";
import { readReview } from "../rules/engine/read.ts";
import type { ReviewFile, Surroundings } from "../rules/engine/rule.ts";
import type { StoredReview } from "../shell/reviews.ts";

/** How many earlier reviews a rule may look back on. */
const lookBack = 13;

function heldReview({ path, text }: Pick<StoredReview, "path" | "text">): ReviewFile | null {
  try {
    const { review } = readReview(text, path);
    return review?.front.state === "held" ? review : null;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** What is known besides a review file: the reviews before it. `stored` in order of their ids. */
export function surroundingsOf(id: string, stored: readonly StoredReview[]): Surroundings {
  const earlier = stored.filter((review) => review.id < id).slice(-lookBack);
  return { ...alone, earlier: earlier.map(heldReview).filter((review) => review !== null) };
}
