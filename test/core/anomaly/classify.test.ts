import { describe, expect, it } from "vitest";
import { classify } from "../../../src/core/anomaly/classify.ts";

describe("classify", () => {
  it.each([
    ["nothing", [], "undecided"],
    ["three days, however high", [5, 5, 5], "undecided"],
    ["one day of four", [2, 0.1, -0.1, 0], "spike"],
    ["two days of four", [2, 1.8, 0.1, 0], "spike"],
    ["four days of four", [0.6, 0.7, 0.5, 0.6], "shift"],
    ["seven days, one of them noisy", [0.6, 0.2, 0.7, 0.6, 0.5, 0.1, 0.6], "shift"],
    ["a burst that fades", [3, 2, 1, 0.5, 0.2, 0.1, 0], "spike"],
    ["a level that rose, its fourth day a quiet one", [0.6, 0.7, 0.5, 0], "shift"],
    ["a burst of three days", [1, 0.9, 0.8, 0.1, 0.1, 0, 0], "spike"],
    ["a day at zero", [-1, 0, 0.05, 0], "spike"],
    ["a level that fell and stays", [-0.6, -0.5, -0.6, -0.55], "shift"],
  ] as const)("%s", (_, departures, expected) => expect(classify(departures)).toBe(expected));

  it("days after the seventh change nothing any more", () => {
    const week = [0.6, 0.7, 0.5, 0.6, 0.6, 0.5, 0.7];
    expect(classify([...week, 0, 0, 0, 0])).toBe(classify(week));
  });
});
