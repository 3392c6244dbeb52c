import { type Answer, actor, nothing, ok, read, type RepoCall, type Route, textOf, textsOf, write } from "../call.ts";
import { paged } from "../paging.ts";
import { invalid, notFound, refuse } from "../refusal.ts";
import { labelShape } from "../shapes/repo.ts";
import { findLabel, type Issue, type Label, newId } from "../state.ts";
import { record } from "../writes.ts";
import { issueIn } from "./found.ts";

interface Wanted {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  readonly description?: string | undefined;
}

/** Throws what GitHub says about a bad name, colour or description, or about a name taken in any case. */
function checkLabel(call: RepoCall, wanted: Wanted, self: Label | null): void {
  const flaw = (field: string, code: string, message?: string) =>
    invalid({ resource: "Label", field, code, ...(message === undefined ? {} : { message }) });
  const { name, color, description } = wanted;
  if (name !== undefined) {
    if (name.trim() === "") throw flaw("name", "missing_field");
    if ([...name].length > 50) throw flaw("name", "custom", "name is too long (maximum is 50 characters)");
    const twin = findLabel(call.repo, name);
    if (twin !== undefined && twin !== self) throw flaw("name", "already_exists");
  }
  if (color !== undefined && !/^[0-9a-f]{6}$/i.test(color)) throw flaw("color", "invalid");
  if (description !== undefined && [...description].length > 100) {
    throw flaw("description", "custom", "description is too long (maximum is 100 characters)");
  }
}

const wantedOf = (call: RepoCall): Wanted => ({
  name: textOf(call.body, "new_name") ?? (call.method === "POST" ? textOf(call.body, "name") : undefined),
  color: textOf(call.body, "color"),
  description: textOf(call.body, "description"),
});

function createLabel(call: RepoCall): Answer {
  const wanted = wantedOf(call);
  checkLabel(call, wanted, null);
  const label = {
    id: newId(call.state),
    name: wanted.name ?? "",
    color: wanted.color ?? "ededed",
    description: wanted.description ?? null,
  };
  call.repo.labels.push(label);
  return ok(labelShape(call.state, call.repo, label), 201);
}

function labelIn(call: RepoCall): Label {
  const label = findLabel(call.repo, call.params["name"] ?? "");
  if (label === undefined) throw notFound();
  return label;
}

function updateLabel(call: RepoCall): Answer {
  const label = labelIn(call);
  const wanted = wantedOf(call);
  checkLabel(call, wanted, label);
  label.name = wanted.name ?? label.name;
  label.color = wanted.color ?? label.color;
  label.description = wanted.description ?? label.description;
  return ok(labelShape(call.state, call.repo, label));
}

function deleteLabel(call: RepoCall): Answer {
  const label = labelIn(call);
  call.repo.labels.splice(call.repo.labels.indexOf(label), 1);
  for (const issue of call.repo.issues) issue.labels = issue.labels.filter((one) => one !== label);
  return nothing;
}

/** The labels of these names; those the repository does not know are made, as GitHub does. */
export function labelsFor(call: RepoCall, names: readonly string[]): Label[] {
  return names.map((name) => {
    const known = findLabel(call.repo, name);
    if (known !== undefined) return known;
    checkLabel(call, { name }, null);
    const label: Label = { id: newId(call.state), name, color: "ededed", description: null };
    call.repo.labels.push(label);
    return label;
  });
}

/** Gives an issue exactly these labels, with the events of what changed. */
export function setLabels(call: RepoCall, issue: Issue, labels: readonly Label[]): void {
  const who = { user: actor(call), app: call.token?.app ?? null };
  const named = (label: Label) => ({ label: { name: label.name, color: label.color } });
  for (const label of issue.labels.filter((label) => !labels.includes(label))) record(call.state, issue, who, "unlabeled", named(label));
  for (const label of labels.filter((label) => !issue.labels.includes(label))) record(call.state, issue, who, "labeled", named(label));
  issue.labels = [...new Set(labels)];
}

const listOf = (call: RepoCall, issue: Issue): Answer => ok(issue.labels.map((label) => labelShape(call.state, call.repo, label)));

/** The names of a request: `{ labels: [...] }`, or the bare array some clients send. */
function namesIn(call: RepoCall): string[] {
  return textsOf(call.body, "labels") ?? textsOf(call.body, "$array") ?? [];
}

function removeLabel(call: RepoCall): Answer {
  const issue = issueIn(call);
  const label = findLabel(call.repo, call.params["name"] ?? "");
  if (label === undefined || !issue.labels.includes(label)) throw refuse(404, "Label does not exist");
  setLabels(
    call,
    issue,
    issue.labels.filter((one) => one !== label),
  );
  return listOf(call, issue);
}

function relabel(call: RepoCall, pick: (issue: Issue) => Label[]): Answer {
  const issue = issueIn(call);
  const labels = pick(issue);
  if (labels.length > 100) throw invalid({ resource: "Issue", field: "labels", code: "invalid" });
  setLabels(call, issue, labels);
  return listOf(call, issue);
}

export const labelRoutes: readonly Route[] = [
  read("issues", "/labels", (call) => paged(call, call.repo.labels, (label) => labelShape(call.state, call.repo, label))),
  write("POST", "issues", "/labels", createLabel, "triage"),
  read("issues", "/labels/{name}", (call) => ok(labelShape(call.state, call.repo, labelIn(call)))),
  write("PATCH", "issues", "/labels/{name}", updateLabel, "triage"),
  write("DELETE", "issues", "/labels/{name}", deleteLabel, "triage"),
  read("issue", "/issues/{issue_number}/labels", (call) =>
    paged(call, issueIn(call).labels, (label) => labelShape(call.state, call.repo, label)),
  ),
  write(
    "POST",
    "issue",
    "/issues/{issue_number}/labels",
    (call) => relabel(call, (issue) => [...issue.labels, ...labelsFor(call, namesIn(call))]),
    "triage",
  ),
  write("PUT", "issue", "/issues/{issue_number}/labels", (call) => relabel(call, () => labelsFor(call, namesIn(call))), "triage"),
  write("DELETE", "issue", "/issues/{issue_number}/labels/{name}", removeLabel, "triage"),
];
