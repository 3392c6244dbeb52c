import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../../src/core/day.ts";
import { closedMonths } from "../../../../src/core/review/month/closed-months.ts";
import { type Commitment, daysLeft, saidBefore, trackRecordOf } from "../../../../src/core/review/month/track-record.ts";
import { units } from "../../../support/charges.ts";

const said = (month: string, pace: bigint, total: bigint, daysToCome = 10, reach = 500n): Commitment => ({
  asOf: `${month}-16`,
  month,
  daysToCome,
  pace,
  model: { total, low80: total - reach, high80: total + reach },
});
const closed = [
  { month: "2026-09", total: 10_000n },
  { month: "2026-10", total: 20_000n },
];

describe("the record of forecasts", () => {
  it("counts below ten forecasts, and puts nothing in percent", () => {
    const record = trackRecordOf([said("2026-09", 11_000n, 10_400n), said("2026-10", 19_900n, 21_000n, 3)], closed);
    expect(record).toMatchObject({
      forecasts: 2,
      months: ["2026-09", "2026-10"],
      inside: 1,
      closer: 1,
      skill: null,
      model: { wape: null, bias: null, high: 2, low: 0 },
      pace: { wape: null, bias: null, high: 1, low: 1 },
    });
    expect(record?.horizons.map(({ weeks, forecasts, inside }) => [weeks, forecasts, inside])).toEqual([
      [1, 1, 0],
      [2, 1, 1],
    ]);
  });

  it("from ten on says how far they were off, in which direction, and how much better than the pace", () => {
    const ten = Array.from({ length: 10 }, (_, index) => said("2026-09", 12_000n, index < 5 ? 11_000n : 9_800n));
    expect(trackRecordOf(ten, closed)).toMatchObject({
      forecasts: 10,
      model: { wape: 6, bias: 4, high: 5 },
      pace: { wape: 20, bias: 20, high: 10 },
      inside: 5,
      skill: 70,
    });
  });

  it.each([
    ["on its low end", 10_500n, 1],
    ["a cent below it", 10_501n, 0],
    ["on its high end", 9_500n, 1],
    ["a cent above it", 9_499n, 0],
  ])("a month end lies inside the range %s", (_, total, inside) =>
    expect(trackRecordOf([said("2026-09", 12_000n, total)], closed)).toMatchObject({ inside }),
  );

  it("is closer only where it missed by less; a week is told by the full and begun weeks to come; months stand in order", () => {
    const record = trackRecordOf(
      [said("2026-10", 20_300n, 19_700n, 14), said("2026-09", 10_300n, 9_701n, 15), said("2026-10", 20_300n, 19_699n, 7)],
      closed,
    );
    expect(record).toMatchObject({ closer: 1, months: ["2026-09", "2026-10"] });
    expect(record?.horizons.map(({ weeks, closer }) => [weeks, closer])).toEqual([
      [1, 0],
      [2, 0],
      [3, 1],
    ]);
  });

  it.each([
    ["of a month that is not over", said("2026-11", 1n, 1n)],
    ["of a month that was over", said("2026-10", 1n, 1n, 0)],
    ["without the model", { ...said("2026-10", 1n, 1n), model: null }],
  ])("a forecast %s does not count", (_, commitment) => expect(trackRecordOf([commitment], closed)).toBeNull());

  it("what was right to the cent was neither too high nor too low", () => {
    const record = trackRecordOf([said("2026-09", 10_000n, 10_000n), said("2026-10", 20_000n, 19_999n)], closed);
    expect(record).toMatchObject({ forecasts: 2, model: { high: 0, low: 1 }, pace: { high: 0, low: 0 } });
  });

  it("agrees with the plain definitions", () => {
    const one = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 31 }));
    fc.assert(
      fc.property(fc.array(one, { minLength: 10, maxLength: 30 }), (list) => {
        const record = trackRecordOf(
          list.map(([pace, total, days]) => said("2026-10", BigInt(pace), BigInt(total), days)),
          closed,
        );
        const off = (of: readonly number[]) => of.reduce((total, value) => total + Math.abs(value - 20_000), 0) / (20_000 * of.length);
        const [paces, totals] = [list.map(([pace]) => pace), list.map(([, total]) => total)];
        expect(record?.model.wape).toBeCloseTo(100 * off(totals), 0);
        expect(record?.pace.wape).toBeCloseTo(100 * off(paces), 0);
        if (off(paces) > 0.01) expect((record?.skill ?? 0) / 100).toBeCloseTo(1 - off(totals) / off(paces), 1);
        expect(record?.horizons.reduce((total, { forecasts }) => total + forecasts, 0)).toBe(list.length);
      }),
    );
  });
});

describe("months that are over", () => {
  const daily = new Map(eachDay({ start: "2026-08-17", end: "2026-11-23" }).map((day) => [day, units(1)]));
  it("are those whose every day is in the data and settled; corrections count in the month that bills them", () => {
    const corrections = [{ billingPeriod: "2026-10-01", amount: units(-4) }];
    expect(closedMonths(daily, corrections, "2026-08-17", "2026-11-22")).toEqual([
      { month: "2026-09", total: 3_000n, corrections: 0n },
      { month: "2026-10", total: 2_700n, corrections: -400n },
    ]);
  });
  it.each([
    ["2026-09-01", "2026-10-30", ["2026-09"]],
    ["2026-09-01", "2026-10-31", ["2026-09", "2026-10"]],
    ["2026-09-02", "2026-10-30", []],
    ["2026-12-30", "2027-01-31", ["2027-01"]],
    [null, "2026-10-30", []],
    ["2026-09-01", null, []],
  ])("from %s, settled through %s", (first, settled, months) =>
    expect(closedMonths(daily, [], first, settled).map(({ month }) => month)).toEqual(months),
  );
});

it.each([
  ["2026-11-22", 8],
  ["2026-11-30", 0],
  ["2026-10-28", 30],
  [null, 30],
  [addDays("2026-11-30", 40), 0],
])("settled through %s, %d days of November are to come", (settled, days) => expect(daysLeft("2026-11", settled)).toBe(days));

it.each([
  ["2026-11-23", "2026-11", 1_000n],
  ["2026-11-24", "2026-11", null],
  ["2026-11-30", "2026-11", null],
  ["2026-11-23", "2026-12", null],
])("what the review a week before %s said of %s", (asOf, month, pace) =>
  expect(saidBefore([said("2026-10", 900n, 1n), said("2026-11", 1_000n, 1n)], asOf, month)).toBe(pace),
);
