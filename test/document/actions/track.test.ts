import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { openActions, pastActions } from "../../../src/document/actions/history.ts";
import { type ActionSource, ageWeeks, isOverdue, trackActions } from "../../../src/document/actions/track.ts";
import type { Action, CarriedAction } from "../../../src/document/front-matter/schema.ts";

const ends = { W44: "2026-11-02", W45: "2026-11-09", W46: "2026-11-16", W47: "2026-11-23" } as const;
type Week = keyof typeof ends;

const action = (id: string, more: Partial<Action> = {}): Action =>
  ({ id, decision: "investigate", title: `Title of ${id}`, owner: "@octocat", due: "2026-11-06", status: "open", ...more }) as Action;
const entry = (id: string, more: Partial<CarriedAction> = {}): CarriedAction => ({ id, status: "open", due: "2026-11-06", ...more });
const week = (name: Week, actions: Action[], previous: CarriedAction[] = [], state: "held" | "draft" = "held"): ActionSource => ({
  review: `2026-${name}`,
  period: { end: ends[name] },
  state,
  next: addDays(ends[name], 7),
  actions,
  previous,
});

const a = "2026-W44-1";
const first = week("W44", [action(a)]);

describe("trackActions", () => {
  it.each<[string, ActionSource[], object]>([
    ["as decided", [first], { status: "open", due: "2026-11-06", slips: 0, closed: null, held: true, decided: "2026-11-02" }],
    ["without a date it is due at the next review", [week("W44", [action(a, { due: null })])], { due: "2026-11-09" }],
    ["the latest appearance counts", [first, week("W45", [], [entry(a, { status: "done" })])], { status: "done", closed: "2026-11-09" }],
    ["a later date is a slip", [first, week("W45", [], [entry(a, { due: "2026-11-07" })])], { due: "2026-11-07", slips: 1 }],
    ["the same date is none", [first, week("W45", [], [entry(a)])], { slips: 0 }],
    ["an earlier date is none", [first, week("W45", [], [entry(a, { due: "2026-11-05" })])], { due: "2026-11-05", slips: 0 }],
    [
      "each move away counts, from where the one before left it",
      [
        first,
        week("W45", [], [entry(a, { due: "2026-11-13" })]),
        week("W46", [], [entry(a, { due: "2026-11-10" })]),
        week("W47", [], [entry(a, { due: "2026-11-12" })]),
      ],
      { slips: 2, due: "2026-11-12" },
    ],
    [
      "closed is when it was first found closed",
      [first, week("W45", [], [entry(a, { status: "done" })]), week("W46", [], [entry(a, { status: "done" })])],
      { closed: "2026-11-09" },
    ],
    [
      "opened again",
      [first, week("W45", [], [entry(a, { status: "done" })]), week("W46", [], [entry(a)])],
      { status: "open", closed: null },
    ],
    ["dropped with its reason", [first, week("W45", [], [entry(a, { status: "dropped", reason: "Too dear" })])], { reason: "Too dear" }],
    ["an issue stays known", [first, week("W45", [], [entry(a, { issue: 7 })]), week("W46", [], [entry(a)])], { issue: 7 }],
    [
      "what a draft says of earlier actions does not count",
      [first, week("W45", [], [entry(a, { status: "done" })], "draft")],
      { status: "open" },
    ],
    [
      "a review says nothing of its own actions under previous",
      [week("W44", [action(a)], [entry(a, { status: "done" })])],
      { status: "open" },
    ],
    ["its own draft", [week("W44", [action(a)], [], "draft")], { held: false }],
    ["done in its own review, on no known day", [week("W44", [action(a, { status: "done" })])], { status: "done", closed: null }],
  ])("%s", (_, reviews, expected) => expect(trackActions(reviews).get(a)).toMatchObject(expected));

  it("knows nothing of an action that no review decided", () => {
    expect(trackActions([week("W45", [], [entry("2026-W01-1")])]).size).toBe(0);
  });
});

describe("age and overdue", () => {
  const [tracked] = [...trackActions([first]).values()];
  it.each([
    ["2026-11-02", 0, false],
    ["2026-11-06", 1, false],
    ["2026-11-07", 1, true],
    ["2026-11-16", 2, true],
    ["2026-10-26", 0, false],
  ])("on %s", (asOf, age, overdue) => {
    if (!tracked) return expect.fail("nothing is tracked");
    expect([ageWeeks(tracked, asOf), isOverdue(tracked, asOf)]).toEqual([age, overdue]);
  });
});

describe("openActions", () => {
  it("carries what is open of earlier held reviews, with age, slips and what it is to change", () => {
    const reviews = [
      week("W44", [action(a, { about: "openai/inference", effect: { cost: -130 } }), action("2026-W44-2", { status: "done" })]),
      week("W45", [action("2026-W45-1", { due: "2026-11-20" })], [entry(a, { due: "2026-11-13", issue: 4 })]),
      week("W46", [action("2026-W46-1")], [], "draft"),
      week("W47", [action("2026-W47-1")]),
    ];
    const { carried, shown } = openActions(reviews, ends.W47);
    expect(carried).toEqual([
      { id: a, status: "open", due: "2026-11-13", reason: null, issue: 4 },
      { id: "2026-W45-1", status: "open", due: "2026-11-20", reason: null, issue: null },
    ]);
    expect(shown).toMatchObject([
      { id: a, ageWeeks: 3, slips: 1, overdue: true, ended: null, about: "openai/inference", effect: { cost: -130 } },
      { id: "2026-W45-1", ageWeeks: 2, slips: 0, overdue: true, ended: null, about: null, effect: null },
    ]);
  });
});

describe("pastActions", () => {
  it("holds what is done of earlier held reviews and said what it changes where", () => {
    const stated = { about: "openai/inference", effect: { cost: -130 } };
    const reviews = [
      week("W44", [action(a, stated), action("2026-W44-2", { ...stated, status: "dropped" }), action("2026-W44-3", { status: "done" })]),
      week("W45", [action("2026-W45-1", stated)], [entry(a, { status: "done", due: "2026-11-06" })]),
      week("W46", [action("2026-W46-1", { ...stated, status: "done" })], [], "draft"),
    ];
    expect(pastActions(reviews, ends.W47)).toMatchObject([{ id: a, ...stated, decided: ends.W44, due: "2026-11-06" }]);
    expect(pastActions(reviews, ends.W45)).toEqual([]);
  });
});
