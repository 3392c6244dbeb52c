import type { Finding } from "../../core/finding.ts";
import type { ReviewFile } from "../../rules/engine/rule.ts";

/** A review file as it was checked. */
export interface ReviewText {
  readonly path: string;
  readonly text: string;
}

/** The code host, as far as `check` meets it. */
export interface Host {
  /** For a review that the pull request brings: by login whether its people can be assigned; null when it is not known. */
  readonly assignable: (review: ReviewFile) => Promise<ReadonlyMap<string, boolean> | null>;
  /** Shows what was found where people decide. */
  readonly publish: (files: readonly ReviewText[], findings: readonly Finding[]) => Promise<void>;
}

/** No code host: nobody is asked, nothing is shown. */
export const nowhere: Host = { assignable: async () => null, publish: async () => {} };
