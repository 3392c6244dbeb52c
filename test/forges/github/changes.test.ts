import { describe, expect, it } from "vitest";
import type { Change, ChangesQuery } from "../../../src/core/causes/change.ts";
import { eachDay } from "../../../src/core/day.ts";
import { changesIn } from "../../../src/forges/github/changes.ts";
import { charge, focusCsv } from "../../support/focus.ts";
import { branchOff, client, options, serve } from "../../support/github/lab.ts";
import type { GitHub } from "../../support/github/server.ts";
import type { Permissions } from "../../support/github/state.ts";
import { overpace, write } from "../../support/world.ts";
import { lab } from "./lab.ts";

const reading: Permissions = { contents: "read", pull_requests: "read", deployments: "read" };
const days = eachDay({ start: "2026-11-13", end: "2026-11-23" });
const query = { repositories: ["acme/app"], paths: ["prompts/**", "config/models.yaml"], days };
const ask = (github: GitHub, permissions = reading, more: Partial<ChangesQuery> = {}) =>
  changesIn(client(github, github.token({ actions: "acme/app", permissions })), { ...query, ...more });
const shown = (changes: readonly Change[]) => changes.map(({ kind, ref, title, day, paths }) => [kind, ref, title, day, paths]);

/** A pull request of somebody with these files, merged. */
async function merged(github: GitHub, branch: string, files: Record<string, string>, title: string, method: "merge" | "squash" = "merge") {
  await branchOff(github, branch, files);
  const { body } = await github.as("octocat").request("POST", "/repos/acme/app/pulls", { head: branch, base: "main", title });
  await github.as("octocat").merge("acme/app", (body as { number: number }).number, method);
}

describe("what changed in a repository", () => {
  it("merged pull requests with the files that count, commits without one, releases, deployments; nothing else", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    await merged(github, "a", { "prompts/a.md": "1\n", "src/a.ts": "1\n" }, "Longer prompt");
    await merged(github, "b", { "src/b.ts": "1\n" }, "Another", "squash");
    await merged(github, "overpace/2026-W46", { "prompts/review.md": "1\n" }, "A review");
    await branchOff(github, "open", { "prompts/open.md": "1\n" });
    await github.as("octocat").request("POST", "/repos/acme/app/pulls", { head: "open", base: "main", title: "Open" });
    const sha = await github.repo("acme/app").commit("main", { "config/models.yaml": "gpt-5\n" }, { message: "Switch model\n\nmore" });
    await github.repo("acme/app").commit("main", { "config/other.yaml": "1\n" }, { message: "Other" });
    const { data } = github.repo("acme/app");
    const author = data.owner;
    const release = (tag: string, name: string | null, at: string | null) => ({ id: data.releases.length + 1, tag, name, at, author });
    data.releases.push(
      release("v1", null, "2026-11-12T23:59:59Z"),
      release("v2", "Second", "2026-11-14T00:00:00Z"),
      release("v3", null, null),
    );
    const deployment = (environment: string, at: string, isTransient = false) => {
      const id = data.deployments.length + 1;
      return { id, sha, environment, description: null, isTransient, at, creator: author };
    };
    data.deployments.push(
      deployment("production", "2026-11-15T08:00:00Z"),
      deployment("production", "2026-11-15T09:00:00Z"),
      deployment("preview", "2026-11-15T09:00:00Z", true),
      deployment("production", "2026-11-23T00:00:00Z"),
    );
    const { asked, found } = await ask(github);
    expect(asked).toEqual([{ repository: "acme/app", problem: null }]);
    expect(shown(found).toSorted()).toEqual(
      [
        ["pull-request", "#1", "Longer prompt", "2026-11-16", ["prompts/a.md"]],
        ["pull-request", "#2", "Another", "2026-11-16", []],
        ["release", "v2", "Second", "2026-11-14", []],
        ["deployment", "production", "", "2026-11-15", []],
        ["commit", sha.slice(0, 7), "Switch model", "2026-11-16", ["config/models.yaml"]],
      ].toSorted(),
    );
    expect(github.requests.some(({ path }) => path.includes("/search"))).toBe(false);
  });

  it("with any number of pull requests and commits one asks a bounded number of questions", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    for (let index = 0; index < 21; index++)
      await merged(github, `b${index}`, { [`prompts/${index}.md`]: "1\n" }, `Change ${index}`, "squash");
    for (let index = 0; index < 11; index++) await github.repo("acme/app").commit("main", { [`prompts/c${index}.md`]: "1\n" });
    const before = github.requests.length;
    await ask(github);
    expect(github.requests.length - before).toBeLessThanOrEqual(4 + 20 + 2 + 2 * 10);
  });

  it("files are looked at of the newest that count, others are known by day and title; what was not looked at is said", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    for (let index = 0; index < 21; index++)
      await merged(github, `b${index}`, { [`prompts/${index}.md`]: "1\n" }, `Change ${index}`, "squash");
    github.setTime("2026-11-20T09:00:00Z");
    for (let index = 21; index < 23; index++)
      await merged(github, `b${index}`, { [`src/${index}.ts`]: "1\n" }, `Change ${index}`, "squash");
    const near = await ask(github, reading, { days: ["2026-11-15", "2026-11-16"] });
    expect(near.asked).toEqual([
      { repository: "acme/app", problem: "only of the newest 20 of 21 merged pull requests the files were looked at" },
    ]);
    expect(near.found.map(({ paths }) => paths.length)).toEqual([...Array.from({ length: 20 }, () => 1), 0]);
    expect(near.found.at(-1)).toMatchObject({ title: "Change 0", day: "2026-11-16" });
  });

  it("pull requests are looked for on two pages, and that there are more is said where they may count", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    await merged(github, "a", { "src/a.ts": "1\n" }, "Merged");
    const { issues } = github.repo("acme/app").data;
    const [first] = issues;
    if (!first?.pull) throw new Error("no pull request was made");
    const closed = { ...first, pull: { ...first.pull, merge: null }, updatedAt: "2026-11-17T09:00:00Z" };
    const add = (count: number) => {
      for (let more = 0; more < count; more++) issues.push({ ...closed, id: 1000 + issues.length, number: issues.length + 1 });
    };
    const told = async () => {
      const { asked, found } = await ask(github, reading, { paths: [] });
      return { problem: asked[0]?.problem, found: found.map(({ title }) => title) };
    };
    add(199);
    expect((await told()).found).toEqual(["Merged"]);
    add(1);
    expect(await told()).toEqual({ problem: "only the 200 pull requests that moved last were looked at", found: [] });
  });

  it("files beyond the first hundred of a pull request are not looked at, and that is said", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    const files = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${count}/${index}.ts`, "1\n"]));
    await merged(github, "a", files(99), "Fewer");
    expect((await ask(github)).asked[0]?.problem).toBeNull();
    await merged(github, "b", { ...files(100), "prompts/a.md": "1\n" }, "Many");
    const { asked, found } = await ask(github);
    expect(asked[0]?.problem).toBe("only the first 100 files of #2 were looked at");
    expect(found.find(({ ref }) => ref === "#2")).toMatchObject({ title: "Many", paths: [] });
  });

  it("a file that was moved out of the paths was touched", async () => {
    const github = await serve({ ...options({ files: { "prompts/a.md": "a long enough prompt\n" } }), now: "2026-11-16T09:00:00Z" });
    const moved = { "prompts/a.md": null, "src/a.md": "a long enough prompt\n" };
    await github.repo("acme/app").commit("move", moved, { message: "Work" });
    const { body } = await github.as("octocat").request("POST", "/repos/acme/app/pulls", { head: "move", base: "main", title: "Move" });
    await github.as("octocat").merge("acme/app", (body as { number: number }).number);
    expect(shown((await ask(github)).found)).toContainEqual(["pull-request", "#1", "Move", "2026-11-16", ["prompts/a.md"]]);
  });

  it("lists that are longer than is looked at are named, where they hold days that count", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    const { data } = github.repo("acme/app");
    const { owner: creator, defaultBranch } = data;
    const sha = await github.repo("acme/app").commit(defaultBranch, { "src/a.ts": "1\n" });
    const at = "2026-11-15T08:00:00Z";
    for (let id = 1; id <= 101; id++)
      data.deployments.push({ id, sha, environment: `e${id}`, description: null, isTransient: true, at, creator });
    for (let id = 1; id <= 31; id++) data.releases.push({ id, tag: `v${id}`, name: null, at, author: creator });
    const problemOf = async (days: readonly string[]) => (await ask(github, reading, { days })).asked[0]?.problem;
    expect(await problemOf(["2026-11-15"])).toBe(
      "only the newest 30 releases were looked at; only the newest 100 deployments were looked at",
    );
    expect(await problemOf(["2026-11-16"])).toBeNull();
  });

  it("of commits is said how many, and of which folders, were looked at", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    const paths = ["a/*", "b/*", "c/*", "d/*", "e/*", "f/*"];
    const said = async (paths: readonly string[]) => (await ask(github, reading, { paths })).asked[0]?.problem;
    await github.repo("acme/app").commit("main", { "a/1.md": "1\n", "f/1.md": "1\n" });
    expect(await said(paths.slice(0, 5))).toBeNull();
    expect(await said(paths)).toBe("only of 5 of 6 folders commits were looked at");
    for (let index = 0; index < 10; index++) await github.repo("acme/app").commit("main", { [`a/c${index}.md`]: "1\n" });
    expect(await said(["a/*"])).toBe("only 10 of 11 commits were looked at");
    for (let index = 0; index < 19; index++) await github.repo("acme/app").commit("main", { [`b/c${index}.md`]: "1\n" });
    expect(await said(["b/*"])).toBe("only 10 of 19 commits were looked at");
    for (let index = 0; index < 11; index++) await github.repo("acme/app").commit("main", { [`b/d${index}.md`]: "1\n" });
    expect(await said(["b/*"])).toBe("only 10 of 30 or more commits were looked at");
  });

  it("what is refused is named and leaves the others; a repository that is not there too", async () => {
    const github = await serve({ ...options(), now: "2026-11-16T09:00:00Z" });
    await merged(github, "a", { "prompts/a.md": "1\n" }, "Longer prompt");
    const { asked, found } = await ask(github, { contents: "read", pull_requests: "read" }, { repositories: ["acme/app", "acme/gone"] });
    expect(asked.map(({ problem }) => problem)).toEqual([
      expect.stringContaining("reading deployments: "),
      "reading pull requests, releases, deployments, commits: GitHub knows no such repository, or the token may not see it (404)",
    ]);
    expect(found.map(({ ref }) => ref)).toEqual(["#1"]);
  });
});

describe("candidate causes in a review", () => {
  const yaml = (more: string) =>
    `owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, path: costs/*.csv }]\nchanges: { repositories: [acme/app], ${more} }\n`;
  const jump = focusCsv(
    Array.from({ length: 22 }, (_, index) =>
      charge(`2026-11-${String(index + 1).padStart(2, "0")}`, "OpenAI", "Inference", (index > 16 ? 200 : 100) * 100),
    ),
  );

  it("stand under the delta, harmless, and are not asked for again by check; none found is said; what is refused is a warning", async () => {
    const { github, folder, run } = await lab();
    write(folder, { "config/overpace.yaml": yaml("paths: [prompts/*]"), "costs/a.csv": jump });
    const { data } = github.repo("acme/app");
    data.releases.push({ id: 1, tag: "v2", name: "Hi @octocat <!-- /overpace:delta -->", at: "2026-11-17T10:00:00Z", author: data.owner });
    const { code, err } = await run();
    expect([code, err]).toEqual([
      0,
      expect.stringContaining("candidate causes in acme/app could not be looked for in full: reading deployments"),
    ]);
    expect(err.match(/^warning: /gm)).toHaveLength(1);
    const files = await github.repo("acme/app").files("overpace/2026-W47");
    const text = files["reviews/2026/2026-W47.md"] ?? "";
    expect(text).toContain(
      "**Candidate causes** (changes between Sun 15 Nov and Wed 18 Nov, the day it began; candidates, not causes): acme/app v2 “Hi @\u200Boctocat \\<\\!",
    );
    write(folder, files);
    const asked = github.requests.length;
    const { out } = await overpace(folder, ["check", "--json"]);
    const { findings } = JSON.parse(out) as { findings: { severity: string; message: string }[] };
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(github.requests.length).toBe(asked);
    data.releases.pop();
    await run();
    expect(await github.repo("acme/app").read("reviews/2026/2026-W47.md", "overpace/2026-W47")).toContain(
      "**Candidate causes:** none found in acme/app between Sun 15 Nov and Wed 18 Nov, the day it began. Not all of acme/app could be looked at",
    );
  });
});
