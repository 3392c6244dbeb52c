import { expect, test } from "vitest";
import { acme, actions, base64, branch, branchOff, client, ended, person, pull, serve, serveAcme, weekly } from "./lab.ts";

const file = { ...acme, path: "README.md", message: "m", content: base64("new") };

test("the author of a pull request cannot be asked to review it, and nobody is asked", async () => {
  const github = await serveAcme();
  await branchOff(github, branch);
  const octocat = person(github, "octocat");
  await octocat.pulls.create(pull);
  const result = await ended(octocat.pulls.requestReviewers({ ...acme, pull_number: 1, reviewers: ["hubot", "octocat"] }));
  expect(result).toMatchObject({ status: 422, message: "Review cannot be requested from pull request author." });
  expect(github.repo("acme/app").data.issues[0]?.pull?.reviewers).toEqual([]);
});

test("drafts and pull requests of Actions are refused where the settings say so", async () => {
  const github = await serveAcme({ drafts: false, actionsMayCreatePulls: false });
  await branchOff(github, branch);
  expect(await ended(actions(github).pulls.create(pull))).toMatchObject({
    status: 403,
    message: "GitHub Actions is not permitted to create or approve pull requests.",
  });
  const app = client(github, github.token({ app: "overpace", permissions: weekly }));
  expect(await ended(app.pulls.create({ ...pull, draft: true }))).toMatchObject({
    status: 422,
    message: "Draft pull requests are not supported in this repository.",
  });
  expect((await app.pulls.create(pull)).data.user.login).toBe("overpace[bot]");
});

test("an archived repository is read-only, one without issues says 410", async () => {
  const archived = await serveAcme({ archived: true });
  expect(await ended(actions(archived).issues.create({ ...acme, title: "t" }))).toMatchObject({
    status: 403,
    message: "Repository was archived so is read-only.",
  });
  expect(await ended(actions(archived).repos.getContent({ ...acme, path: "README.md" }))).toMatchObject({ status: 200 });
  const without = await serveAcme({ issues: false });
  await branchOff(without, branch);
  expect(await ended(actions(without).issues.create({ ...acme, title: "t" }))).toMatchObject({ status: 410 });
  await actions(without).pulls.create(pull);
  expect(await ended(actions(without).issues.addLabels({ ...acme, issue_number: 1, labels: ["cost"] }))).toMatchObject({ status: 200 });
});

test("an empty repository has no Git Data, but takes a first file", async () => {
  const github = await serve({ repos: { "acme/app": {} } });
  const client = actions(github);
  expect(await ended(client.git.getRef({ ...acme, ref: "heads/main" }))).toMatchObject({
    status: 409,
    message: "Git Repository is empty.",
  });
  expect(await ended(client.git.createBlob({ ...acme, content: "x" }))).toMatchObject({ status: 409 });
  expect(await ended(client.repos.getContent({ ...acme, path: "a" }))).toMatchObject({ status: 404, message: "This repository is empty." });
  expect((await client.repos.listBranches(acme)).data).toEqual([]);
  await client.repos.createOrUpdateFileContents({ ...file, path: "a.md" });
  expect(await github.repo("acme/app").files()).toEqual({ "a.md": "new" });
});
