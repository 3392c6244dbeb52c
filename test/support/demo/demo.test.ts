import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stage } from "../people/stage.ts";
import { type Addresses, play } from "./play.ts";
import { openDemo, repository } from "./stage.ts";

const told: string[] = [];
let stage: Stage;
let addresses: Addresses;
beforeAll(async () => {
  stage = await openDemo();
  addresses = await play(stage, (line) => void told.push(line));
}, 40_000);
afterAll(() => stage.close());

describe("the demo", () => {
  it("leaves three merged pull requests and an open draft", async () => {
    const pulls = await stage.github.repo(repository).pulls();
    const seen = pulls.map(({ number, state, pull }) => ({ number, state, merged: pull?.merge !== null, draft: pull?.draft }));
    expect(seen).toEqual([
      { number: 1, state: "closed", merged: true, draft: false },
      { number: 3, state: "closed", merged: true, draft: false },
      { number: 5, state: "closed", merged: true, draft: false },
      { number: 7, state: "open", merged: false, draft: true },
    ]);
  });

  it("leaves reviews on main that pass the check, and no cost export", async () => {
    await stage.desk.pull();
    const { code, out } = await stage.overpace(stage.desk, ["check"], "2026-11-23T16:00:00Z");
    expect({ code, out }).toEqual({ code: 0, out: "3 review file(s): nothing to remark\n" });
    const names = Object.keys(await stage.github.repo(repository).files("main"));
    expect(names.filter((name) => name.endsWith(".md"))).toEqual([44, 45, 46].map((week) => `reviews/2026/2026-W${week}.md`));
    expect(names.filter((name) => name.includes("sample/costs"))).toEqual([]);
  });

  it("shows on each pull request what its check came to, and under the open one what is left to decide", async () => {
    const { data, pulls } = stage.github.repo(repository);
    const runs = (await pulls()).map(({ pull }) => data.checkRuns.filter(({ headSha }) => headSha === pull?.headSha));
    const conclusions = runs.map((same) => same.map(({ conclusion }) => conclusion));
    expect(conclusions).toEqual([["success"], ["success"], ["success"], ["action_required"]]);
    const comments = (await pulls()).map((issue) => issue.comments.map(({ body }) => body));
    expect(comments).toEqual([[], [], [], [expect.stringContaining("### What is left to decide")]]);
    expect(await (await fetch(addresses.pull)).text()).toContain("to decide");
  });

  it("leaves an issue for each action: two closed by their owner, which the next review says by itself, one open", async () => {
    const repo = stage.github.repo(repository);
    const seen = repo.issues().map(({ number, state, assignees }) => [number, state, assignees[0]?.login]);
    expect(seen).toEqual([
      [2, "closed", "octocat"],
      [4, "closed", "hubot"],
      [6, "open", "octocat"],
    ]);
    expect(await repo.read("reviews/2026/2026-W45.md", "main")).toContain(
      "{ id: 2026-W44-1, status: done, due: 2026-11-06, reason: null, issue: 2 }",
    );
  });

  it("refreshed the open review on top of a person's words, with a note of what moved", async () => {
    const repo = stage.github.repo(repository);
    const review = await repo.read("reviews/2026/2026-W47.md", "overpace/2026-W47");
    expect(review).toContain("- **Why:** The launch of summaries on Monday");
    expect(review).toContain("- Last 7 days: $4,696.90 → $5,191.97");
    expect(review).toContain("state: draft");
    const [refreshed, written, created] = await repo.log("overpace/2026-W47");
    expect([refreshed, written, created]).toEqual([
      expect.stringContaining("$5,191.97"),
      "octocat: Explain OpenAI before the meeting",
      expect.stringContaining("data missing"),
    ]);
  });

  it("tells of addresses that answer", async () => {
    for (const address of Object.values(addresses)) expect((await fetch(address)).status).toBe(200);
    expect(told.join("\n")).toContain(addresses.pull);
  });
});

describe("the script", () => {
  it("ends with --once, says what to open, and leaves no file behind", { timeout: 40_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "overpace-demo-test-"));
    try {
      const words = [join(import.meta.dirname, "main.ts"), "--once"];
      const { stdout, stderr } = await promisify(execFile)(process.execPath, words, { env: { ...process.env, TMPDIR: folder } });
      expect(stderr).toBe("");
      expect(stdout).toMatch(/the pull request {2}http:\/\/127\.0\.0\.1:\d+\/acme\/costs\/pull\/7\n/);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
