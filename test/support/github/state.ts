import { isoOf, type Store } from "./git/objects.ts";

/** The permissions of a token, by GitHub's names; `read` cannot write. */
export type Area =
  | "contents"
  | "issues"
  | "pull_requests"
  | "checks"
  | "statuses"
  | "deployments"
  | "administration"
  | "actions"
  | "workflows"
  | "metadata"
  | "members";
export type Permissions = Partial<Record<Area, "read" | "write">>;

export type Role = "none" | "read" | "triage" | "write" | "maintain" | "admin";

export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
}

export interface App {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
}

/** A token the server has issued. */
export interface Token {
  readonly value: string;
  readonly kind: "user" | "app" | "actions";
  readonly user: User;
  readonly app: App | null;
  /** Null: all that its user may do (a classic personal token). */
  readonly permissions: Permissions | null;
  /** Lower-case full names; null: every repository of its user. */
  readonly repos: readonly string[] | null;
  readonly limit: number;
  used: number;
}

export interface Label {
  readonly id: number;
  name: string;
  color: string;
  description: string | null;
}

export interface Comment {
  readonly id: number;
  readonly issue: Issue;
  readonly user: User;
  readonly app: App | null;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface IssueEvent {
  readonly id: number;
  readonly event: string;
  readonly actor: User;
  readonly app: App | null;
  readonly at: string;
  readonly commit: string | null;
  /** What this kind of event says beside: a label, a state reason, names before and after. */
  readonly more: Readonly<Record<string, unknown>>;
}

export interface Review {
  readonly id: number;
  readonly user: User;
  readonly state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED";
  readonly body: string;
  readonly commit: string;
  readonly at: string;
}

export interface Merge {
  readonly sha: string;
  readonly at: string;
  readonly by: User;
}

/** What makes an issue a pull request. */
export interface Pull {
  readonly headRepo: Repo;
  readonly headRef: string;
  headSha: string;
  baseRef: string;
  baseSha: string;
  draft: boolean;
  merge: Merge | null;
  reviewers: User[];
  readonly reviews: Review[];
}

export interface Issue {
  readonly id: number;
  readonly number: number;
  title: string;
  body: string | null;
  readonly user: User;
  readonly app: App | null;
  labels: Label[];
  assignees: User[];
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "duplicate" | "reopened" | null;
  closedBy: User | null;
  closedAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
  locked: boolean;
  lockReason: string | null;
  readonly comments: Comment[];
  readonly events: IssueEvent[];
  readonly pull: Pull | null;
  /** Deleted by a person, or where it was transferred to. */
  gone: "deleted" | { readonly repo: Repo; readonly number: number } | null;
}

export interface Annotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: string;
  readonly message: string;
  readonly title?: string;
  readonly raw_details?: string;
}

export interface CheckRun {
  readonly id: number;
  readonly app: App;
  name: string;
  readonly headSha: string;
  status: string;
  conclusion: string | null;
  startedAt: string | null;
  completedAt: string | null;
  detailsUrl: string | null;
  externalId: string;
  output: { title: string | null; summary: string | null; text: string | null };
  readonly annotations: Annotation[];
}

export interface Status {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
  readonly creator: User;
  readonly at: string;
}

export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly name: string | null;
  /** Null: a draft. */
  readonly at: string | null;
  readonly author: User;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  readonly description: string | null;
  readonly isTransient: boolean;
  readonly at: string;
  readonly creator: User;
}

/** The rules of a protected branch. */
export interface Protection {
  /** Changes must come through a pull request (the default). */
  readonly pullRequest?: boolean;
  /** Names of checks or statuses that must be green on the head. */
  readonly checks?: readonly string[];
  /** The head must contain the newest base. */
  readonly strict?: boolean;
  /** How many approvals a merge needs. */
  readonly approvals?: number;
}

export interface Repo {
  readonly id: number;
  readonly owner: User;
  name: string;
  private: boolean;
  archived: boolean;
  hasIssues: boolean;
  drafts: boolean;
  defaultBranch: string;
  /** "Allow GitHub Actions to create and approve pull requests": off on a new repository. */
  actionsMayCreatePulls: boolean;
  defaultPermissions: "read" | "write";
  deleteBranchOnMerge: boolean;
  mergeMethods: readonly ("merge" | "squash" | "rebase")[];
  readonly roles: Map<string, Role>;
  readonly protection: Map<string, Protection>;
  readonly parent: Repo | null;
  readonly store: Store;
  readonly labels: Label[];
  readonly issues: Issue[];
  readonly checkRuns: CheckRun[];
  readonly statuses: Status[];
  readonly releases: Release[];
  readonly deployments: Deployment[];
  /** Commits GitHub has signed. */
  readonly verified: Set<string>;
  readonly createdAt: string;
  pushedAt: string;
}

/** All the server knows. Tests may read it, and change what a person could change in a browser. */
export interface State {
  readonly users: User[];
  readonly repos: Repo[];
  readonly tokens: Token[];
  /** Names of repositories before they were renamed or transferred. */
  nextId: number;
  /** The time of the server; each writing request moves it one second. */
  clock: number;
  /** Base of the API, of the pages. */
  api: string;
  web: string;
}

export const now = (state: State): string => isoOf(state.clock);
export const newId = (state: State): number => state.nextId++;
export const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
export const fullName = (repo: Repo): string => `${repo.owner.login}/${repo.name}`;
export const findUser = (state: State, login: string): User | undefined => state.users.find((user) => same(user.login, login));
export const findRepo = (state: State, name: string): Repo | undefined => state.repos.find((repo) => same(fullName(repo), name));
export const findIssue = (repo: Repo, number: number): Issue | undefined => repo.issues.find((issue) => issue.number === number);
export const findLabel = (repo: Repo, name: string): Label | undefined => repo.labels.find((label) => same(label.name, name));

const ranks: readonly Role[] = ["none", "read", "triage", "write", "maintain", "admin"];
/** What a user may do in a repository. */
export function roleOf(repo: Repo, user: User): Role {
  if (user.id === repo.owner.id) return "admin";
  return repo.roles.get(user.login.toLowerCase()) ?? (repo.private ? "none" : "read");
}
export const atLeast = (role: Role, wanted: Role): boolean => ranks.indexOf(role) >= ranks.indexOf(wanted);
/** Whether issues can be assigned to a user and reviews asked of them: only people with access. */
export const isCollaborator = (repo: Repo, user: User): boolean =>
  user.type === "User" && (user.id === repo.owner.id || atLeast(repo.roles.get(user.login.toLowerCase()) ?? "none", "read"));
