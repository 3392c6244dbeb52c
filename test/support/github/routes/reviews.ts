import { type Answer, actor, ok, read, type RepoCall, type Route, textOf, textsOf, write } from "../call.ts";
import { readBranch, setRef } from "../git/refs.ts";
import { blockedBy, closedBy, mergeCommit } from "../merging.ts";
import { paged } from "../paging.ts";
import { refuse } from "../refusal.ts";
import { pullShape, type PullIssue, reviewShape } from "../shapes/pull.ts";
import { userShape } from "../shapes/user.ts";
import { findIssue, findUser, fullName, isCollaborator, newId, now, type Review } from "../state.ts";
import { closeIssue, record } from "../writes.ts";
import { pullIn } from "./found.ts";

function requestReviewers(call: RepoCall): Answer {
  const { state, repo } = call;
  const issue = pullIn(call);
  const strangers = (textsOf(call.body, "team_reviewers") ?? []).length > 0;
  const users = (textsOf(call.body, "reviewers") ?? []).map((login) => findUser(state, login));
  if (users.some((user) => user?.id === issue.user.id)) throw refuse(422, "Review cannot be requested from pull request author.");
  if (strangers || users.some((user) => user === undefined || !isCollaborator(repo, user))) {
    const whose = `is not a collaborator of the ${fullName(repo)} repository.`;
    throw refuse(422, `Reviews may only be requested from collaborators. One or more of the users or teams you specified ${whose}`);
  }
  for (const user of users.filter((user) => user !== undefined)) {
    if (issue.pull.reviewers.includes(user)) continue;
    issue.pull.reviewers.push(user);
    const more = { review_requester: userShape(state, actor(call)), requested_reviewer: userShape(state, user) };
    record(state, issue, { user: actor(call), app: call.token?.app ?? null }, "review_requested", more);
  }
  return ok(pullShape(state, repo, issue), 201);
}

function removeReviewers(call: RepoCall): Answer {
  const issue = pullIn(call);
  const gone = (textsOf(call.body, "reviewers") ?? []).map((login) => login.toLowerCase());
  issue.pull.reviewers = issue.pull.reviewers.filter((user) => !gone.includes(user.login.toLowerCase()));
  return ok(pullShape(call.state, call.repo, issue));
}

const outcomes = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

function createReview(call: RepoCall): Answer {
  const { state, repo, body, token } = call;
  const issue = pullIn(call);
  const event = textOf(body, "event") ?? "COMMENT";
  const outcome = outcomes[event as keyof typeof outcomes];
  if (event === "APPROVE" && token?.kind === "actions" && !repo.actionsMayCreatePulls) {
    throw refuse(403, "GitHub Actions is not permitted to create or approve pull requests.");
  }
  if (event !== "COMMENT" && issue.user.id === actor(call).id) {
    throw refuse(422, `Can not ${event === "APPROVE" ? "approve" : "request changes on"} your own pull request`);
  }
  const text = textOf(body, "body") ?? "";
  if (event !== "APPROVE" && text === "") throw refuse(422, "Unprocessable Entity");
  const review: Review = { id: newId(state), user: actor(call), state: outcome, body: text, commit: issue.pull.headSha, at: now(state) };
  issue.pull.reviews.push(review);
  issue.pull.reviewers = issue.pull.reviewers.filter((user) => user.id !== review.user.id);
  issue.updatedAt = now(state);
  return ok(reviewShape(state, repo, issue, review));
}

/** Throws why a pull request cannot be merged now. */
async function checkMerge(call: RepoCall, issue: PullIssue, method: string): Promise<void> {
  if (issue.pull.merge !== null || issue.state === "closed") throw refuse(405, "Pull Request is not mergeable");
  if (issue.pull.draft) throw refuse(405, "Pull Request is still a draft");
  const sha = textOf(call.body, "sha");
  if (sha !== undefined && sha !== issue.pull.headSha) throw refuse(409, "Head branch was modified. Review and try the merge again.");
  const name = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" }[method] ?? method;
  if (!call.repo.mergeMethods.some((known) => known === method)) throw refuse(405, `${name} are not allowed on this repository.`);
  const reason = await blockedBy(call.repo, issue);
  if (reason !== null) throw refuse(405, reason);
}

async function merge(call: RepoCall): Promise<Answer> {
  const { state, repo, body } = call;
  const issue = pullIn(call);
  const { pull } = issue;
  const method = textOf(body, "merge_method") ?? "merge";
  await checkMerge(call, issue, method);
  const wording = { title: textOf(body, "commit_title"), message: textOf(body, "commit_message") };
  const sha = await mergeCommit(call, repo, issue, method, wording);
  if (sha === null) throw refuse(405, "Pull Request is not mergeable");
  if (!(await setRef(repo.store, `refs/heads/${pull.baseRef}`, sha, pull.baseSha))) {
    throw refuse(405, "Base branch was modified. Review and try the merge again.");
  }
  const who = { user: actor(call), app: call.token?.app ?? null };
  pull.merge = { sha, at: now(state), by: who.user };
  repo.pushedAt = now(state);
  record(state, issue, who, "merged", {}, sha);
  closeIssue(state, issue, who, null, sha);
  if (pull.baseRef === repo.defaultBranch) {
    const text = [issue.body ?? "", issue.title, wording.title ?? "", wording.message ?? ""].join("\n");
    for (const number of closedBy(text, repo)) {
      const other = findIssue(repo, number);
      if (other?.pull === null && other.state === "open") closeIssue(state, other, who, "completed", sha);
    }
  }
  if (repo.deleteBranchOnMerge && readBranch(pull.headRepo.store, pull.headRef) !== null) {
    await setRef(pull.headRepo.store, `refs/heads/${pull.headRef}`, null);
  }
  return ok({ sha, merged: true, message: "Pull Request successfully merged" });
}

export const reviewRoutes: readonly Route[] = [
  read("pull_requests", "/pulls/{pull_number}/requested_reviewers", (call) => {
    const { state } = call;
    return ok({ users: pullIn(call).pull.reviewers.map((user) => userShape(state, user)), teams: [] });
  }),
  write("POST", "pull_requests", "/pulls/{pull_number}/requested_reviewers", requestReviewers),
  write("DELETE", "pull_requests", "/pulls/{pull_number}/requested_reviewers", removeReviewers),
  read("pull_requests", "/pulls/{pull_number}/reviews", (call) => {
    const issue = pullIn(call);
    return paged(call, issue.pull.reviews, (review) => reviewShape(call.state, call.repo, issue, review));
  }),
  write("POST", "pull_requests", "/pulls/{pull_number}/reviews", createReview, "participate"),
  read("pull_requests", "/pulls/{pull_number}/merge", (call) => {
    if (pullIn(call).pull.merge === null) throw refuse(404, "Not Found");
    return { status: 204 };
  }),
  write("PUT", "contents", "/pulls/{pull_number}/merge", merge),
];
