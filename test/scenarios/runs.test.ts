import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { daily, focusCsv } from "../support/focus.ts";
import { filesIn, overpace, write } from "../support/world.ts";
import { project, refused, refusedOnce, review, reviewPath, reviewsOf, rows, weekly } from "./project.ts";

/** Runs after other runs: files that people changed, weeks that were missed, reviews that are closed. */

const edit = (folder: string, change: (text: string) => string) => write(folder, { [reviewPath]: change(review(folder)) });
const lineOf = (text: string, start: string) => text.split("\n").findIndex((line) => line.startsWith(start)) + 1;

async function made(): Promise<string> {
  const folder = project();
  expect((await overpace(folder, weekly)).code).toBe(0);
  return folder;
}

const moreData = { "costs/all.csv": focusCsv([...rows, ...daily("2026-11-20", "Anthropic", "Claude API", [5_000, 5_000, 5_000])]) };

describe("a review that people changed", () => {
  test.each([
    ["a front matter in the making", (text: string) => text.replace("minutes:", "minutes: [")],
    ["no period", (text: string) => text.replace(/^period:.*\n/m, "")],
    ["nothing", () => ""],
    ["bytes that are not UTF-8", (text: string) => Buffer.from(`${text}\u00e9`, "latin1")],
  ])("so that it cannot be read (%s): the next one comes in its time, and says that these actions are not known", async (_, change) => {
    const folder = await made();
    writeFileSync(join(folder, reviewPath), change(review(folder)));
    const said = "2026-W47.md: its actions cannot be read: overpace check says what is wrong";
    const { code, out, err } = await overpace(folder, ["weekly"], { now: "2026-11-30T08:00:00Z" });
    expect([code, out, err]).toEqual([0, expect.stringContaining("2026-W48.md (created)"), expect.stringContaining(said)]);
    expect(out).not.toContain("2026-W47.md");
    expect((await overpace(folder, ["actions", "--as-of", "2026-11-30"])).code).toBe(0);
  });

  test("typed into a zone: refused with its line, the file untouched, whether or not there is news", async () => {
    const folder = await made();
    edit(folder, (text) => text.replace("## 1 Pacing", "My words\n## 1 Pacing"));
    const at = `${reviewPath}:${lineOf(review(folder), "<!-- overpace:pacing -->")}`;
    expect(await refusedOnce(folder, weekly, 3)).toMatchObject({
      what: expect.stringContaining("somebody typed inside the zone `pacing`"),
      at,
      remedy: expect.stringContaining("<!-- /overpace:pacing -->"),
    });
    write(folder, moreData);
    expect(await refusedOnce(folder, weekly, 3)).toMatchObject({ at });
  });

  test("every zone typed into is named at once", async () => {
    const folder = await made();
    edit(folder, (text) => text.replace("## 1 Pacing", "A\n## 1 Pacing").replace("## 2 Top", "B\n## 2 Top"));
    expect((await refused(folder, weekly, 3)).map(({ what }) => /`([^`]+)`/.exec(what)?.[1])).toEqual(["pacing", "deltas"]);
  });

  test.each([
    [
      "a lost end marker",
      (text: string) => text.replace("<!-- /overpace:pacing -->\n", ""),
      "which is not closed",
      "<!-- overpace:end pacing -->",
    ],
    ["a zone copied", (text: string) => `${text}\n<!-- overpace:notes -->\n<!-- /overpace:notes -->\n`, "twice", null],
    ["no figures", (text: string) => text.replace(/^figures:[\s\S]*?^---$/m, "---"), "`figures` is damaged", null],
    ["an empty file", () => "", "no front matter", null],
    ["a period that is none", (text: string) => text.replace("start: 2026-11-16", "start: soon"), "`period` cannot be read", "period:"],
    ["front matter that is no YAML", (text: string) => text.replace("minutes:", "minutes: ["), "not valid YAML", null],
  ])("%s: refused with its line", async (_, change, what, marker) => {
    const folder = await made();
    edit(folder, change);
    const refusal = await refusedOnce(folder, weekly, 3);
    expect(refusal.what).toContain(what);
    expect(refusal.at).toMatch(/^reviews\/2026\/2026-W47\.md:\d+/);
    if (marker !== null) expect(refusal.at).toMatch(new RegExp(`:${lineOf(review(folder), marker)}(:|$)`));
  });

  test("prose and answers outside the zones stay, byte for byte, when figures move", async () => {
    const folder = await made();
    edit(folder, (text) =>
      text
        .replace("minutes:  ", "minutes: 27")
        .replace("<!-- overpace:end pacing -->", "We talked about *seats*.  \n\n<!-- overpace:end pacing -->"),
    );
    write(folder, moreData);
    expect((await overpace(folder, weekly)).out).toContain("(refreshed)");
    expect(review(folder)).toContain("We talked about *seats*.  \n\n<!-- overpace:end pacing -->");
    expect(review(folder)).toContain("minutes: 27");
    expect(review(folder)).toContain("Last 7 days: $700.00 → $850.00");
    const after = filesIn(folder);
    expect((await overpace(folder, weekly)).out).toContain("(unchanged)");
    expect(filesIn(folder)).toEqual(after);
  });
});

describe("the first week of all data", () => {
  const since = (day: string) => ({ "costs/all.csv": focusCsv(rows.filter((row) => (row["ChargePeriodStart"] ?? "") >= day)) });

  test("asks for no cause: minutes, an outcome and why the month is far under plan complete it", async () => {
    const folder = project(since("2026-11-16"));
    expect((await overpace(folder, weekly)).out).toContain("see where the money goes");
    expect(review(folder)).toContain("### OpenAI · Inference: +$700.00 (new)\n\n100.0 % of the week.");
    edit(folder, (text) =>
      text
        .replace(/^minutes:.*$/m, "minutes: 12")
        .replace(/^outcome:.*$/m, "outcome: no-action-needed")
        .replace(/^reason:.*$/m, "reason: The data begin on Monday, 16 November")
        .replace("state: draft", "state: held"),
    );
    const { code, out } = await overpace(folder, ["check", "--json"]);
    expect([code, JSON.parse(out)]).toEqual([0, { ok: true, findings: [] }]);
  });

  test("asks like others once older data come", async () => {
    const folder = project(since("2026-11-16"));
    await overpace(folder, weekly);
    write(folder, { "costs/more.csv": focusCsv(daily("2026-11-02", "OpenAI", "Inference", Array(14).fill(9_000) as number[])) });
    expect((await overpace(folder, weekly)).out).toContain("(refreshed)");
    expect(review(folder)).toMatch(
      /### OpenAI · Inference: \+\$70\.00 \(\+11\.1 %\)\n[^#]*\n<!-- \/overpace:delta -->\n- \*\*Expected:\*\*/,
    );
    const after = filesIn(folder);
    expect((await overpace(folder, weekly)).out).toContain("(unchanged)");
    expect(filesIn(folder)).toEqual(after);
  });

  test("lists nothing once older data show that nothing moved", async () => {
    const folder = project(since("2026-11-16"));
    await overpace(folder, weekly);
    write(folder, since("2026-11-02"));
    expect((await overpace(folder, weekly)).out).toContain("(refreshed)");
    expect(review(folder)).toContain("No service moved enough to be listed.");
    expect(review(folder)).not.toMatch(/First week|OpenAI · Inference: |no longer listed/);
  });
});

describe("dates", () => {
  test("a run whose id exists with another period refreshes the file for its own period and says which days wait", async () => {
    const folder = project();
    await overpace(folder, ["weekly", "--as-of", "2026-11-20"]);
    const before = reviewsOf(folder);
    expect(review(folder)).toContain("period: { start: 2026-11-13, end: 2026-11-20 }");
    const result = await overpace(folder, weekly);
    expect(result).toMatchObject({ code: 0, out: expect.stringContaining(`${reviewPath} (unchanged)`) });
    expect(result.err).toBe(
      `warning: ${reviewPath} keeps its period, which ends before 2026-11-20: 3 later day(s) wait for the next review\n`,
    );
    expect(reviewsOf(folder)).toEqual(before);
  });

  const words = ["weekly"];
  const idsIn = (out: string) => [...out.matchAll(/^Review: .*(\d{4}-W\d\d)\.md \(created\)$/gm)].map(([, id]) => id);

  test("without --as-of the review date is the latest Monday", async () => {
    for (const now of ["2026-11-23T00:00:00Z", "2026-11-29T23:59:59Z"]) {
      const folder = project();
      expect(idsIn((await overpace(folder, words, { now })).out)).toEqual(["2026-W47"]);
    }
  });

  test("the zone of the schedule decides which day it is", async () => {
    const auckland = { "config/overpace.yaml": `${filesIn(project())["config/overpace.yaml"]}schedule: { timezone: Pacific/Auckland }\n` };
    expect(idsIn((await overpace(project(auckland), words, { now: "2026-11-22T12:00:00Z" })).out)).toEqual(["2026-W47"]);
    expect(idsIn((await overpace(project(), words, { now: "2026-11-22T12:00:00Z" })).out)).toEqual(["2026-W46"]);
  });

  test("missed weeks are caught up oldest first, at most four at once", async () => {
    const folder = project({
      "costs/all.csv": focusCsv(
        daily(
          "2026-09-07",
          "OpenAI",
          "Inference",
          Array.from({ length: 77 }, () => 10_000),
        ),
      ),
    });
    await overpace(folder, ["weekly", "--as-of", "2026-10-05"]);
    const first = await overpace(folder, words, { now: "2026-11-23T08:00:00Z" });
    expect(idsIn(first.out)).toEqual(["2026-W41", "2026-W42", "2026-W43", "2026-W44"]);
    expect(first.err).toBe("warning: reviews after 2026-11-02 are still missing: run again to catch up (the next is 2026-11-09)\n");
    const second = await overpace(folder, words, { now: "2026-11-23T08:00:00Z" });
    expect(idsIn(second.out)).toEqual(["2026-W45", "2026-W46", "2026-W47"]);
    expect(second.err).toBe("");
    expect((await overpace(folder, words, { now: "2026-11-23T08:00:00Z" })).out).toContain("2026-W47.md (unchanged)");
  });

  test("weeks caught up late have the bytes that they would have had in time, ledger included", async () => {
    const [late, timely] = [project(), project()];
    for (const date of ["2026-11-09", "2026-11-16", "2026-11-23"]) await overpace(timely, ["weekly", "--as-of", date]);
    await overpace(late, ["weekly", "--as-of", "2026-11-09"]);
    await overpace(late, words, { now: "2026-11-25T08:00:00Z" });
    expect(reviewsOf(late)).toEqual(reviewsOf(timely));
  });
});

describe("a closed review", () => {
  function git(folder: string, ...parts: string[]): string {
    return execFileSync(
      "git",
      ["-C", folder, "-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", ...parts],
      { encoding: "utf8", stdio: "pipe", env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" } },
    );
  }

  const hold = (text: string) => text.replace("state: draft", "state: held");

  async function held(branch: string): Promise<string> {
    const folder = await made();
    git(folder, "init", "--quiet", "--initial-branch=main");
    git(folder, "add", ".");
    git(folder, "commit", "--quiet", "--message=Review");
    if (branch !== "main") git(folder, "switch", "--quiet", "--create", branch);
    edit(folder, hold);
    git(folder, "commit", "--quiet", "--all", "--message=Hold");
    write(folder, moreData);
    return folder;
  }

  test("held on main: left alone, whatever the data say", async () => {
    const folder = await held("main");
    const before = reviewsOf(folder);
    expect(await overpace(folder, weekly)).toMatchObject({ code: 0, out: expect.stringContaining(`${reviewPath} (left-alone: `) });
    expect(reviewsOf(folder)).toEqual(before);
    expect(git(folder, "status", "--short").trim()).toBe("M costs/all.csv");
    expect(JSON.parse((await overpace(folder, [...weekly, "--json"])).out)).toMatchObject({ state: "left-alone", id: "2026-W47" });
  });

  test.each(['"state": held', "'state': 'held'", "state : held", 'state:\t"held"'])("held as `%s`: left alone too", async (line) => {
    const folder = await held("main");
    edit(folder, (text) => text.replace("state: held", line));
    git(folder, "commit", "--quiet", "--all", "--message=Other words");
    const before = reviewsOf(folder);
    expect((await overpace(folder, weekly)).out).toContain("(left-alone: ");
    expect(reviewsOf(folder)).toEqual(before);
  });

  test("held on main, but typed into in the folder: still left alone", async () => {
    const folder = await held("main");
    edit(folder, (text) => text.replace("state: held", "state: draft").replace("## 1 Pacing", "x\n## 1 Pacing"));
    const before = reviewsOf(folder);
    expect((await overpace(folder, weekly)).out).toContain("(left-alone: ");
    expect(reviewsOf(folder)).toEqual(before);
  });

  test("a draft on main whose prose says state: held is no held review: it is refreshed", async () => {
    const folder = await held("main");
    edit(folder, (text) => `${text.replace("state: held", "state: draft")}\nNext time:\n\nstate: held\n`);
    git(folder, "commit", "--quiet", "--all", "--message=Draft again");
    write(folder, moreData);
    expect((await overpace(folder, weekly)).out).toMatch(/\((refreshed|unchanged)\)/);
  });

  test("held on its branch only: not closed yet, so it is refreshed", async () => {
    const folder = await held("overpace/2026-W47");
    expect((await overpace(folder, weekly)).out).toContain("(refreshed)");
    expect(review(folder)).toContain("state: held");
  });

  test("what arrives after it is closed stands in the next review", async () => {
    const folder = await held("main");
    const next = {
      "costs/all.csv": focusCsv([
        ...rows,
        ...daily("2026-11-20", "Anthropic", "Claude API", [5_000, 5_000, 5_000]),
        ...daily(
          "2026-11-23",
          "OpenAI",
          "Inference",
          Array.from({ length: 7 }, () => 10_000),
        ),
      ]),
    };
    write(folder, next);
    const closed = review(folder);
    await overpace(folder, ["weekly", "--as-of", "2026-11-30"]);
    const text = filesIn(join(folder, "reviews"))["2026/2026-W48.md"] ?? "";
    expect(text).toContain("**Restated since an earlier review:** Anthropic");
    expect(review(folder)).toBe(closed);
  });
});
