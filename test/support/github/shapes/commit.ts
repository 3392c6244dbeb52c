import type { FileChange } from "../git/diff.ts";
import { type Commit, parseCommit, type Person, readObject } from "../git/objects.ts";
import type { Repo, State, User } from "../state.ts";
import { apiOf, webOf } from "./repo.ts";
import { node, userShape } from "./user.ts";

/** The address GitHub uses for commits of a user. */
export const emailOf = (user: User): string => `${user.id}+${user.login}@users.noreply.github.com`;

/** The parsed commit of a SHA known to be one. */
export async function commitOf(repo: Repo, sha: string): Promise<Commit> {
  const object = await readObject(repo.store, sha);
  if (object?.kind !== "commit") throw new Error(`${sha} is no commit of ${repo.name}`);
  return parseCommit(object.data);
}

function verification(repo: Repo, sha: string, at: string) {
  const verified = repo.verified.has(sha);
  return {
    verified,
    reason: verified ? "valid" : "unsigned",
    signature: verified ? "-----BEGIN PGP SIGNATURE-----\n\n(test server)\n-----END PGP SIGNATURE-----" : null,
    payload: verified ? `tree of ${sha}` : null,
    verified_at: verified ? at : null,
  };
}

const clean = (person: Person) => ({ name: person.name, email: person.email, date: person.date });

/** `git-commit`: of the Git Data API. */
export async function gitCommitShape(state: State, repo: Repo, sha: string) {
  const commit = await commitOf(repo, sha);
  const url = `${apiOf(state, repo)}/git`;
  const web = webOf(state, repo);
  return {
    sha,
    node_id: node("Commit", 0) + sha,
    url: `${url}/commits/${sha}`,
    html_url: `${web}/commit/${sha}`,
    author: clean(commit.author),
    committer: clean(commit.committer),
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    message: commit.message.replace(/\n$/, ""),
    parents: commit.parents.map((sha) => ({ sha, url: `${url}/commits/${sha}`, html_url: `${web}/commit/${sha}` })),
    verification: verification(repo, sha, commit.committer.date),
  };
}

/** The account an address of a commit belongs to. */
export function accountOf(state: State, email: string): User | undefined {
  return state.users.find((user) => emailOf(user) === email || `${user.login}@example.com` === email);
}

/** `commit`. */
export async function commitShape(state: State, repo: Repo, sha: string) {
  const inner = await gitCommitShape(state, repo, sha);
  const url = `${apiOf(state, repo)}/commits/${sha}`;
  const author = accountOf(state, inner.author.email);
  const committer = accountOf(state, inner.committer.email);
  return {
    sha,
    node_id: inner.node_id,
    url,
    html_url: inner.html_url,
    comments_url: `${url}/comments`,
    commit: {
      author: inner.author,
      committer: inner.committer,
      message: inner.message,
      tree: inner.tree,
      url: inner.url,
      comment_count: 0,
      verification: inner.verification,
    },
    author: author === undefined ? null : userShape(state, author),
    committer: committer === undefined ? null : userShape(state, committer),
    parents: inner.parents.map((parent) => ({ ...parent, url: `${apiOf(state, repo)}/commits/${parent.sha}` })),
  };
}

const inPath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

/** `diff-entry`; GitHub leaves the patch out of binary and very large files. */
export function fileShape(state: State, repo: Repo, head: string, file: FileChange) {
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${webOf(state, repo)}/blob/${head}/${inPath(file.path)}`,
    raw_url: `${webOf(state, repo)}/raw/${head}/${inPath(file.path)}`,
    contents_url: `${apiOf(state, repo)}/contents/${inPath(file.path)}?ref=${head}`,
    ...(file.patch === null || file.patch.length > 1_000_000 ? {} : { patch: file.patch }),
    ...(file.previous === null ? {} : { previous_filename: file.previous }),
  };
}
