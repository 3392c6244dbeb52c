import type { Changes, ChangesQuery } from "../core/causes/change.ts";
import type { CheckResult } from "../core/check-result.ts";
import type { Issue, IssueChange } from "../core/issue.ts";
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
  /** Where its file stands, as readers of the proposal find it. */
  readonly place: string;
  /** One of the review's own files as it stands now; null when there is none. */
  readonly read: (path: string) => Promise<string | null>;
  /** Brings files in. @throws Moved when somebody else was faster: ask for the standing again. */
  readonly propose: (proposal: Proposal) => Promise<Proposed>;
}

export interface Proposed {
  readonly pr: string | null;
  /** Refusals that do not spoil the proposal, such as a reviewer who cannot be asked. */
  readonly warnings: readonly string[];
  /** Where the result of checking it is shown; null where there is no such place. */
  readonly board: Board | null;
}

/** Where the result of a check is shown: beside one commit. Each verb hands back what was refused, and fails for nothing of it. */
export interface Board {
  /** A file, as people write its path, from the root of the repository. */
  readonly place: (path: string) => string;
  /** The address of a line of a file. */
  readonly link: (path: string, line: number) => string;
  /** Shows a result; what says the same already is left alone. */
  readonly post: (result: CheckResult) => Promise<readonly string[]>;
}

/** Where the result of a check in a pull request is shown. */
export interface PullBoard extends Board {
  /** The files that it adds or changes, from the root of the repository. */
  readonly changes: () => Promise<{ readonly paths: readonly string[]; readonly warnings: readonly string[] }>;
  /** Whom issues can be assigned to, by login; one request each. Null where the code host does not say, with the reason as a warning. */
  readonly assignable: (
    logins: readonly string[],
  ) => Promise<{ readonly assignable: ReadonlyMap<string, boolean> | null; readonly warnings: readonly string[] }>;
  /** One comment, known by the marker that it begins with and updated in place; made where there is none only with `create`. */
  readonly comment: (wanted: { readonly marker: string; readonly text: string; readonly create: boolean }) => Promise<readonly string[]>;
}

/** A pull request whose check is shown. */
export interface PullContext {
  readonly world: World;
  /** The environment variable that holds the token. */
  readonly tokenEnv: string;
  readonly number: number;
  /** Its last commit. */
  readonly sha: string;
}

export type MakePullBoard = (context: PullContext) => Promise<PullBoard>;

/** Somebody else changed the branch between reading and writing. */
export class Moved extends Error {}

/** Reviews that the forge knows besides the files at hand, by id. */
export interface KnownReviews {
  readonly ids: readonly string[];
  /** Those that a run began and did not bring to a pull request. */
  readonly unfinished: readonly string[];
}

/** The code host, in verbs of ours. */
export interface Forge {
  /** What changed in repositories, with a bounded number of questions; what cannot be told is named and spoils nothing. */
  readonly changes: (query: ChangesQuery) => Promise<Changes>;
  /** Issues of actions that changed from a day on, and why there are none to be had. */
  readonly issues: (since: string) => Promise<{ readonly issues: readonly Issue[]; readonly warnings: readonly string[] }>;
  readonly known: () => Promise<KnownReviews>;
  readonly standing: (id: string, path: string) => Promise<Standing>;
}

/** What a forge is told. */
export interface ForgeContext {
  readonly world: World;
  /** The folder of the reviews, as people write it. */
  readonly reviews: string;
  /** Logins that are asked for a review. */
  readonly reviewers: readonly string[];
  /** The environment variable that holds the token. */
  readonly tokenEnv: string;
}

export type MakeForge = (context: ForgeContext) => Promise<Forge>;

/** A new issue. */
export interface NewIssue {
  readonly title: string;
  readonly body: string;
  readonly assignees: readonly string[];
  /** The line of the body by which it is found again. */
  readonly marker: string;
}

/** A write that the code host refused for good, and why, as the rest of a sentence. */
export interface Refused {
  readonly refused: string;
}

/** The issues of the code host. Reading fails with a Problem, and so does a write that may work later; other refusals are handed back. */
export interface Tracker {
  /** `owner/name`. */
  readonly name: string;
  readonly defaultBranch: string;
  /** The address of a line of a file on the default branch. */
  readonly link: (path: string, line: number) => string;
  /** Issues with the label of actions, in any state; with `since`, those that changed from that day on. */
  readonly labelled: (since: string | null) => Promise<readonly Issue[]>;
  /** The same by our hand, whatever their labels are now. */
  readonly unlabelled: (since: string) => Promise<readonly Issue[]>;
  /** One issue, also where it was transferred to; null when it was deleted, or went where the token may not look. */
  readonly read: (number: number) => Promise<Issue | null>;
  /** Numbers of issues made lately, by action: what tells a deleted issue from one that was never made. */
  readonly remembered: () => Promise<ReadonlyMap<string, number>>;
  readonly remember: (numbers: ReadonlyMap<string, number>) => Promise<Refused | null>;
  readonly isAssignable: (login: string) => Promise<boolean>;
  /** What people said when they closed it; null when nothing. */
  readonly closingComment: (issue: Issue) => Promise<string | null>;
  readonly create: (wanted: NewIssue) => Promise<Issue | Refused>;
  readonly update: (number: number, change: IssueChange) => Promise<Issue | Refused>;
}

/** What a tracker is told. */
export interface TrackerContext {
  readonly world: World;
  /** The environment variable that holds the token. */
  readonly tokenEnv: string;
}

export type MakeTracker = (context: TrackerContext) => Promise<Tracker>;
