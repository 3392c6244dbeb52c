import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { type OutcomeInput, expectedWeek, outcomeOf } from "../../../src/core/review/outcome.ts";
import { units } from "../../support/charges.ts";

const decided = "2026-11-02";
/** Weeks that begin four weeks before the decision, each with its cost in dollars, the first day bearing it. */
const weeks = (...costs: number[]) => new Map(costs.map((cost, index) => [addDays(decided, 7 * (index - 4)), units(cost)]));
const input = (more: Partial<OutcomeInput> = {}): OutcomeInput => ({
  effect: { cost: -100 },
  decided,
  due: "2026-11-08",
  days: weeks(1000, 1010, 990, 1000, 1000, 900, 905, 895),
  firstDay: "2026-10-01",
  settled: "2026-11-29",
  ...more,
});

describe("outcomeOf", () => {
  it("compares the full settled weeks after the day with the four weeks before the decision", () => {
    expect(outcomeOf(input())).toMatchObject({ state: "measured", why: null, expected: -10_000n, measured: -10_000n, weeks: 3 });
  });

  it("gives Student's two-sample range of 80 % with pooled variance", () => {
    // Sums of squares 200 and 50 over 5 degrees of freedom: s² = 50; half the range is 1.476 × √(50 × (1/4 + 1/3)).
    const half = BigInt(Math.round(147.6 * Math.sqrt(50 * (1 / 4 + 1 / 3))));
    expect(outcomeOf(input())).toMatchObject({ low80: -10_000n - half, high80: -10_000n + half });
  });

  it.each<[string, Partial<OutcomeInput>, object]>([
    ["six settled days after the day are too early", { settled: "2026-11-14" }, { state: "too-early", weeks: 0, measured: null }],
    ["seven are a week", { settled: "2026-11-15" }, { state: "measured", weeks: 1, measured: -10_000n }],
    ["nothing settled is too early", { settled: null }, { state: "too-early" }],
    ["a date before the decision counts from the decision on", { due: "2026-10-01" }, { weeks: 4 }],
    ["one week of data before is no base", { firstDay: "2026-10-26" }, { state: "not-measurable", measured: null }],
    ["two are one", { firstDay: "2026-10-19" }, { state: "measured" }],
    ["weeks without cost count as such", { days: weeks(1000, 1000, 1000, 1000) }, { measured: -100_000n, low80: -100_000n }],
    ["at most eight weeks count", { settled: "2027-11-29" }, { weeks: 8 }],
    ["a rise is a rise", { days: weeks(100, 100, 100, 100, 100, 200, 200, 200) }, { measured: 10_000n }],
  ])("%s", (_, more, expected) => expect(outcomeOf(input(more))).toMatchObject(expected));
});

describe("expectedWeek", () => {
  const days = new Map(eachDay({ start: "2026-10-01", end: "2026-11-30" }).map((day) => [day, units(10)]));
  it.each([
    ["an amount", { cost: -130 }, -13_000n],
    ["cents", { cost: 0.29 }, 29n],
    ["a share of the last 7 days", { percent: -20 }, -1400n],
    ["a fraction of a percent", { percent: 12.5 }, 875n],
  ])("%s", (_, effect, expected) => expect(expectedWeek({ effect, decided, days })).toBe(expected));
});
