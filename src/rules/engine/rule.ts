import type { Severity } from "../../core/finding.ts";
import type { Review } from "../../core/review/review.ts";
import type { Config } from "../../core/settings/config.ts";
import type { Answer } from "../../document/answers.ts";
import type { Inputs } from "../../document/figures-block.ts";
import type { ProseLine } from "../../document/prose.ts";
import type { FrontMatter } from "../../document/schema.ts";
import type { Zone } from "../../document/zone.ts";

/** A zone that asks people something, with what they answered below it. */
export interface Question {
  readonly zone: Zone;
  readonly answers: ReadonlyMap<string, Answer>;
}

/** A review file as the rules see it: front matter valid, zones sound. */
export interface ReviewFile {
  readonly file: string;
  readonly front: FrontMatter;
  readonly questions: readonly Question[];
  readonly prose: readonly ProseLine[];
  /** Line and column of a front matter value. */
  readonly placeOf: (path: readonly PropertyKey[]) => { line: number; column: number };
}

/** The figures of a review, computed again. */
export type Recomputed =
  /** From exactly the inputs that the file names. */
  | { readonly state: "same-inputs"; readonly review: Review; readonly inputs: Inputs }
  /** From the inputs of the given tree, which are not the ones that the file names; `differing` says which. */
  | { readonly state: "other-inputs"; readonly review: Review; readonly differing: readonly string[] }
  /** Not possible here; `why` is a sentence. */
  | { readonly state: "unknown"; readonly why: string };

/** What is known besides the file itself; nothing of it is needed to check the file. */
export interface Surroundings {
  readonly recomputed: Recomputed;
  /** Held reviews of earlier periods, oldest first. */
  readonly earlier: readonly ReviewFile[];
  /** The settings; null when there are none at hand or they are not sound. */
  readonly config: Config | null;
  /** By login (lower case, without `@`): whether the code host lets issues be assigned; null when no code host was asked. */
  readonly assignable: ReadonlyMap<string, boolean> | null;
}

/** What a rule remarks; without a severity it is an open point: `todo` in a draft, `error` once the review is held. */
export interface Remark {
  readonly severity?: Severity;
  /** The item it is about, as `silenced` names it: an action's id, the id of a delta or an anomaly, or a front matter key. */
  readonly at: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

/**
 * A sound review with one thing changed, printed in docs/rules and run as a test: accepted without `remark`, else remarked with a
 * message that contains it.
 */
export interface Example {
  /** Front matter keys as YAML that replace those of the sound review; `figures` is laid over the sound one key by key. */
  readonly front?: string;
  /** The lines below the delta `openai/inference`, instead of the sound ones. */
  readonly delta?: string;
  /** An anomaly `openai/inference@2026-11-17` is in the review, with these lines below it. */
  readonly anomaly?: string;
  /** Text that people wrote among the notes. */
  readonly notes?: string;
  /** The held reviews before it, oldest first, each a week apart. */
  readonly earlier?: readonly Example[];
  readonly remark?: string;
}

/** What a review must hold: one file, and one line in `index.ts`. Rules yield remarks, they never throw. */
export interface Rule {
  readonly name: string;
  /** Why the rhythm asks for it, in a sentence or two. */
  readonly reason: string;
  readonly examples: readonly Example[];
  readonly check: (review: ReviewFile, around: Surroundings) => Remark[];
}
