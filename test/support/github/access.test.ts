import { expect, test } from "vitest";
import { acme, actions, branchOff, client, ended, person, serve, serveAcme } from "./lab.ts";

test("an unknown token is nobody, not the first user", async () => {
  const github = await serveAcme();
  const result = await ended(client(github, "ghp_unknown").issues.create({ ...acme, title: "t" }));
  expect(result).toMatchObject({ status: 401, message: "Bad credentials" });
  expect(await ended(client(github, "ghp_unknown").repos.get(acme))).toMatchObject({ status: 401 });
  expect(github.repo("acme/app").issues()).toEqual([]);
});

test("nobody may read what is public and write nothing", async () => {
  const github = await serveAcme();
  expect(await ended(client(github).repos.get(acme))).toMatchObject({ status: 200 });
  expect(await ended(client(github).issues.create({ ...acme, title: "t" }))).toMatchObject({
    status: 401,
    message: "Requires authentication",
  });
});

test("a private repository is not there for strangers, for nobody and for the Actions of another", async () => {
  const github = await serve({
    users: ["stranger"],
    repos: { "acme/app": { private: true, roles: { octocat: "read" } }, "acme/other": {} },
  });
  const others = client(github, github.token({ actions: "acme/other", permissions: { contents: "write" } }));
  for (const one of [client(github), person(github, "stranger"), others])
    expect(await ended(one.repos.get(acme))).toMatchObject({ status: 404 });
  expect(await ended(person(github, "octocat").repos.get(acme))).toMatchObject({ status: 200 });
});

test.each([
  ["contents: read", { contents: "read" }, 403],
  ["contents: write", { contents: "write" }, 201],
  ["issues: write", { issues: "write" }, 403],
  ["nothing", {}, 403],
] as const)("a branch made with %s: %i", async (_, permissions, status) => {
  const github = await serveAcme();
  const sha = github.repo("acme/app").head() ?? "";
  const result = await ended(actions(github, permissions).git.createRef({ ...acme, ref: "refs/heads/x", sha }));
  expect(result.status).toBe(status);
  if (status === 403) expect(result.message).toBe("Resource not accessible by integration");
});

test("labels of a pull request need the permission for pull requests, those of an issue the one for issues", async () => {
  const github = await serveAcme();
  await branchOff(github, "work");
  const pulls = actions(github, { contents: "read", pull_requests: "write", issues: "read" });
  await pulls.pulls.create({ ...acme, head: "work", base: "main", title: "t" });
  await github.as("octocat").request("POST", "/repos/acme/app/issues", { title: "i" });
  const label = (issue_number: number) => ended(pulls.issues.addLabels({ ...acme, issue_number, labels: ["cost"] }));
  expect(await label(1)).toMatchObject({ status: 200 });
  expect(await label(2)).toMatchObject({ status: 403 });
});

test("a fine-grained token of a person says so when it lacks a permission", async () => {
  const github = await serveAcme();
  const token = github.token({ user: "octocat", permissions: { contents: "read", issues: "read" } });
  const result = await ended(client(github, token).issues.create({ ...acme, title: "t" }));
  expect(result).toMatchObject({ status: 403, message: "Resource not accessible by personal access token" });
});

test("labels and assignees of somebody without push access are dropped without a word", async () => {
  const github = await serveAcme();
  const { data, status } = await person(github, "reader").issues.create({ ...acme, title: "t", labels: ["cost"], assignees: ["hubot"] });
  expect(status).toBe(201);
  expect(data).toMatchObject({ labels: [], assignees: [] });
});

test("tokens of Actions are long, have dots, and work", async () => {
  const github = await serveAcme();
  const token = github.token({ actions: "acme/app", permissions: { contents: "read" } });
  expect(token).toMatch(/^ghs_15368_[\w-]+\.[\w-]+\.[\w-]+$/);
  expect(token.length).toBeGreaterThan(500);
  expect((await client(github, token).repos.getContent({ ...acme, path: "README.md" })).status).toBe(200);
  expect(JSON.stringify(github.requests)).not.toContain(token);
});

test("commits are signed only for apps that name no author", async () => {
  const github = await serveAcme();
  const parent = github.repo("acme/app").head() ?? "";
  const tree = (await actions(github).git.getCommit({ ...acme, commit_sha: parent })).data.tree.sha;
  const commit = { ...acme, message: "m", tree, parents: [parent] };
  const author = { name: "A", email: "a@example.com" };
  const verified = async (request: Promise<{ data: { verification: { verified: boolean } } }>) =>
    (await request).data.verification.verified;
  expect(await verified(actions(github).git.createCommit(commit))).toBe(true);
  expect(await verified(actions(github).git.createCommit({ ...commit, author }))).toBe(false);
  expect(await verified(actions(github).git.createCommit({ ...commit, committer: author }))).toBe(false);
  expect(await verified(person(github, "octocat").git.createCommit(commit))).toBe(false);
});

test("requests without a User-Agent, with broken JSON or to an unknown address are refused", async () => {
  const github = await serveAcme();
  const authorization = `Bearer ${github.token({ user: "octocat" })}`;
  const post = (body: string, agent: string) =>
    fetch(`${github.url}/repos/acme/app/issues`, { method: "POST", body, headers: { authorization, "user-agent": agent } });
  expect((await post("{", "test")).status).toBe(400);
  expect((await post("3", "test")).status).toBe(400);
  expect((await fetch(`${github.url}/nope`, { headers: { "user-agent": "test" } })).status).toBe(404);
  expect(github.findings.warnings).toContain("GET /nope: this server has no such route");
});
