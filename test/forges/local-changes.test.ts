import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eachDay } from "../../src/core/day.ts";
import { localChanges } from "../../src/forges/local-changes.ts";
import { localCommits, localTags } from "../../src/shell/git-changes.ts";
import { gitPlace } from "../../src/shell/git.ts";
import { charge, daily, focusCsv } from "../support/focus.ts";
import { gitEnv } from "../support/github/git/run.ts";
import { folderWith, overpace, write } from "../support/world.ts";

const config = (more: string) =>
  `owners: { engineering: { login: octocat }, product: { login: hubot } }\nsources: [{ type: focus, path: costs/*.csv }]\n${more}`;
const days = Array.from({ length: 22 }, (_, index) => ({
  day: `2026-11-${String(index + 1).padStart(2, "0")}`,
  cost: (index > 16 ? 200 : 100) * 100,
}));
const jump = focusCsv(days.flatMap(({ day, cost }) => [charge(day, "OpenAI", "Inference", 2 * cost), charge(day, "AWS", "Compute", cost)]));

function project(more = "changes: { repositories: [acme/app], paths: [prompts/*] }\n"): string {
  return folderWith({ "config/overpace.yaml": config(more), "costs/a.csv": jump });
}
function environment(at: string) {
  const who = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.com", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.com" };
  return { ...gitEnv(), ...who, PATH: process.env["PATH"] ?? "", GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at };
}
function git(folder: string, at: string, ...words: string[]): string {
  return execFileSync("git", ["-C", folder, ...words], { env: environment(at), encoding: "utf8" });
}
function commit(folder: string, at: string, message: string, files: Record<string, string>): void {
  write(folder, files);
  git(folder, at, "add", "--all");
  git(folder, at, "commit", "--quiet", "--message", message);
}
/** A commit with something in the place of a signature: git then prints a line about it where people ask for that. */
function signed(folder: string, at: string, message: string, files: Record<string, string>): void {
  commit(folder, at, message, files);
  const signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n U1NIU0lHAAAAAQ==\n -----END SSH SIGNATURE-----\n";
  const input = git(folder, at, "cat-file", "commit", "HEAD").replace("\n\n", `\n${signature}\n`);
  const id = execFileSync("git", ["-C", folder, "hash-object", "-t", "commit", "-w", "--stdin"], {
    input,
    encoding: "utf8",
    env: environment(at),
  });
  git(folder, at, "reset", "--quiet", id.trim());
}
async function reviewOf(folder: string) {
  const { code, err } = await overpace(folder, ["weekly", "--as-of", "2026-11-23"]);
  return { code, err, text: readFileSync(join(folder, "reviews/2026/2026-W47.md"), "utf8") };
}

const query = { repositories: ["acme/app"], paths: ["prompts/*"], days: eachDay({ start: "2026-11-13", end: "2026-11-23" }) };
async function toldOf(folder: string, paths: readonly string[] = query.paths) {
  const { asked, found } = await localChanges(join(folder, "reviews"), { ...query, paths });
  return { problem: asked[0]?.problem, found: found.map(({ title, day, paths: touched }) => [title, day, ...touched]) };
}
function begun(): string {
  const folder = project();
  git(folder, "2026-11-01T00:00:00Z", "init", "--quiet", "--initial-branch", "main");
  commit(folder, "2026-11-01T10:00:00Z", "Begin", { "prompts/a.md": "a long enough prompt\n", "reviews/2026/2026-W45.md": "" });
  return folder;
}

describe("commits that may have moved cost", () => {
  test("what a branch brought came on the day it was merged, whenever it was written; one never merged did not", async () => {
    const folder = begun();
    git(folder, "2026-11-02T00:00:00Z", "checkout", "--quiet", "-b", "longer");
    commit(folder, "2026-11-02T10:00:00Z", "Old work", { "prompts/a.md": "1" });
    commit(folder, "2026-11-14T10:00:00Z", "Newer work", { "prompts/b.md": "1" });
    git(folder, "2026-11-15T00:00:00Z", "checkout", "--quiet", "-b", "never");
    commit(folder, "2026-11-15T10:00:00Z", "Never merged", { "prompts/c.md": "1" });
    git(folder, "2026-11-16T00:00:00Z", "checkout", "--quiet", "main");
    commit(folder, "2026-11-16T10:00:00Z", "Elsewhere", { "src/a.ts": "1" });
    git(folder, "2026-11-18T10:00:00Z", "merge", "--quiet", "--no-ff", "-m", "Merge pull request #12 from octocat/longer", "longer");
    const merged = [["Merge pull request #12 from octocat/longer", "2026-11-18", "prompts/a.md", "prompts/b.md"]];
    expect(await toldOf(folder)).toEqual({ problem: null, found: merged });
  });

  test("a file that was moved away, or into the paths, was touched", async () => {
    const folder = begun();
    git(folder, "2026-11-14T00:00:00Z", "mv", "prompts/a.md", "src.md");
    commit(folder, "2026-11-14T10:00:00Z", "Move away", {});
    git(folder, "2026-11-15T00:00:00Z", "mv", "src.md", "prompts/z.md");
    commit(folder, "2026-11-15T10:00:00Z", "Move back", {});
    expect((await toldOf(folder)).found).toEqual([
      ["Move back", "2026-11-15", "prompts/z.md"],
      ["Move away", "2026-11-14", "prompts/a.md"],
    ]);
  });

  test("a commit that bears an older date hides none before it", async () => {
    const folder = begun();
    commit(folder, "2026-11-17T10:00:00Z", "Longer prompt", { "prompts/a.md": "1" });
    commit(folder, "2026-11-03T10:00:00Z", "From a machine whose clock is late", { "src/a.ts": "1" });
    expect((await toldOf(folder)).found).toEqual([["Longer prompt", "2026-11-17", "prompts/a.md"]]);
  });

  test("the first commit of a shallow clone did not touch all files; that the rest is not known is said", async () => {
    const origin = begun();
    commit(origin, "2026-11-17T10:00:00Z", "Elsewhere", { "src/a.ts": "1" });
    commit(origin, "2026-11-18T10:00:00Z", "Longer prompt", { "prompts/a.md": "1" });
    commit(origin, "2026-11-24T10:00:00Z", "After the days that count", { "src/a.ts": "2" });
    const cloned = async (depth: number) => {
      const folder = folderWith();
      git(folder, "2026-11-20T00:00:00Z", "clone", "--quiet", `--depth=${depth}`, `file://${origin}`, ".");
      return toldOf(folder);
    };
    const found = [["Longer prompt", "2026-11-18", "prompts/a.md"]];
    const endsOn = (day: string) =>
      expect.stringMatching(`^the clone is shallow and ends at commit [0-9a-f]{7,} of ${day}; .*fetch-depth: 0$`);
    expect(await cloned(1)).toEqual({ problem: endsOn("2026-11-24"), found: [] });
    expect(await cloned(3)).toEqual({ problem: endsOn("2026-11-17"), found });
    expect(await cloned(4)).toEqual({ problem: null, found });
  });

  test("a commit without files counts where all do; what stands beside reviews that are not there yet is none of them", async () => {
    const folder = begun();
    git(folder, "2026-11-16T10:00:00Z", "commit", "--quiet", "--allow-empty", "-m", "Roll out");
    expect((await toldOf(folder, [])).found).toEqual([["Roll out", "2026-11-16"]]);
    commit(folder, "2026-11-17T10:00:00Z", "Below", { "app/prompts/a.md": "1" });
    const { found } = await localChanges(join(folder, "app/reviews"), { ...query, paths: ["app/prompts/*"] });
    expect(found.map(({ title }) => title)).toEqual(["Below"]);
  });

  test("of many commits the newest of the days that count are looked at, and that there are more is said", async () => {
    const folder = begun();
    commit(folder, "2026-11-14T10:00:00Z", "Longer prompt", { "prompts/a.md": "1" });
    const at = Date.parse("2026-11-17T10:00:00Z") / 1000;
    const made = Array.from({ length: 501 }, (_, index) => {
      const from = index === 0 ? "from refs/heads/main^0\n" : "";
      return `commit refs/heads/main\ncommitter a <a@example.com> ${at + index} +0000\ndata 4\nBusy\n${from}M 100644 inline prompts/b.md\ndata <<E\n${index}\nE\n`;
    });
    execFileSync("git", ["-C", folder, "fast-import", "--quiet"], { input: made.join(""), env: environment("2026-11-17T10:00:00Z") });
    const near = await localChanges(join(folder, "reviews"), { ...query, days: ["2026-11-13", "2026-11-14", "2026-11-18"] });
    expect(near.asked[0]?.problem).toBeNull();
    expect(near.found.map(({ title }) => title)).toEqual(["Longer prompt"]);
    const { problem, found } = await toldOf(folder);
    expect(problem).toBe("more than 500 commits, of which the newest were looked at");
    expect(found).toHaveLength(500);
  });

  test("settings of people that change what git prints change nothing", async () => {
    const folder = project();
    git(folder, "2026-11-14T00:00:00Z", "init", "--quiet", "--initial-branch", "main");
    for (const [key, value] of [
      ["log.showRoot", "false"],
      ["log.showSignature", "true"],
      ["diff.relative", "true"],
      ["core.quotePath", "true"],
    ] as const)
      git(folder, "2026-11-14T00:00:00Z", "config", key, value);
    commit(folder, "2026-11-14T10:00:00Z", "Begin", { "prompts/ä.md": "1", "reviews/2026/2026-W45.md": "" });
    signed(folder, "2026-11-15T10:00:00Z", "Signed", { "prompts/b.md": "1" });
    expect(await toldOf(folder)).toEqual({
      problem: null,
      found: [
        ["Signed", "2026-11-15", "prompts/b.md"],
        ["Begin", "2026-11-14", "prompts/ä.md"],
      ],
    });
  });

  test("what git cannot tell is said: a clone that lacks something, a repository without a commit", async () => {
    const folder = begun();
    commit(folder, "2026-11-17T10:00:00Z", "Longer prompt", { "prompts/a.md": "1" });
    const tree = git(folder, "2026-11-17T10:00:00Z", "rev-parse", "HEAD:prompts").trim();
    rmSync(join(folder, ".git/objects", tree.slice(0, 2), tree.slice(2)));
    const unread = "git cannot tell what its commits touched: see what `git fsck` says of the clone, or make a new one";
    expect(await toldOf(folder)).toEqual({ problem: unread, found: [] });
    const empty = project();
    git(empty, "2026-11-14T00:00:00Z", "init", "--quiet");
    expect(await toldOf(empty)).toEqual({ problem: "no commit is checked out", found: [] });
  });

  test("without paths all count but those of reviews", async () => {
    const folder = begun();
    commit(folder, "2026-11-16T10:00:00Z", "Hold the review", { "reviews/2026/2026-W46.md": "1" });
    commit(folder, "2026-11-17T10:00:00Z", "Both", { "reviews/2026/2026-W46.md": "2", "src/a.ts": "1" });
    expect((await toldOf(folder, [])).found).toEqual([["Both", "2026-11-17"]]);
    expect((await toldOf(folder, ["*"])).found).toEqual([["Both", "2026-11-17", "src/a.ts"]]);
  });
});

describe("candidate causes from the history around the reviews", () => {
  test("commits that touched the paths and tags, by UTC day; others are none", async () => {
    const folder = project();
    git(folder, "2026-11-01T00:00:00Z", "init", "--quiet", "--initial-branch", "main");
    commit(folder, "2026-11-14T23:59:59Z", "Too early", { "prompts/a.md": "0" });
    commit(folder, "2026-11-16T23:30:00-05:00", "Longer prompt", { "prompts/a.md": "1", "src/a.ts": "1" });
    commit(folder, "2026-11-18T10:00:00Z", "Elsewhere", { "src/b.ts": "1" });
    git(folder, "2026-11-18T11:00:00Z", "tag", "v7");
    const { code, err, text } = await reviewOf(folder);
    expect([code, err]).toEqual([0, ""]);
    expect(text).toMatch(
      /\*\*Candidate causes\*\* \(.*\): this repository [0-9a-f]{7,} “Longer prompt” committed Tue 17 Nov, touches prompts\/a\.md; this repository v7 released Wed 18 Nov\./,
    );
    expect(text).toContain("**Candidate causes:** the same as those of OpenAI · Inference above.");
    const { out } = await overpace(folder, ["check", "--json"]);
    expect((JSON.parse(out) as { findings: { severity: string }[] }).findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("of a shift that began in the week before: the commits before that, not those before the week", async () => {
    const folder = project();
    const costs = Array.from({ length: 60 }, (_, index) => (index < 49 ? 10_000 : 20_000));
    const shift = focusCsv(daily("2026-09-24", "OpenAI", "Inference", costs));
    write(folder, { "costs/a.csv": shift });
    git(folder, "2026-11-01T00:00:00Z", "init", "--quiet", "--initial-branch", "main");
    commit(folder, "2026-11-09T10:00:00Z", "Longer prompt", { "prompts/a.md": "1" });
    commit(folder, "2026-11-15T10:00:00Z", "A word", { "prompts/a.md": "2" });
    const { text } = await reviewOf(folder);
    expect(text).toMatch(
      /\(changes between Mon 9 Nov and Thu 12 Nov, the day it began; .*\): this repository [0-9a-f]{7,} “Longer prompt” committed Mon 9 Nov, touches prompts\/a\.md\.\n/,
    );
    expect(text).toContain("OpenAI · Inference up from Thu 12 Nov to Sun 22 Nov");
    const { out } = await overpace(folder, ["analyze", "--as-of", "2026-11-23", "--explain", "openai/inference.onset"]);
    expect(out).toContain("2026-11-12");
    expect(out).toContain("openai/inference@2026-11-12");
  });

  test("are asked for by day: neither what is older nor what is of the review date", async () => {
    const folder = project();
    git(folder, "2026-08-01T00:00:00Z", "init", "--quiet", "--initial-branch", "main");
    for (const [at, tag] of [
      ["2026-08-03T10:00:00Z", "old"],
      ["2026-11-09T00:00:00Z", "first"],
      ["2026-11-22T23:59:59Z", "last"],
      ["2026-11-23T00:00:00Z", "later"],
    ] as const) {
      commit(folder, at, tag, { "prompts/a.md": tag });
      git(folder, at, "tag", tag);
    }
    const asked = eachDay({ start: "2026-11-09", end: "2026-11-23" });
    const place = await gitPlace(folder);
    expect((place && (await localCommits(place, asked)))?.commits.map(({ subject }) => subject)).toEqual(["last", "first"]);
    expect((await localTags(folder, asked)).map(({ name }) => name)).toEqual(["last", "first"]);
  });

  test("tags are told however many are newer", async () => {
    const folder = begun();
    commit(folder, "2026-11-24T10:00:00Z", "Later", { "src/a.ts": "1" });
    const head = git(folder, "2026-11-24T10:00:00Z", "rev-parse", "HEAD").trim();
    const input = Array.from({ length: 201 }, (_, index) => `create refs/tags/later-${index} ${head}\n`).join("");
    execFileSync("git", ["-C", folder, "update-ref", "--stdin"], { input, env: environment("2026-11-24T10:00:00Z") });
    git(folder, "2026-11-17T10:00:00Z", "tag", "v7", "--annotate", "--message", "Seven");
    expect((await localTags(folder, query.days)).map(({ name }) => name)).toEqual(["v7"]);
  });

  test("without a repository it is a warning; run without --no-fetch they stay; without configuration nothing is said", async () => {
    const folder = project();
    const { code, err, text } = await reviewOf(folder);
    expect([code, err]).toEqual([0, expect.stringContaining("no git repository contains the folder of the reviews")]);
    expect(text).toContain("**Candidate causes:** none found in this repository");
    await overpace(folder, ["weekly", "--as-of", "2026-11-23", "--no-fetch"]);
    expect(readFileSync(join(folder, "reviews/2026/2026-W47.md"), "utf8")).toBe(text);
    expect((await reviewOf(project(""))).text).not.toContain("Candidate causes");
  });
});
