import { describe, expect, it } from "vitest";
import { compareToBase } from "../../../src/core/percent.ts";
import { triggersOf, verdictOf, weekIsUp } from "../../../src/core/review/verdict.ts";
import { thresholds, units } from "../../support/charges.ts";

const plan = units(16000);
const flat = { last7: 100n, prior7: 100n };
const verdict = (pace: bigint, week = flat, planned: bigint | null = plan) => verdictOf({ pace, plan: planned, ...week }, thresholds);

describe("verdictOf", () => {
  it.each([
    ["pace exactly 10 % above is good", plan + plan / 10n, "good"],
    ["a micro-unit more investigates", plan + plan / 10n + 1n, "investigate"],
    ["a micro-unit under 20 % above investigates", plan + plan / 5n - 1n, "investigate"],
    ["exactly 20 % above escalates", plan + plan / 5n, "escalate"],
    ["a micro-unit more escalates", plan + plan / 5n + 1n, "escalate"],
    ["exactly 10 % below is good", plan - plan / 10n, "good"],
    ["a micro-unit less checks the data", plan - plan / 10n - 1n, "check-data"],
    ["nothing at all checks the data", 0n, "check-data"],
  ])("%s", (_, pace, expected) => expect(verdict(pace)).toBe(expected));

  const prior7 = units(3950);
  const exactly = { last7: (prior7 * 6n) / 5n, prior7 };
  it("a week exactly 20 % up is good, a micro-unit more investigates", () => {
    expect(weekIsUp(exactly, thresholds)).toBe(false);
    expect(verdict(plan, exactly)).toBe("good");
    expect(verdict(plan, { ...exactly, last7: exactly.last7 + 1n })).toBe("investigate");
  });

  const up = { last7: 121n, prior7: 100n };
  it.each([
    ["the week comes before a pace below plan", 0n, up, plan, "investigate"],
    ["the pace comes before the week", plan * 2n, up, plan, "escalate"],
    ["without a plan only the week counts, up", plan * 2n, up, null, "investigate"],
    ["without a plan only the week counts, flat", plan * 2n, flat, null, "good"],
    ["a plan of 0 is none", plan * 2n, flat, 0n, "good"],
    ["without a prior week there is no rise", plan, { last7: 5n, prior7: 0n }, plan, "good"],
  ])("%s", (_, pace, week, planned, expected) => expect(verdict(pace, week, planned)).toBe(expected));

  it("a forecast that escalates fires its trigger, nothing else does", () => {
    expect(triggersOf({ pace: plan * 2n, plan, ...flat }, thresholds)).toEqual(["forecast"]);
    expect(triggersOf({ pace: plan, plan, last7: 500n, prior7: 1n }, thresholds)).toEqual([]);
  });
});

describe("compareToBase", () => {
  it.each([
    [103n, 100n, 2.5, 1],
    [1025n, 1000n, 2.5, 0],
    [1024n, 1000n, 2.5, -1],
    [999n, 1000n, -0.1, 0],
    [10n ** 30n + 1n, 10n ** 30n, 0, 1],
    [1_000_000_001n, 1_000_000_000n, 1e-7, 0],
  ])("%d against %d moved by %d %% is %d", (value, base, percent, result) => expect(compareToBase(value, base, percent)).toBe(result));
});
