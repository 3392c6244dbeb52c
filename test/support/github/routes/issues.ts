import { mayTriage } from "../access.ts";
import { type Answer, actor, type Call, nothing, ok, read, type RepoCall, type Route, textOf, textsOf, write } from "../call.ts";
import { paged } from "../paging.ts";
import { checkLength, invalid, refuse } from "../refusal.ts";
import { issueShape } from "../shapes/issue.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { userShape } from "../shapes/user.ts";
import { findIssue, findUser, isCollaborator, type Issue, newId, now, type Repo, same, type User } from "../state.ts";
import { closeIssue, record, reopenIssue } from "../writes.ts";
import { disabled, freshIssue, issueIn } from "./found.ts";
import { labelsFor, setLabels } from "./labels.ts";
import { reopenPull } from "./pulls.ts";

const whoOf = (call: Call) => ({ user: actor(call), app: call.token?.app ?? null });

type Filter = (issue: Issue) => boolean;

/** The conditions of a list; a state or direction GitHub does not know is 422 by its description. */
function filtersOf(call: RepoCall): Filter[] {
  const { query } = call;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter((name) => name !== "");
  const since = query.get("since");
  const assignee = query.get("assignee");
  const creator = query.get("creator");
  if (since !== null && Number.isNaN(Date.parse(since))) throw invalid({ resource: "Issue", field: "since", code: "invalid" });
  return [
    (issue) => issue.gone === null,
    (issue) => state === "all" || issue.state === state,
    (issue) => labels.every((name) => issue.labels.some((label) => same(label.name, name))),
    (issue) => since === null || Date.parse(issue.updatedAt) >= Date.parse(since),
    (issue) =>
      assignee === null ||
      (assignee === "*" ? issue.assignees.length > 0 : assignee === "none" ? issue.assignees.length === 0 : has(issue.assignees, assignee)),
    (issue) => creator === null || same(issue.user.login, creator),
  ];
}

const has = (users: readonly User[], login: string): boolean => users.some((user) => same(user.login, login));

function listIssues(call: RepoCall): Promise<Answer> {
  if (!call.repo.hasIssues) throw disabled();
  const sort = call.query.get("sort") ?? "created";
  const down = call.query.get("direction") !== "asc";
  const key = (issue: Issue): string | number =>
    sort === "comments" ? issue.comments.length : sort === "updated" ? issue.updatedAt : issue.createdAt;
  const filters = filtersOf(call);
  const found = call.repo.issues
    .filter((issue) => filters.every((filter) => filter(issue)))
    .toSorted((a, b) => (key(a) === key(b) ? a.number - b.number : key(a) < key(b) ? -1 : 1));
  return paged(call, down ? found.toReversed() : found, (issue) => issueShape(call.state, call.repo, issue));
}

/** People to assign; somebody who cannot be is 422. */
function assigneesFor(state: Call["state"], repo: Repo, logins: readonly string[]): User[] {
  return logins.slice(0, 10).map((login) => {
    const user = findUser(state, login);
    if (user === undefined || !isCollaborator(repo, user))
      throw invalid({ value: login, resource: "Issue", field: "assignees", code: "invalid" });
    return user;
  });
}

function loginsIn(call: RepoCall): string[] | undefined {
  const one = textOf(call.body, "assignee");
  return textsOf(call.body, "assignees") ?? (one === undefined ? undefined : [one]);
}

function checkTexts(call: RepoCall): void {
  const { title } = call.body;
  if (call.method === "POST" && (title === undefined || title === null || title === "")) {
    throw invalid({ resource: "Issue", field: "title", code: "missing_field" });
  }
  if (typeof title === "string" && title.trim() === "") throw invalid({ resource: "Issue", field: "title", code: "missing_field" });
  checkLength(title === undefined ? undefined : String(title), 256, "Issue", "title");
  checkLength(textOf(call.body, "body"), 65_536, "Issue", "body");
  if (call.body["milestone"] !== undefined && call.body["milestone"] !== null) {
    throw invalid({ value: call.body["milestone"], resource: "Issue", field: "milestone", code: "invalid" });
  }
}

function createIssue(call: RepoCall): Answer {
  const { state, repo, body, token } = call;
  if (!repo.hasIssues) throw disabled();
  checkTexts(call);
  const may = mayTriage(repo, token, false);
  const people = may ? assigneesFor(state, repo, loginsIn(call) ?? []) : [];
  const labels = may ? labelsFor(call, textsOf(body, "labels") ?? []) : [];
  const issue: Issue = { ...freshIssue(call, String(body["title"]), textOf(body, "body") ?? null), pull: null };
  repo.issues.push(issue);
  setLabels(call, issue, labels);
  assign(call, issue, people);
  return ok(issueShape(state, repo, issue), 201);
}

function assign(call: RepoCall, issue: Issue, people: readonly User[]): void {
  const { state } = call;
  const by = userShape(state, actor(call));
  for (const user of people.filter((user) => !issue.assignees.includes(user))) {
    record(state, issue, whoOf(call), "assigned", { assignee: userShape(state, user), assigner: by });
  }
  for (const user of issue.assignees.filter((user) => !people.includes(user))) {
    record(state, issue, whoOf(call), "unassigned", { assignee: userShape(state, user), assigner: by });
  }
  issue.assignees = [...new Set(people)];
}

function changeState(call: RepoCall, issue: Issue): void {
  const wanted = textOf(call.body, "state");
  if (wanted === undefined || wanted === issue.state) return;
  if (wanted === "open") {
    if (issue.pull === null) reopenIssue(call.state, issue, whoOf(call));
    else reopenPull(call, issue as PullIssue);
    return;
  }
  const reason = textOf(call.body, "state_reason");
  closeIssue(call.state, issue, whoOf(call), reason === "not_planned" || reason === "duplicate" ? reason : "completed");
}

function updateIssue(call: RepoCall): Answer {
  const { state, repo, body, token } = call;
  const issue = issueIn(call);
  const may = mayTriage(repo, token, issue.pull !== null);
  if (!may && token?.user.id !== issue.user.id) throw refuse(403, "Must have admin rights to Repository.");
  checkTexts(call);
  const logins = may ? loginsIn(call) : undefined;
  const people = logins === undefined ? undefined : assigneesFor(state, repo, logins);
  const names = may ? textsOf(body, "labels") : undefined;
  const labels = names === undefined ? undefined : labelsFor(call, names);
  changeState(call, issue);
  const title = body["title"];
  if (title !== undefined && title !== null && String(title) !== issue.title) {
    record(state, issue, whoOf(call), "renamed", { rename: { from: issue.title, to: String(title) } });
    issue.title = String(title);
  }
  if (body["body"] !== undefined) issue.body = textOf(body, "body") ?? null;
  if (labels !== undefined) setLabels(call, issue, labels);
  if (people !== undefined) assign(call, issue, people);
  issue.updatedAt = now(state);
  return ok(issueShape(state, repo, issue));
}

function lock(call: RepoCall, locked: boolean): Answer {
  const issue = issueIn(call);
  issue.locked = locked;
  issue.lockReason = locked ? (textOf(call.body, "lock_reason") ?? null) : null;
  record(call.state, issue, whoOf(call), locked ? "locked" : "unlocked", { lock_reason: issue.lockReason });
  return nothing;
}

function changeAssignees(call: RepoCall, add: boolean): Answer {
  const issue = issueIn(call);
  const logins = textsOf(call.body, "assignees") ?? [];
  // This endpoint drops people who cannot be assigned without a word.
  const people = logins.map((login) => findUser(call.state, login)).filter((user) => user !== undefined && isCollaborator(call.repo, user));
  const named = people.filter((user) => user !== undefined);
  assign(call, issue, add ? [...issue.assignees, ...named].slice(0, 10) : issue.assignees.filter((user) => !named.includes(user)));
  return ok(issueShape(call.state, call.repo, issue), add ? 201 : 200);
}

/** Moves an issue to another repository, as a person can in the browser; hands back its new number. */
export function transfer(state: Call["state"], from: Repo, number: number, to: Repo): number {
  const issue = findIssue(from, number);
  if (issue === undefined) throw new Error(`there is no issue ${number}`);
  const next = Math.max(0, ...to.issues.map((issue) => issue.number)) + 1;
  to.issues.push({
    ...issue,
    id: newId(state),
    number: next,
    labels: [],
    comments: [...issue.comments],
    events: [...issue.events],
    gone: null,
  });
  issue.gone = { repo: to, number: next };
  return next;
}

export const issueRoutes: readonly Route[] = [
  read("issue", "/issues", listIssues),
  write("POST", "issues", "/issues", createIssue, "participate"),
  read("issue", "/issues/{issue_number}", (call) => ok(issueShape(call.state, call.repo, issueIn(call)))),
  write("PATCH", "issue", "/issues/{issue_number}", updateIssue, "participate"),
  write("PUT", "issue", "/issues/{issue_number}/lock", (call) => lock(call, true)),
  write("DELETE", "issue", "/issues/{issue_number}/lock", (call) => lock(call, false)),
  write("POST", "issue", "/issues/{issue_number}/assignees", (call) => changeAssignees(call, true), "triage"),
  write("DELETE", "issue", "/issues/{issue_number}/assignees", (call) => changeAssignees(call, false), "triage"),
];
