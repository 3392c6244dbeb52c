import { describe, expect, it } from "vitest";
import { effectDays, effectOnMonth, fixes, totalEffect } from "../../../../src/core/review/effects/effect.ts";

const span = (due: string, from = "2026-11-16") => ({ month: "2026-11", from, due });

describe("effectDays", () => {
  it.each([
    ["due on the review date, the days after it count", "2026-11-16", 14],
    ["due on the day before month-end leaves one day", "2026-11-29", 1],
    ["due on the last day of the month leaves none", "2026-11-30", 0],
    ["due in the next month leaves none", "2026-12-04", 0],
    ["due on the day before the review date, the whole rest counts", "2026-11-15", 15],
    ["overdue, days already spent do not count", "2026-11-02", 15],
    ["due in an earlier month, days already spent do not count", "2026-10-31", 15],
  ])("%s", (_, due, days) => expect(effectDays(span(due))).toBe(days));

  it("has an answer at the end of all days", () => {
    expect(effectDays({ month: "9999-12", from: "9999-12-31", due: "9999-12-31" })).toBe(1);
  });

  it("of a review whose month is over leaves none", () => {
    expect(effectDays(span("2026-11-30", "2026-12-01"))).toBe(0);
  });
});

describe("effectOnMonth, in sevenths of a cent", () => {
  it.each([
    ["$130 a week less for 14 days", { cost: -130 }, 0n, -130n * 100n * 14n, 0],
    ["a rise counts as one", { cost: 12.5 }, 0n, 125n * 100n * 14n, 1],
    ["a binary fraction stays the decimal that was written", { cost: -0.1 }, 0n, -1n * 100n * 14n, 1],
    ["20 % of a slice of $2,970", { percent: -20 }, 297_000n, -20n * 297_000n * 14n, 2],
    ["an exponent is read", { cost: -1e-7 }, 0n, -1n * 100n * 14n, 7],
  ])("%s", (_, effect, last7, units, scale) => expect(effectOnMonth(effect, span("2026-11-16"), last7)).toEqual({ units, scale }));

  it("is not known in percent of what is not known", () => {
    expect(effectOnMonth({ percent: -20 }, span("2026-11-16"), null)).toBeNull();
    expect(effectOnMonth({ cost: -20 }, span("2026-11-16"), null)).not.toBeNull();
  });
});

it("totalEffect rounds the sum once, to cents", () => {
  const week = (cost: number) => effectOnMonth({ cost }, span("2026-11-29"), null) ?? { units: 0n, scale: 0 };
  expect(totalEffect([])).toBe(0n);
  expect(totalEffect([week(-500)])).toBe(-7143n);
  expect(totalEffect([week(-0.03), week(-0.03)])).toBe(-1n);
  expect(totalEffect([week(-130), week(12.5)])).toBe(-1679n);
});

describe("fixes", () => {
  const plan = 1_600_000n;
  const limit = 1_920_000n;
  const week = (cost: number, due = "2026-11-23") => effectOnMonth({ cost }, span(due), null) ?? { units: 0n, scale: 0 };
  it.each([
    ["exactly 20 % over is no fix", limit, [], false],
    ["a cent under is one", limit - 1n, [], true],
    ["a saving to exactly the limit is none", limit + 10_000n, [week(-100)], false],
    ["a cent of cost below it is one", limit + 9_999n, [week(-100)], true],
    ["a cent above it is none", limit + 10_001n, [week(-100)], false],
    ["a seventh of a cent below it is one: $1.00 a week for 1 day is 14.28… cents", limit + 14n, [week(-1, "2026-11-29")], true],
    ["and not one of 15 cents", limit + 15n, [week(-1, "2026-11-29")], false],
    ["effects add up", limit + 19_999n, [week(-100), week(-100)], true],
    ["scales of effects may differ", limit, [week(-0.5), week(0.25), week(0.249)], true],
    ["a rise undoes a saving", limit, [week(-100), week(100)], false],
    ["an action after the month has no effect on it", limit, [week(-1e6, "2026-12-01")], false],
  ])("%s", (_, pace, effects, expected) => expect(fixes(pace, plan, effects, 20)).toBe(expected));

  it("takes the threshold of the settings", () => {
    expect(fixes(1_999_999n, plan, [], 25)).toBe(true);
    expect(fixes(2_000_000n, plan, [], 25)).toBe(false);
  });
});
