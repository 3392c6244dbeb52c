import type { Call } from "./call.ts";
import { actor } from "./call.ts";
import { commitsBetween, diffTrees, type FileChange, mergeBase, mergeTrees } from "./git/diff.ts";
import { once, writeCommit } from "./git/objects.ts";
import { isAncestor, setRef } from "./git/refs.ts";
import { emptyTree } from "./git/trees.ts";
import { commitOf } from "./shapes/commit.ts";
import type { Mergeability, PullIssue, Size } from "./shapes/pull.ts";
import type { Repo } from "./state.ts";
import { noreply, webFlow } from "./writes.ts";

/** The commits a pull request would bring, oldest first. */
export async function commitsOf(repo: Repo, issue: PullIssue): Promise<string[]> {
  const { baseSha, headSha } = issue.pull;
  const base = issue.pull.merge === null ? baseSha : await mergeBase(repo.store, baseSha, headSha);
  return commitsBetween(repo.store, base, headSha);
}

/** The files a pull request changes: three dots, from where it left its base. */
export async function filesOfPull(repo: Repo, issue: PullIssue): Promise<FileChange[]> {
  const base = await mergeBase(repo.store, issue.pull.baseSha, issue.pull.headSha);
  return diffTrees(repo.store, base ?? emptyTree, issue.pull.headSha);
}

/** The numbers a single pull request shows. */
export async function sizeOf(repo: Repo, issue: PullIssue): Promise<Size> {
  const [files, commits] = await Promise.all([filesOfPull(repo, issue), commitsOf(repo, issue)]);
  const total = (key: "additions" | "deletions") => files.reduce((sum, file) => sum + file[key], 0);
  return { commits: commits.length, additions: total("additions"), deletions: total("deletions"), files: files.length };
}

const green = ["success", "neutral", "skipped"];

/** Whether a check of this name is green on a commit: of a run and a status with one name, both must be. */
function passes(repo: Repo, sha: string, name: string): boolean {
  const run = repo.checkRuns.findLast((run) => run.headSha === sha && run.name === name);
  const status = repo.statuses.findLast((status) => status.sha === sha && status.context === name);
  if (run === undefined && status === undefined) return false;
  return (run === undefined || green.includes(run.conclusion ?? "")) && (status === undefined || status.state === "success");
}

/** Why the rules of the base branch do not let a pull request in, or null. */
export async function blockedBy(repo: Repo, issue: PullIssue): Promise<string | null> {
  const rule = repo.protection.get(issue.pull.baseRef);
  if (rule === undefined) return null;
  const missing = (rule.checks ?? []).filter((name) => !passes(repo, issue.pull.headSha, name));
  if (missing.length === 1) return `Required status check "${missing[0]}" is expected.`;
  if (missing.length > 1) return `${missing.length} of ${rule.checks?.length} required status checks are expected.`;
  const last = new Map(issue.pull.reviews.filter((review) => review.state !== "COMMENTED").map((review) => [review.user.id, review.state]));
  const approvals = [...last.values()].filter((state) => state === "APPROVED").length;
  if (approvals < (rule.approvals ?? 0)) return `At least ${rule.approvals} approving review is required by reviewers with write access.`;
  if (rule.strict === true && !(await isAncestor(repo.store, issue.pull.baseSha, issue.pull.headSha))) {
    return "Head branch is out of date. Review and try the merge again.";
  }
  return null;
}

/** Whether an open pull request can be merged, as GitHub computes it in the background. */
export async function mergeability(repo: Repo, issue: PullIssue): Promise<Mergeability> {
  if (issue.state === "closed") return { mergeable: null, state: "unknown", sha: null };
  const sha = await testMerge(repo, issue);
  if (sha === null) return { mergeable: false, state: "dirty", sha };
  if (issue.pull.draft) return { mergeable: true, state: "draft", sha };
  return { mergeable: true, sha, state: (await blockedBy(repo, issue)) === null ? "clean" : "blocked" };
}

/** The commit of a trial merge, at refs/pull/N/merge: `merge_commit_sha` of an open pull request is no sign of a merge. */
function testMerge(repo: Repo, issue: PullIssue): Promise<string | null> {
  const { baseSha, headSha } = issue.pull;
  return once(repo.store, `trial ${issue.number} ${baseSha} ${headSha}`, async () => {
    const tree = await mergeTrees(repo.store, baseSha, headSha);
    if (tree === null) return null;
    const { committer } = await commitOf(repo, headSha);
    const sha = writeCommit(repo.store, {
      tree,
      parents: [baseSha, headSha],
      author: committer,
      committer,
      message: `Merge ${headSha} into ${baseSha}`,
    });
    await setRef(repo.store, `refs/pull/${issue.number}/merge`, sha);
    return sha;
  });
}

export interface Wording {
  readonly title: string | undefined;
  readonly message: string | undefined;
}

/** Makes the commits of a merge; null when they conflict. */
export async function mergeCommit(call: Call, repo: Repo, issue: PullIssue, method: string, wording: Wording): Promise<string | null> {
  const { baseSha, headSha, headRef, headRepo } = issue.pull;
  if (method === "rebase") return rebase(call, repo, issue);
  const tree = await mergeTrees(repo.store, baseSha, headSha);
  if (tree === null) return null;
  const squash = method === "squash";
  const title =
    wording.title ??
    (squash ? `${issue.title} (#${issue.number})` : `Merge pull request #${issue.number} from ${headRepo.owner.login}/${headRef}`);
  const message = wording.message ?? (squash ? "" : issue.title);
  const sha = writeCommit(repo.store, {
    tree,
    parents: squash ? [baseSha] : [baseSha, headSha],
    author: noreply(call.state, squash ? issue.user : actor(call)),
    committer: webFlow(call.state),
    message: message === "" ? title : `${title}\n\n${message}`,
  });
  repo.verified.add(sha);
  return sha;
}

/** Each commit again on top of the base. The base of each three-way merge is its parent, so two stand-ins with that parent are merged. */
async function rebase(call: Call, repo: Repo, issue: PullIssue): Promise<string | null> {
  let tip = issue.pull.baseSha;
  for (const sha of await commitsOf(repo, issue)) {
    const old = await commitOf(repo, sha);
    const [parent, ...more] = old.parents;
    if (parent === undefined || more.length > 0) return null;
    const stand = { author: old.author, committer: old.committer, message: "" };
    const root = writeCommit(repo.store, { ...stand, tree: (await commitOf(repo, parent)).tree, parents: [] });
    const ours = writeCommit(repo.store, { ...stand, tree: (await commitOf(repo, tip)).tree, parents: [root] });
    const theirs = writeCommit(repo.store, { ...stand, tree: old.tree, parents: [root] });
    const tree = await mergeTrees(repo.store, ours, theirs);
    if (tree === null) return null;
    tip = writeCommit(repo.store, { ...old, tree, parents: [tip], committer: noreply(call.state, actor(call)) });
  }
  return tip;
}

/** The issues that a text closes on reaching the default branch. */
export function closedBy(text: string, repo: Repo): number[] {
  const words = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+\/[\w.-]+))?#(\d+)\b/gi;
  return [...text.matchAll(words)]
    .filter(([, name]) => name === undefined || name.toLowerCase() === `${repo.owner.login}/${repo.name}`.toLowerCase())
    .map(([, , number]) => Number(number));
}
