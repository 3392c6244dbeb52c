import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isoOf, type Store, writeCommit } from "./git/objects.ts";
import { readBranch, setRef } from "./git/refs.ts";
import { gitEnded } from "./git/run.ts";
import { changesOf, changeTree, treeOf } from "./git/trees.ts";
import { findRepo, findUser, newId, now, type Protection, type Repo, type Role, type State, type User } from "./state.ts";

export type Files = Readonly<Record<string, string | Buffer>>;

/** One repository; everything left out is as on a new public repository. */
export interface RepoOptions {
  readonly private?: boolean;
  readonly archived?: boolean;
  /** Issues switched on (the default). */
  readonly issues?: boolean;
  /** False: a plan without draft pull requests. */
  readonly drafts?: boolean;
  readonly defaultBranch?: string;
  /** "Allow GitHub Actions to create and approve pull requests"; off unless set, as on GitHub. */
  readonly actionsMayCreatePulls?: boolean;
  readonly deleteBranchOnMerge?: boolean;
  readonly mergeMethods?: readonly ("merge" | "squash" | "rebase")[];
  /** Collaborators beside the owner. */
  readonly roles?: Readonly<Record<string, Role>>;
  readonly protection?: Readonly<Record<string, Protection>>;
  /** Files of a first commit; without them, and without `from`, the repository is empty. */
  readonly files?: Files;
  /** A local git repository whose branches are taken over. */
  readonly from?: string;
  /** The repository this one is a fork of; they share their objects, as on GitHub. */
  readonly forkOf?: string;
}

export interface Options {
  /** The time at the start; it moves one second with each writing request. */
  readonly now?: string;
  /** Logins beside the owners and collaborators of the repositories. */
  readonly users?: readonly string[];
  /** Which owners are organizations. */
  readonly organizations?: readonly string[];
  readonly repos: Readonly<Record<string, RepoOptions>>;
}

const config = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = true
	logAllRefUpdates = false
[http]
	receivepack = true
[receive]
	unpackLimit = 1000000
	autogc = false
	denyDeleteCurrent = ignore
	hideRefs = refs/pull
[uploadpack]
	allowAnySHA1InWant = true
	allowFilter = true
[gc]
	auto = 0
`;

/** Refuses pushes to protected branches, in GitHub's words; the server writes their names before each push. */
const hook = `#!/bin/sh
while IFS='	' read -r ref reason; do
  if [ "$ref" = "$1" ]; then
    echo "error: GH006: Protected branch update failed for $1." >&2
    echo "" >&2
    echo "- $reason" >&2
    exit 1
  fi
done < overpace-protected
exit 0
`;

/** Makes the folders of a bare repository; `git init` would start a process for the same files. */
function makeStore(dir: string, branch: string, objects: string | null): Store {
  mkdirSync(join(dir, "refs", "heads"), { recursive: true });
  mkdirSync(join(dir, "hooks"));
  if (objects === null) mkdirSync(join(dir, "objects"));
  else symlinkSync(objects, join(dir, "objects"));
  writeFileSync(join(dir, "config"), config);
  writeFileSync(join(dir, "HEAD"), `ref: refs/heads/${branch}\n`);
  writeFileSync(join(dir, "overpace-protected"), "");
  writeFileSync(join(dir, "hooks", "update"), hook, { mode: 0o755 });
  return { dir, cache: new Map(), known: new Map() };
}

function ensureUser(state: State, login: string, organizations: readonly string[]): User {
  const known = findUser(state, login);
  if (known !== undefined) return known;
  const user: User = { id: newId(state), login, type: organizations.includes(login) ? "Organization" : "User" };
  state.users.push(user);
  return user;
}

async function addRepo(state: State, folder: string, name: string, options: RepoOptions, organizations: readonly string[]): Promise<void> {
  const [login = "", short = ""] = name.split("/");
  const branch = options.defaultBranch ?? "main";
  const parent = options.forkOf === undefined ? null : (findRepo(state, options.forkOf) ?? null);
  const objects = parent === null ? null : join(parent.store.dir, "objects");
  const roles = Object.entries(options.roles ?? {}).map(
    ([login, role]) => [ensureUser(state, login, organizations).login.toLowerCase(), role] as const,
  );
  const repo: Repo = {
    id: newId(state),
    owner: ensureUser(state, login, organizations),
    name: short,
    private: options.private ?? false,
    archived: options.archived ?? false,
    hasIssues: options.issues ?? true,
    drafts: options.drafts ?? true,
    defaultBranch: branch,
    actionsMayCreatePulls: options.actionsMayCreatePulls ?? false,
    defaultPermissions: "read",
    deleteBranchOnMerge: options.deleteBranchOnMerge ?? false,
    mergeMethods: options.mergeMethods ?? ["merge", "squash", "rebase"],
    roles: new Map(roles),
    protection: new Map(Object.entries(options.protection ?? {})),
    parent,
    store: makeStore(join(folder, login, `${short}.git`), branch, objects),
    labels: [],
    issues: [],
    checkRuns: [],
    statuses: [],
    releases: [],
    deployments: [],
    verified: new Set(),
    createdAt: now(state),
    pushedAt: now(state),
  };
  state.repos.push(repo);
  const source = options.from ?? parent?.store.dir;
  if (source !== undefined) await takeOver(repo, source);
  if (options.files !== undefined) await commitFiles(state, repo, branch, options.files, { message: "First commit" });
}

async function takeOver(repo: Repo, source: string): Promise<void> {
  const ended = await gitEnded(repo.store.dir, ["fetch", "--quiet", source, "+refs/heads/*:refs/heads/*"]);
  if (ended.code !== 0) throw new Error(`cannot take over ${source}: ${ended.err}`);
}

export interface CommitOptions {
  readonly message?: string;
  /** A login: the commit is theirs, as if they had pushed it. */
  readonly by?: string;
  /** Starts the branch here when it does not exist yet; otherwise it starts at the default branch. */
  readonly from?: string;
}

/** A commit on a branch by somebody's git, not through the API; the branch is made when it is not there. Null removes a file. */
export async function commitFiles(
  state: State,
  repo: Repo,
  branch: string,
  files: Readonly<Record<string, string | Buffer | null>>,
  options: CommitOptions = {},
): Promise<string> {
  const head = readBranch(repo.store, branch) ?? readBranch(repo.store, options.from ?? repo.defaultBranch);
  const base = head === null ? null : await treeOf(repo.store, head);
  const login = options.by ?? repo.owner.login;
  const person = { name: login, email: `${login}@example.com`, date: isoOf(state.clock) };
  const sha = writeCommit(repo.store, {
    tree: await changeTree(repo.store, base, changesOf(repo.store, files)),
    parents: head === null ? [] : [head],
    author: person,
    committer: person,
    message: `${options.message ?? "Change files"}\n`,
  });
  if (!(await setRef(repo.store, `refs/heads/${branch}`, sha))) throw new Error(`git refuses the branch ${branch}`);
  repo.pushedAt = now(state);
  return sha;
}

/** A server's state at its start; its repositories stand in a folder of their own. */
export async function makeState(folder: string, options: Options): Promise<State> {
  const clock = Date.parse(options.now ?? "2026-11-23T08:00:00Z");
  const state: State = { users: [], repos: [], tokens: [], nextId: 1000, clock, api: "", web: "" };
  const organizations = options.organizations ?? [];
  for (const login of options.users ?? []) ensureUser(state, login, organizations);
  for (const [name, repo] of Object.entries(options.repos)) await addRepo(state, folder, name, repo, organizations);
  return state;
}
