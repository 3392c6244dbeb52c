import type { Day } from "../../core/day.ts";
import type { Severity } from "../../core/finding.ts";
import type { Review } from "../../core/review/review.ts";
import type { Config, Thresholds } from "../../core/settings/config.ts";
import type { Answer } from "../../document/body/answers.ts";
import type { ProseLine } from "../../document/body/prose.ts";
import type { Zone } from "../../document/body/zone.ts";
import type { Inputs } from "../../document/front-matter/figures.ts";
import type { FrontMatter } from "../../document/front-matter/schema.ts";

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
  | {
      readonly state: "same-inputs";
      readonly review: Review;
      readonly inputs: Inputs;
      /** The running version, as `figures.generator` names it. */
      readonly generator: string;
      /** The review is still open: the tree at hand must be the one it was made from. Else it was held to what it names alone. */
      readonly open: boolean;
      /** The chart that stands beside the file; null where none does. */
      readonly chart: string | null;
    }
  /**
   * From the inputs of the given tree, which are not the ones that the file names; `differing` says which. The review is null where
   * they give none. On a branch they may be those of the default one, which the branch lacks.
   */
  | { readonly state: "other-inputs"; readonly review: Review | null; readonly differing: readonly string[]; readonly onBranch: boolean }
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
  /** The day on which that anomaly began, where it is another: it stands in its id. */
  readonly since?: Day;
  /** Text that people wrote among the notes. */
  readonly notes?: string;
  /** What moved on the last refresh, as lines of the note below the summary: `Last 7 days: $4,100.00 → $4,200.00`. */
  readonly moved?: readonly string[];
  /** The name of the file, where it is not that of the review. */
  readonly file?: string;
  /** Known besides the files: settings, costs of slices in the last 7 days, whom the code host lets issues be assigned to. */
  readonly known?: {
    readonly thresholds?: Partial<Thresholds>;
    /** By provider or provider/service; recomputed from the inputs of the file. */
    readonly last7?: Readonly<Record<string, number>>;
    readonly assignable?: Readonly<Record<string, boolean>>;
  };
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
  /** A matter of judgement: `silenced` in the front matter takes its remarks away, with a reason. Warnings always are. */
  readonly silenceable?: true;
  /** It asks only where no other rule leaves anything open. */
  readonly last?: true;
  readonly check: (review: ReviewFile, around: Surroundings) => Remark[];
}
