import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../../src/core/day.ts";
import { type OutcomeInput, expectedWeek, outcomeOf } from "../../../../src/core/review/effects/outcome.ts";
import { units } from "../../../support/charges.ts";

const decided = "2026-11-02";
/** What each weekday cost in dollars, Monday first: the week before the decision, then the weeks from it on. */
const weeks = (...costs: number[][]) =>
  new Map(costs.flatMap((week, index) => week.map((cost, weekday) => [addDays(decided, 7 * (index - 1) + weekday), units(cost)] as const)));
const flat = (cost: number) => Array.from({ length: 7 }, () => cost);
const usual = [200, 190, 180, 170, 160, 60, 50];
const input = (more: Partial<OutcomeInput> = {}): OutcomeInput => ({
  effect: { cost: -100 },
  decided,
  due: "2026-11-08",
  days: weeks(flat(100), flat(100), flat(90), flat(80), flat(70)),
  firstDay: "2026-10-26",
  settled: "2026-11-29",
  holes: [],
  ...more,
});

describe("outcomeOf", () => {
  it("compares the full settled weeks after the day with the seven days before the decision", () => {
    expect(outcomeOf(input())).toMatchObject({ state: "measured", why: null, expected: -10_000n, measured: -14_000n, weeks: 3 });
  });

  it("compares each weekday with itself: the pattern of a week is no noise", () => {
    const less = usual.map((cost) => cost - 20);
    const found = outcomeOf(input({ days: weeks(usual, usual, less, less) }));
    const range = outcomeOf(input({ days: weeks(usual, usual, less, less), settled: "2026-11-22" }));
    expect(range).toMatchObject({ measured: -14_000n, low80: -14_000n, high80: -14_000n, weeks: 2 });
    expect(found.weeks).toBe(3);
  });

  it("holds that also when the weeks begin on another weekday than the review", () => {
    const less = usual.map((cost) => cost - 20);
    const days = weeks(usual, less, less, less);
    expect(outcomeOf(input({ days, due: "2026-11-04", settled: "2026-11-18" }))).toMatchObject({
      measured: -14_000n,
      low80: -14_000n,
      high80: -14_000n,
      weeks: 2,
    });
  });

  it("gives Student's range of 80 % over the changes of the weekdays", () => {
    // Changes of -10, -10, -10, -10, -10, -10 and -24: mean -12, sum of squares 168, s² = 28; half the range is 1.44 × √28 × √7.
    const half = BigInt(Math.round(100 * 1.44 * Math.sqrt(28 * 7)));
    const after = [90, 90, 90, 90, 90, 90, 76];
    expect(outcomeOf(input({ days: weeks(flat(100), flat(100), after), settled: "2026-11-15" }))).toMatchObject({
      measured: -8400n,
      low80: -8400n - half,
      high80: -8400n + half,
    });
  });

  it.each<[string, Partial<OutcomeInput>, object]>([
    ["six settled days after the day are too early", { settled: "2026-11-14" }, { state: "too-early", weeks: 0, measured: null }],
    ["seven are a week", { settled: "2026-11-15" }, { state: "measured", weeks: 1, measured: -7000n }],
    ["nothing settled is too early", { settled: null }, { state: "too-early" }],
    ["a date before the decision counts from the decision on", { due: "2026-10-01" }, { weeks: 4 }],
    ["six days of data before are no base", { firstDay: "2026-10-27" }, { state: "not-measurable", measured: null }],
    ["no data are no base", { firstDay: null }, { state: "not-measurable" }],
    ["a week that lacks a day is left out", { holes: [{ start: "2026-11-15", end: "2026-11-16" }] }, { weeks: 2, measured: -17_500n }],
    ["a day before the weeks is none of them", { holes: [{ start: "2026-11-07", end: "2026-11-09" }] }, { weeks: 3, measured: -14_000n }],
    ["no week that is all there is too early", { holes: [{ start: "2026-11-10", end: "2026-11-29" }] }, { state: "too-early" }],
    ["a week before that lacks a day is no base", { holes: [{ start: "2026-10-31", end: "2026-11-02" }] }, { state: "not-measurable" }],
    ["weeks without cost count as such", { days: weeks(flat(100)) }, { measured: -70_000n, low80: -70_000n }],
    ["at most eight weeks count", { settled: "2027-11-29" }, { weeks: 8 }],
    ["a rise is a rise", { days: weeks(flat(10), flat(10), flat(20), flat(20), flat(20)) }, { measured: 7000n }],
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
