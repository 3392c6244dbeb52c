import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stage } from "../support/people/stage.ts";
import { lives } from "./life/expected.ts";
import { actionsIn, closeIssue, editOnMain, openLife, playWeek, revert, sync } from "./life/play.ts";
import type { Played } from "./life/play.ts";
import { weeks } from "./life/weeks.ts";

const always = ["decision", "explained", "minutes"];
const odd = ["anomalies", ...always];
const { w40, w41, w42, w43, w44, w45, w46, w47, w48, w49 } = weeks;
/** Commits by what they did. */
const shas: Record<string, string> = {};
let stage: Stage;
beforeAll(async () => void (stage = await openLife()), 40_000);
afterAll(() => stage.close());

/** Plays a week and keeps its commits under its id. */
async function play(week: (typeof weeks)[keyof typeof weeks]): Promise<Played> {
  const played = await playWeek(stage, week);
  for (const what of ["created", "held", "merged"] as const) shas[`${week.id} ${what}`] = played[what];
  return played;
}

const issue = (number: number) => {
  const found = stage.github
    .repo(stage.repository)
    .issues()
    .find((one) => one.number === number);
  return { state: found?.state, reason: found?.stateReason, to: found?.assignees.map(({ login }) => login), body: found?.body };
};
/** What `overpace actions --json` says of one action at the review of a week. */
async function standing(id: string, { date }: { date: string }) {
  const { actions } = JSON.parse(await actionsIn(stage.job, stage, date, "--json")) as {
    actions: { id: string; status: string; ageWeeks: number; slips: number; due: string; effect: Record<string, unknown> | null }[];
  };
  const found = actions.find((action) => action.id === id);
  return [found?.status, found?.ageWeeks, found?.slips, found?.due, found?.effect?.["state"], found?.effect?.["measured"]];
}

describe("the life of an action", () => {
  it("week 1: a slice jumps; what follows is an action, an issue, and nothing more", async () => {
    const { todo, sync, draft } = await play(w40);
    expect(todo).toEqual(odd);
    expect(draft).toContain('title: "Find the cause of the jump of OpenAI Inference and say what fixes it"');
    expect(sync).toEqual({ did: [1, 0, 0], problems: [] });
    expect(issue(2)).toMatchObject({ state: "open", reason: null, to: ["octocat"] });
    expect(await standing("2026-W40-1", w40)).toEqual(["open", 0, 0, "2026-10-09", "too-early", null]);
  });

  it("week 2: not done, its date moves with a reason; what runs on is not asked as a new action", async () => {
    const { todo, sync, draft } = await play(w41);
    expect(todo).toEqual([...always, "previous"]);
    expect(draft).toContain("| 2026-W40-1 | @\u200Boctocat | **2026-10-09, overdue** | 1 week | 0 |");
    expect(draft).not.toContain("id: 2026-W41-1");
    expect(sync).toEqual({ did: [0, 1, 0], problems: [] });
    expect(await standing("2026-W40-1", w41)).toEqual(["open", 1, 1, "2026-10-23", "too-early", null]);
  });

  it("week 3: carried again, so it says where it stands; a forced push leaves nothing behind; another owner by hand", async () => {
    const { todo, sync: first } = await play(w42);
    expect(todo).toEqual(["decision", "minutes", "previous"]);
    expect(first).toEqual({ did: [0, 0, 0], problems: [] });
    shas["owner"] = await editOnMain(stage, w40, ['    owner: "@octocat"', '    owner: "@hubot"'], "2026-10-20T09:00:00Z");
    expect(await sync(stage, "2026-10-20T09:01:00Z")).toEqual({ did: [0, 1, 0], problems: [] });
    expect(issue(2).to).toEqual(["hubot"]);
    expect(await standing("2026-W40-1", w42)).toEqual(["open", 2, 1, "2026-10-23", "too-early", null]);
  });

  it("week 4: its owner closes the issue, the next review says done", async () => {
    await closeIssue(stage, "hubot", 2, "2026-10-23T16:00:00Z");
    const closed = "2026-W40-1: issue #2 is closed as completed, the reviews say open: the next review says done under previous";
    expect(await sync(stage, "2026-10-23T16:01:00Z")).toEqual({ did: [0, 0, 0], problems: [closed] });
    const { todo, sync: after, draft } = await play(w43);
    expect(todo).toEqual(odd);
    expect(draft).toContain("{ id: 2026-W40-1, status: done, due: 2026-10-23, reason: null, issue: 2 }");
    expect(draft).toContain("| 2026-W40-1 | @\u200Bhubot | done, its issue is closed | 3 weeks | 1 |");
    expect(after).toEqual({ did: [0, 1, 0], problems: [] });
    expect(issue(2)).toMatchObject({ state: "closed", reason: "completed" });
    expect(await standing("2026-W40-1", w43)).toEqual(["done", 3, 1, "2026-10-23", "too-early", null]);
  });

  it("week 5: its effect is measured", async () => {
    const { todo, sync } = await play(w44);
    expect(todo).toEqual(always);
    expect(sync).toEqual({ did: [0, 0, 0], problems: [] });
    expect(await standing("2026-W40-1", w44)).toEqual(["done", 4, 1, "2026-10-23", "measured", "-272.00"]);
  });

  it("week 6: the cause returns, a second alert and a new action; its review is taken back and comes again", async () => {
    const { todo, sync: first } = await play(w45);
    expect(todo).toEqual(odd);
    expect(first).toEqual({ did: [1, 0, 0], problems: [] });
    const back = await revert(stage, shas["2026-W45 merged"] ?? "", "revert-2026-W45", "2026-11-10T09:00:00Z", "merge");
    shas["revert"] = back.reverted;
    expect(await sync(stage, "2026-11-10T09:01:00Z")).toEqual({ did: [0, 0, 1], problems: [] });
    expect(issue(8)).toMatchObject({ state: "closed", reason: "not_planned" });
    const again = await revert(stage, back.reverted, "again-2026-W45", "2026-11-10T15:00:00Z", "squash");
    shas["again"] = again.merged;
    expect(await sync(stage, "2026-11-10T15:01:00Z")).toEqual({ did: [0, 1, 0], problems: [] });
    expect(issue(8)).toMatchObject({ state: "open" });
    expect(await standing("2026-W45-1", w45)).toEqual(["open", 0, 0, "2026-11-16", undefined, undefined]);
  });

  it("week 7: quiet; the investigation ends in time, in the file, and closes the issue", async () => {
    const { todo, sync } = await play(w46);
    expect(todo).toEqual(["decision", "escalation", "explained", "minutes"]);
    expect(sync).toEqual({ did: [0, 0, 1], problems: [] });
    expect(issue(8)).toMatchObject({ state: "closed", reason: "completed" });
  });

  it("week 8: the third alert demands its answer, and gets an escalation to the boss", async () => {
    const { todo, sync } = await play(w47);
    expect(todo).toEqual(["anomalies", "decision", "escalation", "explained", "minutes", "third-alert"]);
    expect(sync).toEqual({ did: [1, 0, 0], problems: [] });
    expect(issue(13)).toMatchObject({ state: "open", reason: null, to: ["boss"] });
    for (const line of [
      "- **To decide:** @boss, by 2026-11-27",
      "- **Forecast:** $5,185.71 for the month at the current pace against a plan of $4,300.00 (+20.6 %)",
      "  1. Take the bot back from free plans\n  2. Answer free plans with the smaller model\n  3. Raise the plan of December by 900\n",
      "- **Recommendation:** Take it back: free plans brought no more sign-ups in the first week",
    ])
      expect(issue(13).body).toContain(line);
  });

  it("week 9: the boss has decided; the forecast that stays too high is waived by name and with a reason", async () => {
    await closeIssue(stage, "boss", 13, "2026-11-26T16:00:00Z");
    const { todo, sync } = await play(w48);
    expect(todo).toEqual(["decision", "escalation", "explained", "minutes"]);
    expect(sync).toEqual({ did: [0, 1, 0], problems: [] });
  });

  it("week 10: everything is closed", async () => {
    const { todo, sync, draft } = await play(w49);
    expect(todo).toEqual(odd);
    expect(draft).toContain("previous: []");
    expect(sync).toEqual({ did: [0, 0, 0], problems: [] });
    const ids = ["2026-W40-1", "2026-W45-1", "2026-W47-1"];
    expect(await Promise.all(ids.map((id) => standing(id, w49)))).toEqual([
      ["done", 9, 1, "2026-10-23", "measured", "-66.00"],
      ["done", 4, 0, "2026-11-16", undefined, undefined],
      ["done", 2, 0, "2026-11-27", undefined, undefined],
    ]);
  });

  it.each(Object.entries(lives))("%s: every line of its history is right, with the branches of squashed reviews", async (id, expected) => {
    expect(await actionsIn(stage.job, stage, w49.date, id)).toBe(expected(shas, "branches"));
  });

  it("where the branches are gone the one commit of a squashed review stands in their place", async () => {
    const repo = stage.github.repo(stage.repository);
    for (const name of Object.keys(await repo.branches())) if (name !== "main") await repo.deleteBranch(name);
    const late = await stage.clone("late");
    const ids = Object.keys(lives);
    const told = await Promise.all(ids.map((id) => actionsIn(late, stage, w49.date, id)));
    expect(told).toEqual(Object.values(lives).map((expected) => expected(shas, "squashed")));
  });
});
