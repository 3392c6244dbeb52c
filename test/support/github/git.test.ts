import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { acme, actions, branchOff, client, ended, person, serve, serveAcme } from "./lab.ts";
import type { GitHub } from "./server.ts";

const run = promisify(execFile);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const env = { PATH: process.env["PATH"] ?? "", GIT_CONFIG_GLOBAL: "/dev/null", GIT_TERMINAL_PROMPT: "0", HOME: "/nonexistent" };

const remote = (github: GitHub, token: string, name = "acme/app"): string =>
  `${github.webUrl.replace("http://", `http://x-access-token:${token}@`)}/${name}.git`;

interface Clone {
  readonly dir: string;
  readonly git: (...args: readonly string[]) => Promise<string>;
}

async function clone(address: string): Promise<Clone> {
  const dir = mkdtempSync(join(tmpdir(), "overpace-clone-"));
  folders.push(dir);
  const who = ["-c", "user.name=octocat", "-c", "user.email=octocat@example.com"];
  const git = async (...args: readonly string[]) => (await run("git", [...who, ...args], { cwd: dir, env })).stdout.trim();
  await git("clone", "--quiet", address, ".");
  return { dir, git };
}

async function commitAll({ dir, git }: Clone, name: string, text: string): Promise<string> {
  writeFileSync(join(dir, name), text);
  await git("add", name);
  await git("commit", "--quiet", "-m", `Write ${name}`);
  return git("rev-parse", "HEAD");
}

const failure = async (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => "it worked",
    (error: unknown) => String((error as { stderr?: string }).stderr ?? error),
  );
const pull = { ...acme, head: "work", base: "main", title: "Work" };

test("clone, push, and the pull request follows its branch", async () => {
  const github = await serveAcme();
  await branchOff(github, "work");
  const { data } = await actions(github).pulls.create(pull);
  const work = await clone(remote(github, github.token({ user: "octocat" })));
  await work.git("checkout", "--quiet", "work");
  expect(readFileSync(join(work.dir, "reviews/new.md"), "utf8")).toBe("new\n");
  const sha = await commitAll(work, "more.md", "more\n");
  await work.git("push", "--quiet");
  const after = (await actions(github).pulls.get({ ...acme, pull_number: 1 })).data;
  expect(after.head.sha).toBe(sha);
  expect(after.head.sha).not.toBe(data.head.sha);
  expect(after).toMatchObject({ commits: 2, changed_files: 2, additions: 2, mergeable: true, mergeable_state: "clean" });
  expect(data).toMatchObject({ mergeable: null, mergeable_state: "unknown", merge_commit_sha: null });
  const trial = (await work.git("ls-remote", "origin", "refs/pull/1/merge")).slice(0, 40);
  expect(after).toMatchObject({ merged: false, merge_commit_sha: trial });
  expect(
    (await actions(github).pulls.listFiles({ ...acme, pull_number: 1 })).data.map((file) => [file.filename, file.status, file.patch]),
  ).toEqual([
    ["more.md", "added", "@@ -0,0 +1 @@\n+more"],
    ["reviews/new.md", "added", "@@ -0,0 +1 @@\n+new"],
  ]);
});

test("protected branches refuse pushes and writes through the API, in every way", async () => {
  const github = await serveAcme({ protection: { main: { checks: ["overpace"] } } });
  const work = await clone(remote(github, github.token({ user: "boss" })));
  await commitAll(work, "a.md", "a\n");
  expect(await failure(work.git("push", "--quiet"))).toMatch(
    /GH006: Protected branch update failed for refs\/heads\/main[^]*must be made through a pull request/,
  );
  await work.git("push", "--quiet", "origin", "HEAD:refs/heads/free");
  const sha = github.repo("acme/app").head("free") ?? "";
  const octokit = actions(github);
  expect(await ended(octokit.git.updateRef({ ...acme, ref: "heads/main", sha }))).toMatchObject({ status: 422 });
  const put = octokit.repos.createOrUpdateFileContents({ ...acme, path: "x", message: "m", content: "eA==" });
  expect(await ended(put)).toMatchObject({ status: 409, message: "Could not create file: Changes must be made through a pull request." });
  expect((await octokit.repos.getBranch({ ...acme, branch: "main" })).data).toMatchObject({
    protected: true,
    protection: { required_status_checks: { contexts: ["overpace"] } },
  });
});

test("a required check blocks the merge until it is green on the newest commit", async () => {
  const github = await serveAcme({ protection: { main: { checks: ["overpace"] } } });
  const old = await branchOff(github, "work");
  const octokit = actions(github);
  await octokit.pulls.create(pull);
  const merge = () => ended(octokit.pulls.merge({ ...acme, pull_number: 1 }));
  const blocked = { status: 405, message: 'Required status check "overpace" is expected.' };
  expect(await merge()).toMatchObject(blocked);
  await octokit.checks.create({ ...acme, name: "overpace", head_sha: old, conclusion: "success" });
  const sha = await github.repo("acme/app").commit("work", { "b.md": "b\n" });
  expect(await merge()).toMatchObject(blocked);
  expect((await octokit.pulls.get({ ...acme, pull_number: 1 })).data.mergeable_state).toBe("blocked");
  await octokit.checks.create({ ...acme, name: "overpace", head_sha: sha, conclusion: "neutral" });
  expect(await merge()).toMatchObject({ status: 200 });
  expect(await merge()).toMatchObject({ status: 405, message: "Pull Request is not mergeable" });
});

test.each(["merge", "squash", "rebase"] as const)("after a %s main holds the file, and named issues are closed", async (method) => {
  const github = await serveAcme();
  const person = github.as("octocat");
  await person.request("POST", "/repos/acme/app/issues", { title: "first" });
  await branchOff(github, "work");
  await github.repo("acme/app").commit("main", { "meanwhile.md": "m\n" });
  await actions(github).pulls.create({ ...pull, body: "Fixes #1" });
  await actions(github).pulls.requestReviewers({ ...acme, pull_number: 2, reviewers: ["hubot"] });
  await actions(github).pulls.update({ ...acme, pull_number: 2, title: "Work of the week" });
  const sha = await person.merge("acme/app", 2, method);
  const repo = github.repo("acme/app");
  expect(repo.head()).toBe(sha);
  expect(await repo.files()).toEqual({ "README.md": "# App\n", "meanwhile.md": "m\n", "reviews/new.md": "new\n" });
  expect(repo.issues()[0]).toMatchObject({ state: "closed", stateReason: "completed" });
  const { data } = await actions(github).pulls.get({ ...acme, pull_number: 2 });
  expect(data).toMatchObject({ merged: true, state: "closed", merge_commit_sha: sha, merged_by: { login: "octocat" } });
  expect((await repo.log()).length).toBe(method === "merge" ? 4 : 3);
  const history = (await actions(github).issues.listEventsForTimeline({ ...acme, issue_number: 2 })).data;
  expect(history.map((event) => event.event)).toEqual(["review_requested", "renamed", "merged", "closed"]);
  expect((await actions(github).issues.listEvents({ ...acme, issue_number: 2 })).data).toHaveLength(4);
});

test("a conflict, a draft and a forbidden method are 405", async () => {
  const github = await serveAcme({ mergeMethods: ["squash"] });
  await branchOff(github, "work", { "README.md": "mine\n" });
  await branchOff(github, "draft");
  await github.repo("acme/app").commit("main", { "README.md": "theirs\n" });
  const octokit = actions(github);
  await octokit.pulls.create(pull);
  await octokit.pulls.create({ ...pull, head: "draft", draft: true });
  expect(await ended(octokit.pulls.merge({ ...acme, pull_number: 1 }))).toMatchObject({
    status: 405,
    message: "Merge commits are not allowed on this repository.",
  });
  expect(await ended(octokit.pulls.merge({ ...acme, pull_number: 1, merge_method: "squash" }))).toMatchObject({ status: 405 });
  expect((await octokit.pulls.get({ ...acme, pull_number: 1 })).data).toMatchObject({ mergeable: false, mergeable_state: "dirty" });
  expect(await ended(octokit.pulls.merge({ ...acme, pull_number: 2, merge_method: "squash" }))).toMatchObject({
    status: 405,
    message: "Pull Request is still a draft",
  });
});

test("a push with a wrong token, without access, or to a private repository is refused", async () => {
  const github = await serve({
    users: ["stranger"],
    repos: { "acme/app": { files: { a: "a\n" }, roles: { reader: "read" } }, "acme/secret": { private: true, files: { a: "a" } } },
  });
  const work = await clone(`${github.webUrl}/acme/app`);
  await commitAll(work, "b", "b\n");
  const push = (token: string) => failure(work.git("push", "--quiet", remote(github, token), "HEAD"));
  expect(await push("wrong")).toMatch(/Authentication failed|Invalid username or token/);
  expect(await push(github.token({ user: "reader" }))).toMatch(/403|denied to reader/);
  expect(await push(github.token({ actions: "acme/app", permissions: { contents: "read" } }))).toMatch(/403|denied/);
  expect(await failure(clone(remote(github, github.token({ user: "stranger" }), "acme/secret")))).toMatch(/not found/i);
  expect(await push(github.token({ actions: "acme/app", permissions: { contents: "write" } }))).toBe("it worked");
});

test("a pull request closes when its branch is deleted, is merged when main takes its commits, and comes from a fork", async () => {
  const github = await serve({
    repos: { "acme/app": { files: { a: "a\n" }, roles: { octocat: "write" } }, "fan/app": { forkOf: "acme/app" } },
  });
  const repo = github.repo("acme/app");
  const octokit = person(github, "octocat");
  await repo.commit("one", { one: "1\n" });
  const two = await repo.commit("two", { two: "2\n" });
  for (const head of ["one", "two"]) await octokit.pulls.create({ ...pull, head });
  await octokit.git.deleteRef({ ...acme, ref: "heads/one" });
  await octokit.git.updateRef({ ...acme, ref: "heads/main", sha: two });
  expect((await repo.pulls()).map((issue) => [issue.state, issue.pull?.merge !== null])).toEqual([
    ["closed", false],
    ["closed", true],
  ]);
  expect(await ended(octokit.pulls.update({ ...acme, pull_number: 1, state: "open" }))).toMatchObject({ status: 422 });
  const sha = await github.repo("fan/app").commit("idea", { idea: "i\n" });
  const { data } = await person(github, "fan").pulls.create({ ...pull, head: "fan:idea" });
  expect(data.head).toMatchObject({ label: "fan:idea", sha, repo: { fork: true, full_name: "fan/app" } });
  expect((await octokit.pulls.list({ ...acme, head: "fan:idea" })).data.map((one) => one.number)).toEqual([3]);
  expect((await octokit.pulls.listFiles({ ...acme, pull_number: 3 })).data.map((one) => one.filename)).toEqual(["idea"]);
});

test("two writers of one branch: the second createCommitOnBranch is told that the head moved", async () => {
  const github = await serveAcme();
  const expectedHeadOid = await branchOff(github, "work");
  const query = "mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";
  const commit = (name: string) =>
    actions(github).graphql<{ createCommitOnBranch: { commit: { oid: string } } }>(query, {
      input: {
        branch: { repositoryNameWithOwner: "acme/app", branchName: "work" },
        message: { headline: `Write ${name}` },
        expectedHeadOid,
        fileChanges: { additions: [{ path: name, contents: Buffer.from(name).toString("base64") }], deletions: [{ path: "README.md" }] },
      },
    });
  const both = await Promise.allSettled([commit("a.md"), commit("b.md")]);
  expect(both.map((one) => one.status)).toEqual(["fulfilled", "rejected"]);
  expect(both[1]).toMatchObject({
    reason: {
      errors: [{ type: "STALE_DATA", path: ["createCommitOnBranch"], message: expect.stringContaining("Expected branch to point to") }],
    },
  });
  expect(await github.repo("acme/app").files("work")).toEqual({ "a.md": "a.md", "reviews/new.md": "new\n" });
  const sha = github.repo("acme/app").head("work") ?? "";
  expect((await actions(github).git.getCommit({ ...acme, commit_sha: sha })).data.verification.verified).toBe(true);
  await expect(
    client(github, github.token({ user: "reader" })).graphql(query, {
      input: { branch: { repositoryNameWithOwner: "acme/app", branchName: "work" }, expectedHeadOid: sha, message: { headline: "x" } },
    }),
  ).rejects.toMatchObject({ errors: [{ type: "FORBIDDEN" }] });
});

test("300 files in one tree", async () => {
  const github = await serveAcme();
  const octokit = actions(github);
  const main = github.repo("acme/app").head() ?? "";
  const tree = Array.from({ length: 300 }, (_, at) => ({
    path: `reviews/${2020 + (at % 7)}/${at}.md`,
    mode: "100644" as const,
    content: `# ${at}\n`,
  }));
  const made = (await octokit.git.createTree({ ...acme, base_tree: main, tree })).data;
  const commit = (await octokit.git.createCommit({ ...acme, message: "Many", tree: made.sha, parents: [main] })).data;
  await octokit.git.createRef({ ...acme, ref: "refs/heads/many", sha: commit.sha });
  const all = (await octokit.git.getTree({ ...acme, tree_sha: "many", recursive: "1" })).data.tree;
  expect(all.filter((entry) => entry.type === "blob")).toHaveLength(301);
  await octokit.pulls.create({ ...pull, head: "many" });
  const files = await octokit.paginate(octokit.pulls.listFiles, { ...acme, pull_number: 1, per_page: 100 });
  expect(files).toHaveLength(300);
  const work = await clone(remote(github, github.token({ user: "octocat" })));
  expect(await work.git("rev-parse", "origin/many^{tree}")).toBe(made.sha);
  expect(await work.git("fsck", "--full", "--strict")).toBe("");
});
