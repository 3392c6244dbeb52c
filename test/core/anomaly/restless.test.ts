import { describe, expect, it } from "vitest";
import { type PastRun, needsAfter } from "../../../src/core/anomaly/restless.ts";

const day = 100;
const up = (start: number, peak = 1): PastRun => ({ start, direction: "up", peak });
const down = (start: number, peak = 1): PastRun => ({ start, direction: "down", peak });
function needs(runs: readonly PastRun[], direction: PastRun["direction"] = "up"): readonly [number, number] {
  const { needed, usual } = needsAfter(runs, day, direction, 4);
  return [Number(needed.toFixed(2)), usual];
}

describe("what a day needs after earlier runs", () => {
  it.each([
    ["none", [], 4, 0],
    ["one of a month ago: a fifth more", [up(70)], 4.8, 0],
    ["one of the day before: half as much again besides", [up(99)], 6.44, 0],
    ["two of them add up", [up(70), up(99)], 7.24, 0],
    ["the oldest that is remembered", [up(55)], 4.8, 0],
    ["one that is forgotten", [up(54)], 4, 0],
    ["a fall counts like a rise", [down(99)], 6.44, 0],
    ["two far rises may be chance", [up(60, 50), up(70, 40)], 5.61, 0],
    ["the third largest of three is usual", [up(60, 50), up(70, 30), up(80, 40)], 6.44, 30],
    ["a forgotten one is not the third", [up(54, 50), up(70, 30), up(80, 40)], 5.64, 0],
    ["a fall is not the third", [down(60, 50), up(70, 30), up(80, 40)], 6.44, 0],
  ] as const)("%s", (_, runs, needed, usual) => expect(needs(runs)).toEqual([needed, usual]));

  it("a fall needs more after runs of either side, whatever their size", () => {
    expect(needs([up(70, 50), down(70, 50), up(80, 50)], "down")).toEqual(needs([up(70), up(70), up(80)]).with(1, 0));
  });
});
