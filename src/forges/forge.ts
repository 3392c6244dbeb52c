import type { World } from "../core/world.ts";

/** A file of a proposal, as people write its path; null text removes it. */
export interface ProposedFile {
  readonly path: string;
  readonly text: string | null;
}

/** What one run wants to bring in: only files that bear the review's own id. */
export interface Proposal {
  readonly id: string;
  readonly title: string;
  /** What a pull request says, in Markdown. */
  readonly body: string;
  readonly files: readonly ProposedFile[];
}

/** What is known of a review before it is made. */
export interface Standing {
  /** `new`: nothing yet; `open`: may be refreshed; `closed`: people have merged or closed it, it is left alone. */
  readonly state: "new" | "open" | "closed";
  /** Why it is left alone, in a sentence; else empty. */
  readonly reason: string;
  /** The address of its pull request; null where there is none. */
  readonly pr: string | null;
  /** One of the review's own files as it stands now; null when there is none. */
  readonly read: (path: string) => Promise<string | null>;
  /** Brings files in. @throws Moved when somebody else was faster: ask for the standing again. */
  readonly propose: (proposal: Proposal) => Promise<Proposed>;
}

export interface Proposed {
  readonly pr: string | null;
  /** Refusals that do not spoil the proposal, such as a reviewer who cannot be asked. */
  readonly warnings: readonly string[];
}

/** Somebody else changed the branch between reading and writing. */
export class Moved extends Error {}

/** The code host, in verbs of ours. */
export interface Forge {
  /** The ids of reviews that are known besides the files at hand. */
  readonly known: () => Promise<readonly string[]>;
  readonly standing: (id: string, path: string) => Promise<Standing>;
}

/** What a forge is told. */
export interface ForgeContext {
  readonly world: World;
  /** Logins that are asked for a review. */
  readonly reviewers: readonly string[];
}

export type MakeForge = (context: ForgeContext) => Promise<Forge>;
