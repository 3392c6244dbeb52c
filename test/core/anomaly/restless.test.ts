import { describe, expect, it } from "vitest";
import { type PastRun, neededAfter } from "../../../src/core/anomaly/restless.ts";

const day = 100;
const up = (start: number, peak = 1): PastRun => ({ start, direction: "up", peak });
const down = (start: number, peak = 1): PastRun => ({ start, direction: "down", peak });
const needs = (runs: readonly PastRun[], direction: PastRun["direction"] = "up") => Number(neededAfter(runs, day, direction, 4).toFixed(2));

describe("what a day needs after earlier runs", () => {
  it.each([
    ["none", [], 4],
    ["one of a month ago: a fifth more", [up(70)], 4.8],
    ["one of the day before: half as much again besides", [up(99)], 6.44],
    ["two of them add up", [up(70), up(99)], 7.24],
    ["the oldest that is remembered", [up(55)], 4.8],
    ["one that is forgotten", [up(54)], 4],
    ["a fall counts nothing against a rise", [down(99)], 4],
    ["two far rises may be chance", [up(60, 50), up(70, 40)], 5.61],
    ["the third largest of three is usual", [up(60, 50), up(70, 30), up(80, 40)], 30],
    ["a forgotten one is not the third", [up(54, 50), up(70, 30), up(80, 40)], 5.64],
    ["a fall is not the third", [down(60, 50), up(70, 30), up(80, 40)], 5.64],
  ] as const)("%s", (_, runs, needed) => expect(needs(runs)).toBe(needed));

  it("a fall needs more after runs of either side, whatever their size", () => {
    expect(needs([up(70, 50), down(70, 50), up(80, 50)], "down")).toBe(needs([up(70), up(70), up(80)]));
  });
});
