import { expect, test } from "vitest";
import { acme, actions, branchOff, client, ended, person, serve, serveAcme } from "./lab.ts";

test("lists hold pull requests with their key, filtered by label, state, assignee and since", async () => {
  const github = await serveAcme();
  await branchOff(github, "work");
  const octokit = actions(github);
  const create = (title: string, more: object) => octokit.issues.create({ ...acme, title, ...more });
  await create("one", { labels: ["cost"], assignees: ["hubot"] });
  await octokit.pulls.create({ ...acme, head: "work", base: "main", title: "two" });
  await octokit.issues.addLabels({ ...acme, issue_number: 2, labels: ["COST", "weekly"] });
  await create("three", {});
  const since = (await octokit.issues.get({ ...acme, issue_number: 3 })).data.updated_at;
  await person(github, "hubot").issues.update({ ...acme, issue_number: 1, state: "closed" });
  const titles = async (query: object) =>
    (await octokit.issues.listForRepo({ ...acme, direction: "asc", ...query })).data.map((one) => one.title);
  expect(await titles({})).toEqual(["two", "three"]);
  expect(await titles({ state: "all" })).toEqual(["one", "two", "three"]);
  expect(await titles({ state: "all", direction: "desc" })).toEqual(["three", "two", "one"]);
  expect(await titles({ state: "all", labels: "Cost" })).toEqual(["one", "two"]);
  expect(await titles({ state: "all", labels: "cost,weekly" })).toEqual(["two"]);
  expect(await titles({ state: "all", assignee: "hubot" })).toEqual(["one"]);
  expect(await titles({ state: "all", assignee: "none" })).toEqual(["two", "three"]);
  expect(await titles({ state: "all", since })).toEqual(["one", "three"]);
  expect(await titles({ state: "all", sort: "updated" })).toEqual(["two", "three", "one"]);
  const all = (await octokit.issues.listForRepo({ ...acme, state: "all" })).data;
  expect(all.filter((one) => one.pull_request !== undefined).map((one) => one.number)).toEqual([2]);
  expect((await octokit.issues.get({ ...acme, issue_number: 2 })).data).toMatchObject({ title: "two", pull_request: { merged_at: null } });
  expect(await ended(octokit.pulls.get({ ...acme, pull_number: 1 }))).toMatchObject({ status: 404 });
});

test("reasons count only with a change of the state, and the history names who did it", async () => {
  const github = await serveAcme();
  const [bot, hubot] = [actions(github), person(github, "hubot")];
  await bot.issues.create({ ...acme, title: "t" });
  const update = async (change: object) => (await hubot.issues.update({ ...acme, issue_number: 1, ...change })).data;
  expect(await update({ state_reason: "not_planned" })).toMatchObject({ state: "open", state_reason: null });
  expect(await update({ state: "closed" })).toMatchObject({ state: "closed", state_reason: "completed", closed_by: { login: "hubot" } });
  expect(await update({ state: "closed", state_reason: "not_planned" })).toMatchObject({ state_reason: "completed" });
  expect(await update({ state: "open" })).toMatchObject({ state: "open", state_reason: "reopened", closed_at: null });
  expect(await update({ state: "closed", state_reason: "duplicate" })).toMatchObject({ state_reason: "duplicate" });
  const events = (await bot.issues.listEvents({ ...acme, issue_number: 1 })).data;
  expect(events.map((event) => [event.event, event.actor?.login])).toEqual([
    ["closed", "hubot"],
    ["reopened", "hubot"],
    ["closed", "hubot"],
  ]);
});

test("labels: a patch replaces all, add and remove keep the others; unknown ones are made", async () => {
  const github = await serveAcme();
  const octokit = actions(github);
  await octokit.issues.create({ ...acme, title: "t", labels: ["a"] });
  const names = (labels: readonly (string | { name?: string })[]) =>
    labels.map((label) => (typeof label === "string" ? label : label.name));
  const issue = { ...acme, issue_number: 1 };
  expect(names((await octokit.issues.addLabels({ ...issue, labels: ["human"] })).data)).toEqual(["a", "human"]);
  expect(names((await octokit.issues.removeLabel({ ...issue, name: "A" })).data)).toEqual(["human"]);
  expect(names((await octokit.issues.update({ ...issue, labels: ["b"] })).data.labels)).toEqual(["b"]);
  await octokit.issues.updateLabel({ ...acme, name: "B", new_name: "renamed" });
  expect(names((await octokit.issues.get(issue)).data.labels)).toEqual(["renamed"]);
  await octokit.issues.deleteLabel({ ...acme, name: "renamed" });
  expect(names((await octokit.issues.get(issue)).data.labels)).toEqual([]);
  expect(names((await octokit.issues.listLabelsForRepo(acme)).data)).toEqual(["a", "human"]);
});

test("a locked issue takes comments of those who may write only", async () => {
  const github = await serveAcme();
  await actions(github).issues.create({ ...acme, title: "t" });
  const comment = (login: string) => ended(person(github, login).issues.createComment({ ...acme, issue_number: 1, body: "c" }));
  expect(await comment("reader")).toMatchObject({ status: 201 });
  expect(await ended(person(github, "reader").issues.lock({ ...acme, issue_number: 1 }))).toMatchObject({ status: 403 });
  expect(await ended(actions(github).issues.lock({ ...acme, issue_number: 1, lock_reason: "resolved" }))).toMatchObject({ status: 204 });
  expect(await comment("reader")).toMatchObject({ status: 403, message: "Unable to create comment because issue is locked." });
  expect(await comment("octocat")).toMatchObject({ status: 201 });
});

test("a deleted issue is 410, a transferred one leads to its new place", async () => {
  const github = await serve({ repos: { "acme/app": { roles: { octocat: "write" } }, "acme/other": { roles: { octocat: "write" } } } });
  const octokit = person(github, "octocat");
  for (const title of ["gone", "moved"]) await octokit.issues.create({ ...acme, title });
  const repo = github.repo("acme/app");
  repo.deleteIssue(1);
  expect(repo.transferIssue(2, "acme/other")).toBe(1);
  expect(await ended(octokit.issues.get({ ...acme, issue_number: 1 }))).toMatchObject({ status: 410, message: "This issue was deleted" });
  const raw = await fetch(`${github.url}/repos/acme/app/issues/2`, { redirect: "manual", headers: { "user-agent": "test" } });
  expect([raw.status, raw.headers.get("location")]).toEqual([301, `${github.url}/repos/acme/other/issues/1`]);
  expect((await octokit.issues.get({ ...acme, issue_number: 2 })).data).toMatchObject({
    number: 1,
    title: "moved",
    repository_url: `${github.url}/repos/acme/other`,
  });
  expect((await octokit.issues.listForRepo({ ...acme, state: "all" })).data).toEqual([]);
  expect((await octokit.issues.create({ ...acme, title: "next" })).data.number).toBe(3);
});

test("comments: since, one updated, by whom", async () => {
  const github = await serveAcme();
  const octokit = actions(github);
  await octokit.issues.create({ ...acme, title: "t" });
  for (const body of ["one", "two"]) await octokit.issues.createComment({ ...acme, issue_number: 1, body });
  const { data } = await octokit.issues.listComments({ ...acme, issue_number: 1 });
  const [one, two] = data;
  expect(one?.performed_via_github_app?.slug).toBe("github-actions");
  const since = two?.created_at ?? "";
  const listed = async () => (await octokit.issues.listComments({ ...acme, issue_number: 1, since })).data.map((comment) => comment.body);
  expect(await listed()).toEqual(["two"]);
  const change = { ...acme, comment_id: one?.id ?? 0, body: "first" };
  expect(await ended(person(github, "reader").issues.updateComment(change))).toMatchObject({ status: 403 });
  await octokit.issues.updateComment(change);
  expect(await listed()).toEqual(["first", "two"]);
  await octokit.issues.deleteComment({ ...acme, comment_id: two?.id ?? 0 });
  expect(await listed()).toEqual(["first"]);
  const timeline = (await octokit.issues.listEventsForTimeline({ ...acme, issue_number: 1 })).data;
  expect(timeline.map((event) => event.event)).toEqual(["commented"]);
});

test("check runs: newest of a name, annotations add up, only their app changes them", async () => {
  const github = await serveAcme();
  const octokit = actions(github);
  const head_sha = github.repo("acme/app").head() ?? "";
  const annotation = { path: "a.md", start_line: 1, end_line: 2, annotation_level: "failure" as const, message: "m" };
  const output = { title: "t", summary: "s", annotations: Array.from({ length: 50 }, () => annotation) };
  await octokit.checks.create({ ...acme, name: "overpace", head_sha, conclusion: "failure" });
  const { data } = await octokit.checks.create({ ...acme, name: "overpace", head_sha, status: "in_progress", output });
  const update = { ...acme, check_run_id: data.id, conclusion: "action_required" as const, output };
  const other = client(github, github.token({ app: "other", permissions: { checks: "write" } }));
  expect(await ended(other.checks.update(update))).toMatchObject({ status: 403 });
  expect((await octokit.checks.update(update)).data).toMatchObject({ status: "completed", output: { annotations_count: 100 } });
  expect((await octokit.checks.listAnnotations({ ...acme, check_run_id: data.id, per_page: 100 })).data).toHaveLength(100);
  const runs = (await octokit.checks.listForRef({ ...acme, ref: "main" })).data;
  expect(runs).toMatchObject({
    total_count: 1,
    check_runs: [{ id: data.id, conclusion: "action_required", app: { slug: "github-actions" } }],
  });
  expect((await octokit.checks.listForRef({ ...acme, ref: "main", filter: "all" })).data.total_count).toBe(2);
});
