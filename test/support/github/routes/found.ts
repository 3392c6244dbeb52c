import { actor, type RepoCall } from "../call.ts";
import { notFound, Refusal, refuse } from "../refusal.ts";
import { movedTo } from "../shapes/issue.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { findIssue, type Issue, newId, now } from "../state.ts";

/** The issue (or pull request) of a path; 410 when deleted, 301 when transferred, 404 when there never was one. */
export function issueIn(call: RepoCall): Issue {
  const issue = findIssue(call.repo, Number(call.params["issue_number"]));
  if (issue === undefined) throw notFound();
  if (issue.gone === "deleted") throw refuse(410, "This issue was deleted");
  const url = movedTo(call.state, issue);
  if (url !== null) throw new Refusal(301, "Moved Permanently", { url }, { location: url });
  if (!call.repo.hasIssues && issue.pull === null) throw disabled();
  return issue;
}

/** What every route says where issues are switched off. */
export const disabled = (): Refusal => refuse(410, "Issues has been disabled in this repository.");
/** The pull request of a path, or 404. */
export function pullIn(call: RepoCall): PullIssue {
  const issue = findIssue(call.repo, Number(call.params["pull_number"]));
  if (issue === undefined || issue.pull === null) throw notFound();
  return issue as PullIssue;
}

/** What a new issue and a new pull request have in common. */
export function freshIssue(call: RepoCall, title: string, body: string | null) {
  const at = now(call.state);
  return {
    id: newId(call.state),
    number: Math.max(0, ...call.repo.issues.map((issue) => issue.number)) + 1,
    title,
    body,
    user: actor(call),
    app: call.token?.app ?? null,
    labels: [],
    assignees: [],
    state: "open" as const,
    stateReason: null,
    closedBy: null,
    closedAt: null,
    createdAt: at,
    updatedAt: at,
    locked: false,
    lockReason: null,
    comments: [],
    events: [],
    gone: null,
  };
}
