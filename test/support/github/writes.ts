import { type Call, actor } from "./call.ts";
import { commitsBetween } from "./git/diff.ts";
import { type Commit, type Person, writeCommit } from "./git/objects.ts";
import { isAncestor, readBranch, setRef } from "./git/refs.ts";
import { refuse } from "./refusal.ts";
import { emailOf } from "./shapes/commit.ts";
import { newId, now, type Issue, type Repo, type State, type Token, type User } from "./state.ts";

export const noreply = (state: State, user: User): Person => ({ name: user.login, email: emailOf(user), date: now(state) });
/** The committer of everything made in the browser or signed by GitHub. */
export const webFlow = (state: State): Person => ({ name: "GitHub", email: "noreply@github.com", date: now(state) });

/** A commit by a request: signed by GitHub only for an app that names neither author nor committer. */
export function commitAs(
  call: Call,
  repo: Repo,
  commit: Pick<Commit, "tree" | "parents" | "message">,
  custom: { author: Person | null; committer: Person | null },
): string {
  const { state } = call;
  const signed = call.token?.app !== undefined && call.token.app !== null && custom.author === null && custom.committer === null;
  const author = custom.author ?? custom.committer ?? noreply(state, actor(call));
  const committer = signed ? webFlow(state) : (custom.committer ?? author);
  const sha = writeCommit(repo.store, { ...commit, author, committer });
  if (signed) repo.verified.add(sha);
  return sha;
}

/** Why a protected branch refuses a direct change, or null. */
export function protectionReason(repo: Repo, branch: string): string | null {
  const rule = repo.protection.get(branch);
  if (rule === undefined) return null;
  if (rule.pullRequest !== false) return "Changes must be made through a pull request.";
  const [first, ...more] = rule.checks ?? [];
  if (first === undefined) return null;
  return more.length === 0
    ? `Required status check "${first}" is expected.`
    : `${more.length + 1} of ${more.length + 1} required status checks are expected.`;
}

/** Moves a branch for the contents API and the like; 409 when git says that somebody was faster. */
export async function moveBranch(call: Call, repo: Repo, branch: string, sha: string, old: string | null): Promise<void> {
  if (!(await setRef(repo.store, `refs/heads/${branch}`, sha, old ?? "0".repeat(40)))) {
    throw refuse(409, `is at ${readBranch(repo.store, branch) ?? "nothing"} but expected ${old ?? "nothing"}`);
  }
  repo.pushedAt = now(call.state);
}

/** Writes an event into the history of an issue. */
export function record(
  state: State,
  issue: Issue,
  who: { user: User; app?: Token["app"] },
  event: string,
  more: Record<string, unknown> = {},
  commit: string | null = null,
): void {
  issue.events.push({ id: newId(state), event, actor: who.user, app: who.app ?? null, at: now(state), commit, more });
  issue.updatedAt = now(state);
}

/** Closes an issue or a pull request, with its reason. */
export function closeIssue(
  state: State,
  issue: Issue,
  who: { user: User; app?: Token["app"] },
  reason: Issue["stateReason"] = "completed",
  commit: string | null = null,
): void {
  issue.state = "closed";
  issue.stateReason = issue.pull === null ? reason : null;
  issue.closedAt = now(state);
  issue.closedBy = who.user;
  record(state, issue, who, "closed", { state_reason: issue.stateReason }, commit);
}

/** Opens an issue or a pull request again. */
export function reopenIssue(state: State, issue: Issue, who: { user: User; app?: Token["app"] }): void {
  issue.state = "open";
  issue.stateReason = issue.pull === null ? "reopened" : null;
  issue.closedAt = null;
  issue.closedBy = null;
  record(state, issue, who, "reopened", { state_reason: issue.stateReason });
}

/** Brings open pull requests up to date with the branches of git: new heads, branches gone, heads merged by a push. */
export async function syncPulls(state: State, repo: Repo): Promise<void> {
  for (const issue of repo.issues) {
    const pull = issue.pull;
    if (pull === null || issue.state === "closed") continue;
    const base = readBranch(repo.store, pull.baseRef);
    const head = readBranch(pull.headRepo.store, pull.headRef);
    if (base === null || head === null) {
      closeIssue(state, issue, { user: issue.user });
      continue;
    }
    if (head === pull.headSha && base === pull.baseSha) continue;
    const merged =
      head === pull.headSha
        ? (await commitsBetween(repo.store, pull.baseSha, base)).includes(head)
        : await isAncestor(repo.store, head, base);
    if (head !== pull.headSha) {
      issue.updatedAt = now(state);
      await setRef(repo.store, `refs/pull/${issue.number}/head`, head);
    }
    pull.headSha = head;
    pull.baseSha = base;
    if (!merged) continue;
    pull.merge = { sha: base, at: now(state), by: issue.user };
    record(state, issue, { user: issue.user }, "merged", {}, base);
    closeIssue(state, issue, { user: issue.user }, null, base);
  }
}
