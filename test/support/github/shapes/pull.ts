import { fullName, type Issue, type Pull, type Repo, type Review, type State } from "../state.ts";
import { issueShape, pageOf } from "./issue.ts";
import { apiOf, repoShape } from "./repo.ts";
import { associationOf, node, userOrNull, userShape } from "./user.ts";

/** An issue known to be a pull request. */
export type PullIssue = Issue & { readonly pull: Pull };

const side = (state: State, repo: Repo, ref: string, sha: string) => ({
  label: `${repo.owner.login}:${ref}`,
  ref,
  sha,
  user: userShape(state, repo.owner),
  repo: repoShape(state, repo),
});

/** The addresses of a pull request's parts. */
function linksOf(state: State, repo: Repo, issue: PullIssue) {
  const api = apiOf(state, repo);
  const url = `${api}/pulls/${issue.number}`;
  const inner = `${api}/issues/${issue.number}`;
  return {
    self: url,
    html: pageOf(state, repo, issue),
    issue: inner,
    comments: `${inner}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${issue.pull.headSha}`,
  };
}

/** `pull-request-simple`, as lists show it. */
export function pullShape(state: State, repo: Repo, issue: PullIssue) {
  const { pull } = issue;
  const inner = issueShape(state, repo, issue);
  const url = `${apiOf(state, repo)}/pulls/${issue.number}`;
  const page = pageOf(state, repo, issue);
  const links = linksOf(state, repo, issue);
  return {
    url,
    id: issue.id,
    node_id: node("PullRequest", issue.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: inner.url,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    title: issue.title,
    user: inner.user,
    body: issue.body,
    // A list says the description of a label is a text, a single pull request says it may be null.
    labels: inner.labels.map((label) => ({ ...label, description: label.description ?? "" })),
    milestone: null,
    active_lock_reason: issue.lockReason,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.merge?.at ?? null,
    merge_commit_sha: pull.merge?.sha ?? null,
    assignee: inner.assignee,
    assignees: inner.assignees,
    requested_reviewers: pull.reviewers.map((user) => userShape(state, user)),
    requested_teams: [],
    head: side(state, pull.headRepo, pull.headRef, pull.headSha),
    base: side(state, repo, pull.baseRef, pull.baseSha),
    _links: Object.fromEntries(Object.entries(links).map(([key, href]) => [key, { href }])),
    author_association: associationOf(repo, issue.user),
    auto_merge: null,
    draft: pull.draft,
  };
}

export interface Mergeability {
  /** Null: GitHub has not computed it yet, as after each change. */
  readonly mergeable: boolean | null;
  readonly state: string;
  /** The commit of the trial merge. */
  readonly sha: string | null;
}

export interface Size {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly files: number;
}

/** `pull-request`, as one alone is shown. */
export function fullPullShape(state: State, repo: Repo, issue: PullIssue, size: Size, merging: Mergeability) {
  return {
    ...pullShape(state, repo, issue),
    merge_commit_sha: issue.pull.merge?.sha ?? merging.sha,
    merged: issue.pull.merge !== null,
    mergeable: merging.mergeable,
    rebaseable: merging.mergeable,
    mergeable_state: merging.state,
    merged_by: userOrNull(state, issue.pull.merge?.by),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: size.commits,
    additions: size.additions,
    deletions: size.deletions,
    changed_files: size.files,
  };
}

/** `pull-request-review`. */
export function reviewShape(state: State, repo: Repo, issue: PullIssue, review: Review) {
  const html = `${pageOf(state, repo, issue)}#pullrequestreview-${review.id}`;
  const pull = `${apiOf(state, repo)}/pulls/${issue.number}`;
  return {
    id: review.id,
    node_id: node("PullRequestReview", review.id),
    user: userShape(state, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pull,
    author_association: associationOf(repo, review.user),
    _links: { html: { href: html }, pull_request: { href: pull } },
    submitted_at: review.at,
    commit_id: review.commit,
  };
}

/** `pull-request-minimal`, as check runs name pull requests. */
export function minimalPullShape(state: State, repo: Repo, issue: PullIssue) {
  const { pull } = issue;
  const small = (repo: Repo) => ({ id: repo.id, url: apiOf(state, repo), name: fullName(repo).split("/")[1] ?? "" });
  return {
    id: issue.id,
    number: issue.number,
    url: `${apiOf(state, repo)}/pulls/${issue.number}`,
    head: { ref: pull.headRef, sha: pull.headSha, repo: small(pull.headRepo) },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo: small(repo) },
  };
}
