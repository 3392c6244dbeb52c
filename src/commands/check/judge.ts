import type { Finding } from "../../core/finding.ts";
import { judgeReview } from "../../rules/check.ts";
import type { ReviewFile } from "../../rules/engine/rule.ts";
import type { Call } from "../command.ts";
import type { Host } from "./host.ts";
import { knowledgeOf } from "./surroundings.ts";

/** Judges reviews by the rules and by all that is known around them. */
export interface Judge {
  readonly findingsOf: (review: ReviewFile, text: string) => Promise<Finding[]>;
  /** What could not be known, as warnings. */
  readonly gaps: () => readonly Finding[];
  readonly note: () => string | null;
}

/** Opens what the reviews of a call are judged by. */
export function judgeOf(call: Call, host: Host): Judge {
  const { of, gaps, note } = knowledgeOf(call, host);
  return { findingsOf: async (review, text) => judgeReview(review, await of(review, text)), gaps, note };
}
