import type { Severity } from "../core/finding.ts";
import type { Answer } from "../document/answers.ts";
import type { FrontMatter } from "../document/schema.ts";
import type { Zone } from "../document/zone.ts";

/** A zone that asks people something, with what they answered below it. */
export interface Question {
  readonly zone: Zone;
  readonly answers: ReadonlyMap<string, Answer>;
}

/** A review file as the rules see it: front matter valid, zones sound. */
export interface ReviewFile {
  readonly front: FrontMatter;
  readonly questions: readonly Question[];
  /** Line and column of a front matter value. */
  readonly placeOf: (path: readonly PropertyKey[]) => { line: number; column: number };
}

/** What a rule remarks; without a severity it is an open point: `todo` in a draft, `error` once the review is held. */
export interface Remark {
  readonly severity?: Severity;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly remedy: string;
}

/** What a review must hold: one file, and one line in `index.ts`. Rules yield remarks, they never throw. */
export interface Rule {
  readonly name: string;
  /** Why the rhythm asks for it, in a sentence or two. */
  readonly reason: string;
  readonly check: (review: ReviewFile) => Remark[];
}
