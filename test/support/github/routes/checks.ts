import { type Answer, actor, isFields, ok, read, type RepoCall, type Route, textOf, write } from "../call.ts";
import { readObject } from "../git/objects.ts";
import { resolveCommit } from "../git/refs.ts";
import { linksOf, onPage, paged } from "../paging.ts";
import { invalid, notFound, refuse } from "../refusal.ts";
import { checkShape, simpleStatusShape, statusShape } from "../shapes/check.ts";
import { apiOf, minimalRepoShape, webOf } from "../shapes/repo.ts";
import { type Annotation, type App, type CheckRun, newId, now, type Status } from "../state.ts";

/** Only apps write check runs; a person's token cannot. */
function appOf(call: RepoCall): App {
  const app = call.token?.app ?? null;
  if (app === null) throw refuse(403, "You must authenticate via a GitHub App.");
  return app;
}

/** The limits of the output that count characters or items. */
function checkOutput(call: RepoCall): void {
  const output = call.body["output"];
  if (!isFields(output)) return;
  for (const field of ["summary", "text"]) {
    const length = Buffer.byteLength(textOf(output, field) ?? "");
    if (length > 65_535) throw refuse(422, `Invalid request.\n\nOnly 65535 characters are allowed; ${length} were supplied.`);
  }
  const annotations = output["annotations"];
  if (Array.isArray(annotations) && annotations.length > 50) {
    throw refuse(422, `Invalid request.\n\nNo more than 50 items are allowed; ${annotations.length} were supplied.`);
  }
  for (const one of Array.isArray(annotations) ? (annotations as Annotation[]) : []) checkAnnotation(one);
}

/** What the documentation says of an annotation beyond its shape. */
function checkAnnotation({ path, start_line, end_line, start_column, end_column, message, title = "" }: Annotation): void {
  const wrong =
    path === "" || path.startsWith("/")
      ? "path is not the path of a file"
      : start_line < 1 || end_line < start_line
        ? "start_line must be before end_line"
        : (start_column ?? end_column) !== undefined && start_line !== end_line
          ? "start_column and end_column are for annotations of one line"
          : message === "" || Buffer.byteLength(message) > 65_536
            ? "message must be between 1 and 64 KB"
            : title.length > 255
              ? "title is too long (maximum is 255 characters)"
              : null;
  if (wrong !== null) throw refuse(422, `Invalid request.\n\n${wrong}`);
}

/** Lays what a request says over a run; annotations are added to those there are. */
function apply(call: RepoCall, run: CheckRun): void {
  const { body } = call;
  run.name = textOf(body, "name") ?? run.name;
  run.status = textOf(body, "status") ?? run.status;
  run.detailsUrl = textOf(body, "details_url") ?? run.detailsUrl;
  run.externalId = textOf(body, "external_id") ?? run.externalId;
  run.startedAt = textOf(body, "started_at") ?? run.startedAt;
  const conclusion = textOf(body, "conclusion");
  if (conclusion !== undefined) {
    run.conclusion = conclusion;
    run.status = "completed";
    run.completedAt = textOf(body, "completed_at") ?? now(call.state);
  }
  if (run.status !== "completed") run.conclusion = null;
  const output = body["output"];
  if (!isFields(output)) return;
  const { title, summary, text } = run.output;
  run.output = {
    title: textOf(output, "title") ?? title,
    summary: textOf(output, "summary") ?? summary,
    text: textOf(output, "text") ?? text,
  };
  const annotations = output["annotations"];
  if (Array.isArray(annotations)) run.annotations.push(...(annotations as Annotation[]));
}

async function createRun(call: RepoCall): Promise<Answer> {
  const app = appOf(call);
  if (textOf(call.body, "name")?.trim() === "") throw invalid({ resource: "CheckRun", field: "name", code: "missing_field" });
  const sha = textOf(call.body, "head_sha") ?? "";
  if ((await readObject(call.repo.store, sha))?.kind !== "commit") throw refuse(422, `No commit found for SHA: ${sha}`);
  checkOutput(call);
  if (call.body["status"] === "completed" && call.body["conclusion"] === undefined) {
    throw invalid({ resource: "CheckRun", field: "conclusion", code: "missing_field" });
  }
  const run: CheckRun = {
    id: newId(call.state),
    app,
    name: "",
    headSha: sha,
    status: "queued",
    conclusion: null,
    startedAt: now(call.state),
    completedAt: null,
    detailsUrl: null,
    externalId: "",
    output: { title: null, summary: null, text: null },
    annotations: [],
  };
  apply(call, run);
  call.repo.checkRuns.push(run);
  return ok(checkShape(call.state, call.repo, run), 201);
}

function runIn(call: RepoCall): CheckRun {
  const run = call.repo.checkRuns.find((run) => run.id === Number(call.params["check_run_id"]));
  if (run === undefined) throw notFound();
  return run;
}

function updateRun(call: RepoCall): Answer {
  const app = appOf(call);
  const run = runIn(call);
  if (run.app.id !== app.id)
    throw refuse(403, "Invalid app_id `" + String(app.id) + "` - check run can only be modified by the GitHub App that created it.");
  checkOutput(call);
  apply(call, run);
  return ok(checkShape(call.state, call.repo, run));
}

async function shaIn(call: RepoCall): Promise<string> {
  const name = call.params["ref"] ?? "";
  const sha = await resolveCommit(call.repo.store, name);
  if (sha === null) throw refuse(422, `No commit found for SHA: ${name}`);
  return sha;
}

/** The runs of a commit; unless `filter=all` only the newest of each name and app. */
async function listRuns(call: RepoCall): Promise<Answer> {
  const sha = await shaIn(call);
  const { query } = call;
  const named = query.get("check_name");
  const status = query.get("status");
  const app = query.get("app_id");
  const found = call.repo.checkRuns
    .filter((run) => run.headSha === sha && (named === null || run.name === named) && (status === null || run.status === status))
    .filter((run) => app === null || String(run.app.id) === app)
    .toReversed();
  const newest = found.filter((run, at) => found.findIndex((one) => one.name === run.name && one.app.id === run.app.id) === at);
  const runs = query.get("filter") === "all" ? found : newest;
  const shapes = onPage(call, runs).map((run) => checkShape(call.state, call.repo, run));
  return { status: 200, body: { total_count: runs.length, check_runs: shapes }, headers: linksOf(call, runs.length) };
}

function annotations(call: RepoCall): Promise<Answer> {
  const run = runIn(call);
  const none = { start_column: null, end_column: null, title: null, raw_details: null };
  const blob = `${webOf(call.state, call.repo)}/blob/${run.headSha}`;
  return paged(call, run.annotations, (one) => ({ ...none, ...one, blob_href: `${blob}/${one.path}` }));
}

async function createStatus(call: RepoCall): Promise<Answer> {
  const { state, repo, body } = call;
  const sha = call.params["sha"] ?? "";
  if ((await readObject(repo.store, sha))?.kind !== "commit") throw refuse(422, `No commit found for SHA: ${sha}`);
  const description = textOf(body, "description") ?? null;
  if (description !== null && [...description].length > 140) {
    throw invalid({ resource: "Status", code: "custom", message: "description is too long (maximum is 140 characters)" });
  }
  const context = textOf(body, "context") ?? "default";
  if (repo.statuses.filter((one) => one.sha === sha && one.context === context).length >= 1000) {
    throw invalid({ resource: "Status", code: "custom", message: "This SHA and context has reached the maximum number of statuses." });
  }
  const kind = textOf(body, "state") ?? "";
  const status: Status = {
    id: newId(state),
    sha,
    state: kind,
    context,
    description,
    targetUrl: textOf(body, "target_url") ?? null,
    creator: actor(call),
    at: now(state),
  };
  repo.statuses.push(status);
  return ok(statusShape(state, repo, status), 201);
}

async function combined(call: RepoCall): Promise<Answer> {
  const { state, repo } = call;
  const sha = await shaIn(call);
  const all = repo.statuses.filter((status) => status.sha === sha).toReversed();
  const newest = all.filter((status, at) => all.findIndex((one) => one.context === status.context) === at);
  const failed = newest.some((one) => one.state === "failure" || one.state === "error");
  const green = newest.length > 0 && newest.every((one) => one.state === "success");
  const url = `${apiOf(state, repo)}/commits/${sha}`;
  return {
    status: 200,
    body: {
      state: failed ? "failure" : green ? "success" : "pending",
      statuses: onPage(call, newest).map((status) => simpleStatusShape(state, repo, status)),
      sha,
      total_count: newest.length,
      repository: minimalRepoShape(state, repo),
      commit_url: url,
      url: `${url}/status`,
    },
    headers: linksOf(call, newest.length),
  };
}

export const checkRoutes: readonly Route[] = [
  write("POST", "checks", "/check-runs", createRun),
  read("checks", "/check-runs/{check_run_id}", (call) => ok(checkShape(call.state, call.repo, runIn(call)))),
  write("PATCH", "checks", "/check-runs/{check_run_id}", updateRun),
  read("checks", "/check-runs/{check_run_id}/annotations", annotations),
  read("checks", "/commits/{ref}/check-runs", listRuns),
  write("POST", "statuses", "/statuses/{sha}", createStatus),
  read("statuses", "/commits/{ref}/status", combined),
  read("statuses", "/commits/{ref}/statuses", async (call) => {
    const sha = await shaIn(call);
    const all = call.repo.statuses.filter((status) => status.sha === sha).toReversed();
    return paged(call, all, (status) => statusShape(call.state, call.repo, status));
  }),
];
