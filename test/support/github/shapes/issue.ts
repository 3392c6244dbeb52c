import { type Comment, findRepo, fullName, type Issue, type IssueEvent, type Repo, type State } from "../state.ts";
import { apiOf, labelShape, webOf } from "./repo.ts";
import { appShape, associationOf, node, userOrNull, userShape } from "./user.ts";

/** The page of an issue or of a pull request. */
export const pageOf = (state: State, repo: Repo, issue: Issue): string =>
  `${webOf(state, repo)}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`;

const reactions = (url: string) => ({
  url: `${url}/reactions`,
  total_count: 0,
  "+1": 0,
  "-1": 0,
  laugh: 0,
  hooray: 0,
  confused: 0,
  heart: 0,
  rocket: 0,
  eyes: 0,
});

/** `issue`; a pull request has the key `pull_request`. */
export function issueShape(state: State, repo: Repo, issue: Issue) {
  const url = `${apiOf(state, repo)}/issues/${issue.number}`;
  const page = pageOf(state, repo, issue);
  const pull = issue.pull;
  return {
    url,
    repository_url: apiOf(state, repo),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id: issue.id,
    node_id: node("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    user: userShape(state, issue.user),
    labels: issue.labels.map((label) => labelShape(state, repo, label)),
    state: issue.state,
    locked: issue.locked,
    assignee: userOrNull(state, issue.assignees[0]),
    assignees: issue.assignees.map((user) => userShape(state, user)),
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: associationOf(repo, issue.user),
    active_lock_reason: issue.lockReason,
    ...(pull === null
      ? {}
      : {
          draft: pull.draft,
          pull_request: {
            url: `${apiOf(state, repo)}/pulls/${issue.number}`,
            html_url: page,
            diff_url: `${page}.diff`,
            patch_url: `${page}.patch`,
            merged_at: pull.merge?.at ?? null,
          },
        }),
    body: issue.body,
    closed_by: userOrNull(state, issue.closedBy),
    reactions: reactions(url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: appShape(state, issue.app),
    state_reason: issue.stateReason,
  };
}

/** `issue-comment`. */
export function commentShape(state: State, repo: Repo, comment: Comment) {
  const url = `${apiOf(state, repo)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${pageOf(state, repo, comment.issue)}#issuecomment-${comment.id}`,
    issue_url: `${apiOf(state, repo)}/issues/${comment.issue.number}`,
    id: comment.id,
    node_id: node("IssueComment", comment.id),
    user: userShape(state, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    body: comment.body,
    author_association: associationOf(repo, comment.user),
    reactions: reactions(url),
    performed_via_github_app: appShape(state, comment.app),
  };
}

/** An event of an issue, as both the events and the timeline list it. */
export function eventShape(state: State, repo: Repo, event: IssueEvent) {
  const url = apiOf(state, repo);
  return {
    id: event.id,
    node_id: node("IssueEvent", event.id),
    url: `${url}/issues/events/${event.id}`,
    actor: userShape(state, event.actor),
    event: event.event,
    commit_id: event.commit,
    commit_url: event.commit === null ? null : `${url}/commits/${event.commit}`,
    created_at: event.at,
    performed_via_github_app: appShape(state, event.app),
    ...event.more,
  };
}

/** A comment inside a timeline. */
export function timelineComment(state: State, repo: Repo, comment: Comment) {
  return { event: "commented", ...commentShape(state, repo, comment), actor: userShape(state, comment.user) };
}

/** Where a transferred issue is now. */
export function movedTo(state: State, issue: Issue): string | null {
  const gone = issue.gone;
  if (gone === null || gone === "deleted") return null;
  return findRepo(state, fullName(gone.repo)) === undefined ? null : `${apiOf(state, gone.repo)}/issues/${gone.number}`;
}
