import { resolve } from "node:path";
import type { Day } from "../../core/day.ts";
import { weekBefore } from "../../core/weeks.ts";
import { readReviews } from "../../shell/reviews.ts";
import type { Call } from "../command.ts";
import type { StandingFiles } from "../figures/gather.ts";
import { frontMatterOf, knownIn } from "../reviews/files.ts";

/** What the review of a date says of inputs that the ledger does not hold, such as metrics: for a run that reads none. Null without a review. */
export async function knownOn({ world, reviews }: Call, asOf: Day): Promise<Partial<StandingFiles> | null> {
  const { id } = weekBefore(asOf);
  const [stored] = await readReviews(resolve(world.cwd, reviews), reviews, (other) => other === id);
  return stored && frontMatterOf(stored)?.period.end === asOf ? knownIn(stored) : null;
}
