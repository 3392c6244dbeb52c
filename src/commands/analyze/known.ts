import { resolve } from "node:path";
import type { Day } from "../../core/day.ts";
import { moneyText } from "../../core/format.ts";
import { shortList } from "../../core/short-list.ts";
import { weekBefore } from "../../core/weeks.ts";
import { headlineFigures, movedFigures } from "../../document/front-matter/figures.ts";
import type { Settings } from "../../shell/config.ts";
import { type StoredReview, readReviews } from "../../shell/reviews.ts";
import { version } from "../../version.ts";
import type { Call } from "../command.ts";
import { commitOf } from "../figures/commit.ts";
import type { Gathered } from "../figures/gather.ts";
import { frontMatterOf } from "../reviews/files.ts";

/** The review of a date, as it stands. Null without one, or where the one of the week has another period. */
export async function reviewOn({ world, reviews }: Call, asOf: Day): Promise<StoredReview | null> {
  const { id } = weekBefore(asOf);
  const [stored] = await readReviews(resolve(world.cwd, reviews), reviews, (other) => other === id);
  return stored && frontMatterOf(stored)?.period.end === asOf ? stored : null;
}

/** That the figures of a run are others than those that the review states, which people follow: they would look for a number in vain. */
export function departuresFrom(review: StoredReview, call: Call, settings: Settings, gathered: Gathered): string[] {
  const { figures = {} } = frontMatterOf(review) ?? {};
  const { inputs } = commitOf(gathered, settings);
  const now = headlineFigures(gathered.review, inputs, version);
  const moved = movedFigures(figures, now, (cents) => moneyText(cents, gathered.review.currency));
  if (moved.length === 0) return [];
  const remedy = call.fetch
    ? "sources deliver other data than it was made from: --no-fetch follows it as it stands, overpace weekly brings it up to date"
    : "its ledger, its settings or the review itself changed since: overpace check says what";
  return [`these are not the figures of ${review.path} (there → here): ${shortList(moved)}; ${remedy}`];
}
