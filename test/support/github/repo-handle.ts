import { readObject } from "./git/objects.ts";
import { listRefs, readBranch, setRef } from "./git/refs.ts";
import { gitText } from "./git/run.ts";
import { filesOf, findPath, treeOf } from "./git/trees.ts";
import { transfer } from "./routes/issues.ts";
import { commitFiles, type CommitOptions } from "./setup.ts";
import { findIssue, findRepo, fullName, type Issue, type Repo, type State } from "./state.ts";
import { syncPulls } from "./writes.ts";

/** A repository as tests look at it and change it, without requests. */
export interface RepoHandle {
  /** All the server knows of it; its settings may be changed. */
  readonly data: Repo;
  /** Issues that are no pull requests, those deleted or moved away left out. */
  readonly issues: () => Issue[];
  /** Pull requests in any state, up to date with their branches. */
  readonly pulls: () => Promise<Issue[]>;
  readonly branches: () => Promise<Record<string, string>>;
  readonly head: (branch?: string) => string | null;
  /** Every file of a branch, as text. */
  readonly files: (branch?: string) => Promise<Record<string, string>>;
  readonly read: (path: string, branch?: string) => Promise<string | null>;
  /** One line a commit, newest first: author, then subject. */
  readonly log: (branch?: string) => Promise<string[]>;
  /** A commit by somebody's git: null removes a file. Protection does not hold here. */
  readonly commit: (branch: string, files: Readonly<Record<string, string | Buffer | null>>, options?: CommitOptions) => Promise<string>;
  readonly deleteBranch: (branch: string) => Promise<void>;
  /** What only a browser can do. */
  readonly deleteIssue: (number: number) => void;
  readonly transferIssue: (number: number, to: string) => number;
}

/** A repository by its full name; an unknown one throws. */
export function repoHandle(state: State, name: string): RepoHandle {
  const repo = findRepo(state, name);
  if (repo === undefined) throw new Error(`there is no repository ${name}`);
  const { store } = repo;
  const treeAt = async (branch: string = repo.defaultBranch): Promise<string | null> => {
    const head = readBranch(store, branch);
    return head === null ? null : treeOf(store, head);
  };
  return {
    data: repo,
    issues: () => repo.issues.filter((issue) => issue.pull === null && issue.gone === null),
    pulls: async () => {
      await syncPulls(state, repo);
      return repo.issues.filter((issue) => issue.pull !== null);
    },
    branches: async () => Object.fromEntries(listRefs(store, "refs/heads/").map((ref) => [ref.name.slice(11), ref.sha])),
    head: (branch = repo.defaultBranch) => readBranch(store, branch),
    files: async (branch) => {
      const tree = await treeAt(branch);
      return tree === null ? {} : filesOf(store, tree);
    },
    read: async (path, branch) => {
      const tree = await treeAt(branch);
      const found = tree === null ? null : await findPath(store, tree, path);
      return found === null || found.mode === "040000" ? null : ((await readObject(store, found.sha))?.data.toString("utf8") ?? null);
    },
    log: async (branch = repo.defaultBranch) => (await gitText(store.dir, ["log", "--format=%an: %s", branch])).split("\n"),
    commit: (branch, files, options) => commitFiles(state, repo, branch, files, options),
    deleteBranch: async (branch) => void (await setRef(store, `refs/heads/${branch}`, null)),
    deleteIssue: (number) => {
      const issue = findIssue(repo, number);
      if (issue === undefined) throw new Error(`there is no issue ${number} in ${fullName(repo)}`);
      issue.gone = "deleted";
    },
    transferIssue: (number, to) => {
      const target = findRepo(state, to);
      if (target === undefined) throw new Error(`there is no repository ${to}`);
      return transfer(state, repo, number, target);
    },
  };
}
