import { describe, expect, it } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { missingPriorDays } from "../../../src/core/review/data/beginning.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { weekBefore } from "../../../src/core/weeks.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

describe("the week", () => {
  it.each([
    ["2026-11-23", "2026-11-16", "2026-W47"],
    ["2027-01-04", "2026-12-28", "2026-W53"],
    ["2026-11-26", "2026-11-19", "2026-W48"],
    ["2026-01-01", "2025-12-25", "2026-W01"],
  ])("before %s begins on %s and is %s", (asOf, start, id) => {
    expect(weekBefore(asOf)).toEqual({ id, period: { start, end: asOf }, prior: { start: addDays(start, -7), end: start } });
  });
});

describe("totals", () => {
  const week = (day: string) => [
    charge({ day, cost: units(10) }),
    charge({ day, category: "Purchase", frequency: "Recurring", cost: units(5) }),
    charge({ day, category: "Tax", cost: units(1) }),
    charge({ day, category: "Credit", cost: units(-4) }),
  ];
  const review = reviewOf(
    reviewInput({ charges: [...week("2026-11-09"), ...week("2026-11-22"), charge({ day: "2026-11-08", cost: units(99) })] }),
  );
  it("contain every category by charge day, usage stands apart", () => {
    expect(review.total).toMatchObject({ last7: 1200n, prior7: 1200n, change: 0n, percent: 0 });
    expect(review.usage).toMatchObject({ last7: 1000n, prior7: 1000n });
    expect(review.otherCategories.map(({ category, amounts }) => [category, amounts.last7])).toEqual([
      ["Purchase", 500n],
      ["Tax", 100n],
      ["Credit", -400n],
    ]);
  });

  it("the cents of categories add up to the total's", () => {
    const cents = reviewOf(
      reviewInput({ charges: (["Usage", "Tax", "Purchase"] as const).map((category) => charge({ category, cost: 5_000n })) }),
    );
    expect([cents.total.last7, cents.usage.last7, ...cents.otherCategories.map(({ amounts }) => amounts.last7)]).toEqual([2n, 1n, 1n, 0n]);
  });

  it("the other cost basis is shown when it differs by more than 1 %", () => {
    const other = (billed: number) =>
      reviewOf(reviewInput({ charges: [charge({ effective: units(100), billed: units(billed) })] })).otherBasis;
    expect([other(101), other(99), other(101.000001), other(0)]).toEqual([
      null,
      null,
      { basis: "billed", last7: 10_100n },
      { basis: "billed", last7: 0n },
    ]);
  });

  it("what no rule allocates is named with its share", () => {
    const found = reviewOf(reviewInput({ charges: [charge({ cost: units(1) }), charge({ cost: units(3), tags: '{"feature":"f"}' })] }));
    expect(found.unallocated).toEqual([
      { target: "feature", amount: 100n, percent: 25 },
      { target: "customer", amount: 400n, percent: 100 },
      { target: "team", amount: 400n, percent: 100 },
    ]);
  });

  it("weeks and days of the trend begin with the data", () => {
    const found = reviewOf(reviewInput({ charges: daily({ start: "2026-11-04", end: "2026-11-23" }, { cost: units(1) }) }));
    expect(found.weeks.map(({ period, total }) => [period.start, total])).toEqual([
      ["2026-11-09", 700n],
      ["2026-11-16", 700n],
    ]);
    expect(missingPriorDays(found)).toBe(0);
    expect(missingPriorDays(reviewOf(reviewInput({ charges: daily({ start: "2026-11-12", end: "2026-11-23" }, {}) })))).toBe(3);
    expect(missingPriorDays(reviewOf(reviewInput()))).toBe(7);
  });
});

describe("what has not arrived", () => {
  const throughFriday = daily({ start: "2026-10-05", end: "2026-11-21" }, { cost: units(10) });
  const missing = (settled: string, settlingDays: number) => {
    const counting = [{ name: "focus", settlingDays }] as const;
    return reviewOf(reviewInput({ charges: throughFriday, sources: [source(settled)], counting })).arrivals.map((one) => [
      one.lastDay,
      one.missing,
    ]);
  };
  it("is no weekend without use, where the source answered for it", () => {
    expect(missing("2026-11-21", 1)).toEqual([["2026-11-22", 0]]);
    expect(missing("2026-11-20", 0)).toEqual([["2026-11-20", 2]]);
  });
});

describe("fewer than seven days of history", () => {
  it("give a total, no percentage and a pace from the days there are", () => {
    const review = reviewOf(reviewInput({ charges: daily({ start: "2026-11-20", end: "2026-11-23" }, { cost: units(10) }) }));
    expect(review).toMatchObject({
      total: { last7: 3_000n, prior7: 0n, percent: null },
      verdict: "good",
      weeks: [],
      anomalies: [],
      yesterday: null,
    });
    expect(review.month.pace.total).toBe(11_000n);
  });
});
