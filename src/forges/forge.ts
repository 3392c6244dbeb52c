/** A file of a proposal: its path below the working directory as shown, where it stands on disk, and its whole text; null removes it. */
export interface ProposedFile {
  readonly path: string;
  readonly text: string | null;
}

/** What one run wants to bring in: only files that bear the review's own id. */
export interface Proposal {
  readonly id: string;
  readonly branch: string;
  readonly title: string;
  readonly files: readonly ProposedFile[];
}

/** The code host, in verbs of ours. */
export interface Forge {
  /** Brings the files in; returns the address of the pull request, null where there is none. */
  readonly propose: (proposal: Proposal) => Promise<{ readonly pr: string | null }>;
}
