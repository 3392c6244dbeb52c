import { mayTriage } from "../access.ts";
import { type Answer, actor, nothing, ok, read, type RepoCall, type Route, textOf, write } from "../call.ts";
import { paged } from "../paging.ts";
import { invalid, notFound, refuse } from "../refusal.ts";
import { commentShape, eventShape, timelineComment } from "../shapes/issue.ts";
import { atLeast, type Comment, newId, now, roleOf } from "../state.ts";
import { issueIn } from "./found.ts";

/** The text of a comment; GitHub words its limit differently from that of an issue. */
function bodyIn(call: RepoCall): string {
  const body = textOf(call.body, "body") ?? "";
  if (body.trim() === "") throw invalid({ resource: "IssueComment", field: "body", code: "missing_field" });
  if ([...body].length > 65_536) {
    throw invalid({
      resource: "IssueComment",
      field: "data",
      code: "unprocessable",
      message: "Body is too long (maximum is 65536 characters)",
    });
  }
  return body;
}

function createComment(call: RepoCall): Answer {
  const issue = issueIn(call);
  const { state, repo, token } = call;
  const insider = token?.app ? true : atLeast(roleOf(repo, actor(call)), "write");
  if (issue.locked && !insider) throw refuse(403, "Unable to create comment because issue is locked.");
  const at = now(state);
  const comment: Comment = {
    id: newId(state),
    issue,
    user: actor(call),
    app: token?.app ?? null,
    body: bodyIn(call),
    createdAt: at,
    updatedAt: at,
  };
  issue.comments.push(comment);
  issue.updatedAt = at;
  return ok(commentShape(state, repo, comment), 201);
}

function commentIn(call: RepoCall): Comment {
  const id = Number(call.params["comment_id"]);
  const comment = allComments(call).find((comment) => comment.id === id);
  if (comment === undefined) throw notFound();
  return comment;
}

const allComments = (call: RepoCall): Comment[] =>
  call.repo.issues.filter((issue) => issue.gone === null).flatMap((issue) => issue.comments);

/** The comment of a path, when the request may change it: its author, or somebody who may triage. */
function ownComment(call: RepoCall): Comment {
  const comment = commentIn(call);
  const own = comment.user.id === actor(call).id;
  if (!own && !mayTriage(call.repo, call.token, comment.issue.pull !== null)) throw refuse(403, "Must have admin rights to Repository.");
  return comment;
}

function updateComment(call: RepoCall): Answer {
  const comment = ownComment(call);
  comment.body = bodyIn(call);
  comment.updatedAt = now(call.state);
  comment.issue.updatedAt = comment.updatedAt;
  return ok(commentShape(call.state, call.repo, comment));
}

function deleteComment(call: RepoCall): Answer {
  const { issue, id } = ownComment(call);
  issue.comments.splice(
    issue.comments.findIndex((comment) => comment.id === id),
    1,
  );
  return nothing;
}

function listed(call: RepoCall, comments: readonly Comment[]): Promise<Answer> {
  const since = call.query.get("since");
  const kept = comments.filter((comment) => since === null || Date.parse(comment.updatedAt) >= Date.parse(since));
  const sort = call.query.get("sort");
  const sorted = sort === "updated" ? kept.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1)) : kept;
  const down = sort !== null && call.query.get("direction") !== "asc";
  return paged(call, down ? sorted.toReversed() : sorted, (comment) => commentShape(call.state, call.repo, comment));
}

/** Events and comments of an issue, in the order they came. */
function timeline(call: RepoCall): Promise<Answer> {
  const issue = issueIn(call);
  const { state, repo } = call;
  const events = issue.events.map((event) => ({ at: event.at, id: event.id, shape: () => eventShape(state, repo, event) as object }));
  const comments = issue.comments.map((one) => ({
    at: one.createdAt,
    id: one.id,
    shape: () => timelineComment(state, repo, one) as object,
  }));
  const all = [...events, ...comments].toSorted((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1));
  return paged(call, all, (one) => one.shape());
}

export const commentRoutes: readonly Route[] = [
  read("issue", "/issues/comments", (call) =>
    listed(
      call,
      allComments(call).toSorted((a, b) => a.id - b.id),
    ),
  ),
  read("issue", "/issues/comments/{comment_id}", (call) => ok(commentShape(call.state, call.repo, commentIn(call)))),
  write("PATCH", "issue", "/issues/comments/{comment_id}", updateComment, "participate"),
  write("DELETE", "issue", "/issues/comments/{comment_id}", deleteComment, "participate"),
  read("issue", "/issues/{issue_number}/comments", (call) => listed(call, issueIn(call).comments)),
  write("POST", "issue", "/issues/{issue_number}/comments", createComment, "participate"),
  read("issue", "/issues/{issue_number}/events", (call) =>
    paged(call, issueIn(call).events, (event) => eventShape(call.state, call.repo, event)),
  ),
  read("issue", "/issues/{issue_number}/timeline", timeline),
];
