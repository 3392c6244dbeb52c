import { describe, expect, it } from "vitest";
import { moneyText } from "../../../src/core/format.ts";
import { type HeadlineFigures, movedFigures, saysFirstWeek, statedFigures } from "../../../src/document/front-matter/figures.ts";

describe("movedFigures", () => {
  const print = (cents: bigint) => moneyText(cents, "USD");
  const before = {
    last7: "4100.00",
    plan: "16000.00",
    settledThrough: "2026-11-21",
    verdict: "good",
    deltas: { "a/b": "10.00", "c/d": "-5.00" },
  };
  const moved = (after: object, old: Readonly<Record<string, unknown>> = before) =>
    movedFigures(old, { ...before, ...after } as unknown as HeadlineFigures, print);

  it.each<[string, object, string[]]>([
    ["nothing", {}, []],
    ["an amount", { last7: "4200.00" }, ["Last 7 days: $4,100.00 → $4,200.00"]],
    ["a plan that is taken away", { plan: null }, ["Plan for the month: $16,000.00 → none"]],
    ["a day", { settledThrough: "2026-11-22" }, ["Final through: 2026-11-21 → 2026-11-22"]],
    [
      "several, in the order of the review",
      { verdict: "investigate", last7: "1.00" },
      ["Last 7 days: $4,100.00 → $1.00", "Verdict: good → investigate"],
    ],
    ["a figure that the older version did not know", { pace: "1.00" }, []],
    [
      "deltas, by their ids",
      { deltas: { "c/d": "-6.00", "b/a": "1.00" } },
      ["Delta `a/b`: $10.00 → not listed", "Delta `b/a`: not listed → $1.00", "Delta `c/d`: -$5.00 → -$6.00"],
    ],
    ["deltas in another order", { deltas: { "c/d": "-5.00", "a/b": "10.00" } }, []],
  ])("%s", (_, after, lines) => expect(moved(after)).toEqual(lines));

  it.each<[string, Readonly<Record<string, unknown>>, string[]]>([
    ["a plan that was not there", { ...before, plan: null }, ["Plan for the month: none → $16,000.00"]],
    ["deltas that are none", { ...before, deltas: null }, ["Delta `a/b`: not listed → $10.00", "Delta `c/d`: not listed → -$5.00"]],
  ])("from %s", (_, old, lines) => expect(moved({}, old)).toEqual(lines));
});

describe("statedFigures", () => {
  it.each<[unknown, bigint | null]>([
    ["4100.05", 410_005n],
    ["-0.50", -50n],
    ["4100", null],
    [4100, null],
    ["1e3", null],
    [null, null],
    [undefined, null],
  ])("an amount of %j", (pace, cents) => expect(statedFigures({ pace }).pace).toBe(cents));

  it("what cannot be read counts as not there, and the rest is read", () => {
    expect(
      statedFigures({ currency: 7, triggers: "forecast", deltas: { a: "1.00", b: "much" }, firstDay: "soon", plan: "2.00" }),
    ).toMatchObject({
      currency: "USD",
      triggers: [],
      deltas: { a: 100n, b: null },
      firstDay: null,
      plan: 200n,
    });
  });
});

it.each([
  ["2026-11-15", false],
  ["2026-11-16", true],
  ["2026-11-17", true],
  [undefined, false],
  [20261117, false],
])("with data from %s a review of 2026-11-16 is the first: %s", (firstDay, first) => {
  expect(saysFirstWeek({ figures: { firstDay }, period: { start: "2026-11-16" } })).toBe(first);
});
