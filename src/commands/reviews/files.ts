import * as z from "zod/mini";
import type { Day } from "../../core/day.ts";
import { Problem, unlessRefused } from "../../core/problem.ts";
import { statedCauses } from "../../document/front-matter/causes.ts";
import { statedMetrics } from "../../document/front-matter/metrics.ts";
import { type FrontMatter, frontMatterSchema } from "../../document/front-matter/schema.ts";
import { splitDocument } from "../../document/front-matter/split.ts";
import { statedSources } from "../../document/front-matter/stated-inputs.ts";
import { valueAt } from "../../document/front-matter/value.ts";
import type { StoredReview } from "../../shell/reviews.ts";
import type { StandingFiles } from "../figures/gather.ts";

/** The front matter of a review file when it is sound, else null: `check` says what is wrong with it. */
export function frontMatterOf(review: StoredReview): FrontMatter | null {
  return unlessRefused(() => {
    const parsed = frontMatterSchema.safeParse(splitDocument(review.text, review.path).data);
    return parsed.success ? parsed.data : null;
  });
}

/** The end of a review's period as its file says; the file's period never changes. */
export function periodEndOf(review: StoredReview): Day {
  const front = frontMatterOf(review);
  if (front) return front.period.end;
  const split = splitDocument(review.text, review.path);
  const period = frontMatterSchema.shape.period.safeParse(valueAt(split.data, ["period"]));
  if (period.success) return period.data.end;
  throw new Problem("`period` cannot be read", {
    remedy: "restore it from git: it is written by overpace",
    place: { file: review.path, ...split.yaml.placeOf(["period"]) },
  });
}

const sourcesSchema = z.looseObject({ sources: statedSources });
const metricsSchema = z.looseObject({ metrics: statedMetrics });
const causesSchema = z.looseObject({ causes: statedCauses });

/** What a review that does not stand yet says of its inputs. */
export const nothingKnown: Omit<StandingFiles, "own"> = { sources: [], metrics: [], causes: null };

/** What the file says of inputs that the ledger does not hold: what came of the last reading of each source, metrics, and candidate causes. */
export function knownIn(review: StoredReview): Omit<StandingFiles, "own"> {
  const figures = frontMatterOf(review)?.figures;
  const [sources, metrics, causes] = [sourcesSchema.safeParse(figures), metricsSchema.safeParse(figures), causesSchema.safeParse(figures)];
  return {
    sources: sources.success ? sources.data.sources : [],
    metrics: metrics.success ? metrics.data.metrics : [],
    causes: causes.success ? causes.data.causes : null,
  };
}
