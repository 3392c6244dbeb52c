import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../../../../src/core/day.ts";
import type { ReviewInput } from "../../../../src/core/review/input.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { planSchema } from "../../../../src/core/settings/plan.ts";
import { settledThroughOf } from "../../../../src/core/slices/settled.ts";
import { charge, daily, reviewInput, source, units } from "../../../support/charges.ts";

const plan = (months: unknown) => planSchema.parse({ currency: "USD", months });
const month = (part: Partial<ReviewInput>) => reviewOf(reviewInput(part)).month;
const late = charge({ day: "2026-10-20", billingPeriod: "2026-11-01", correction: true, cost: units(-5) });
const ten = (start: string, end: string) => daily({ start, end }, { cost: units(10) });

describe("month to date and plan to date", () => {
  it("run through the earliest settled day of the sources without a problem", () => {
    const sources = [source("2026-11-22", "a"), source("2026-11-20", "b"), source("2026-11-02", "c", "refused"), source(null, "d")];
    expect(settledThroughOf(sources)).toBe("2026-11-20");
    expect(settledThroughOf([source("2026-11-02", "c", "refused")])).toBeNull();
    const charges = ["a", "b"].flatMap((name) => daily({ start: "2026-11-01", end: "2026-11-23" }, { cost: units(1), source: name }));
    expect(month({ charges, sources, plan: plan({ "2026-11": 30 }) }).toDate).toEqual({ total: 4000n, plan: 2000n, percent: 100 });
  });

  it("before the month both are 0 and the percentage is unknown", () => {
    const found = month({
      asOf: "2026-12-02",
      charges: ten("2026-11-01", "2026-11-30"),
      sources: [source("2026-11-29")],
      plan: plan({ "2026-12": 310 }),
    });
    expect(found).toMatchObject({ month: "2026-12", toDate: { total: 0n, plan: 0n, percent: null }, pace: { total: 31_000n, percent: 0 } });
  });

  it("without a plan there is a total and nothing to compare it with", () => {
    const found = month({ charges: ten("2026-11-01", "2026-11-23") });
    expect(found).toMatchObject({ planTotal: null, toDate: { total: 22_000n, plan: null, percent: null }, pace: { percent: null } });
  });

  it.each([
    ["first day of the month", "2026-11-02", "2026-11-01", 1_000n, 1_000n],
    ["last day of the month", "2026-12-01", "2026-11-30", 30_000n, 30_000n],
    ["last day, unsettled", "2026-12-01", "2026-11-28", 28_000n, 28_000n],
  ])("%s", (_, asOf, settled, total, planned) => {
    const found = month({ asOf, charges: ten("2026-10-01", asOf), sources: [source(settled)], plan: plan({ "2026-11": 300 }) });
    expect(found).toMatchObject({ month: "2026-11", toDate: { total, plan: planned, percent: 0 }, pace: { total: 30_000n, percent: 0 } });
  });

  it("a review date in the next month counts the days of that month", () => {
    const found = month({
      asOf: "2026-12-03",
      charges: ten("2026-11-01", "2026-12-03"),
      sources: [source("2026-12-02")],
      plan: plan({ "2026-12": 310 }),
    });
    expect(found).toMatchObject({ month: "2026-12", toDate: { total: 2_000n, plan: 2_000n }, pace: { total: 31_000n } });
  });

  it("a February has 28 days", () => {
    const found = month({
      asOf: "2027-02-22",
      charges: ten("2027-02-01", "2027-02-22"),
      sources: [source("2027-02-21")],
      plan: plan({ "2027-02": 280 }),
    });
    expect(found).toMatchObject({ toDate: { total: 21_000n, plan: 21_000n }, pace: { total: 28_000n, daysToCome: 7 } });
  });
});

describe("a correction of an earlier month", () => {
  it("counts to date in the month that bills it, on a line of its own, and nowhere else", () => {
    const charges = [...ten("2026-10-01", "2026-11-23"), late];
    const review = reviewOf(reviewInput({ charges }));
    expect(review.month).toMatchObject({ corrections: -500n, toDate: { total: 21_500n }, pace: { total: 29_500n, perDay: 1_000n } });
    expect(review.total).toMatchObject({ last7: 7_000n, prior7: 7_000n });
    const october = reviewOf(
      reviewInput({ asOf: "2026-10-26", charges: charges.filter(({ day }) => day < "2026-10-26"), sources: [source("2026-10-25")] }),
    );
    expect(october.month).toMatchObject({ corrections: 0n, toDate: { total: 25_000n } });
    expect(october.total.last7).toBe(7_000n);
  });

  it("of the month itself is part of its day", () => {
    const own = charge({ day: "2026-11-20", correction: true, cost: units(-5) });
    const review = reviewOf(reviewInput({ charges: [...ten("2026-11-01", "2026-11-23"), own] }));
    expect(review.month).toMatchObject({ corrections: 0n, toDate: { total: 21_500n } });
    expect(review.total.last7).toBe(6_500n);
  });
});

describe("planned slices", () => {
  const charges = [
    ...ten("2026-11-01", "2026-11-23"),
    ...daily({ start: "2026-11-01", end: "2026-11-23" }, { provider: "Amazon Web Services", service: "S3", cost: units(1) }),
  ];
  it.each(["openai", "OpenAI", "openai/inference", "OpenAI/Inference"])("%s is found by its id or as printed", (name) => {
    expect(month({ charges, plan: plan({ "2026-11": { slices: { [name]: 300 } } }) }).slices).toEqual([
      { name, total: 22_000n, plan: 22_000n, percent: 0, isMissing: false },
    ]);
  });
  it("a slice without cost stands at 0", () => {
    expect(month({ charges, plan: plan({ "2026-11": { slices: { pinecone: 30 } } }) }).slices).toEqual([
      { name: "pinecone", total: 0n, plan: 2_200n, percent: -100, isMissing: false },
    ]);
  });
});

describe("the movement of the forecast", () => {
  const grown = [...ten("2026-11-01", "2026-11-16"), ...daily({ start: "2026-11-16", end: "2026-11-23" }, { cost: units(20) })];

  it("is what the days since cost, less what was counted for them, and the new pace of the days to come", () => {
    const found = month({ charges: grown });
    expect(found.pace.total).toBe(45_000n);
    expect(found.movement).toMatchObject({
      before: 30_000n,
      change: 15_000n,
      actuals: 14_000n,
      elapsed: -7_000n,
      level: 8_000n,
      plan: null,
    });
  });

  it("a fee is part of what the days cost, and moves no level", () => {
    const fee = charge({ day: "2026-11-18", category: "Purchase", frequency: "Recurring", cost: units(50) });
    expect(month({ charges: [...ten("2026-11-01", "2026-11-23"), fee] }).movement).toMatchObject({
      actuals: 12_000n,
      elapsed: -7_000n,
      level: 0n,
    });
  });

  it("a source that delivered nothing since moves nothing, a new one all it brings", () => {
    const sources = [source("2026-11-14"), source("2026-11-22", "new")];
    const charges = [
      ...ten("2026-11-01", "2026-11-15"),
      ...daily({ start: "2026-11-19", end: "2026-11-23" }, { source: "new", cost: units(7) }),
    ];
    expect(month({ charges, sources }).movement).toMatchObject({ actuals: 2_800n, elapsed: 0n, level: 5_600n });
  });

  it("goes from what the review of a week ago said, whatever days are not final yet", () => {
    const counting = [{ name: "focus", settlingDays: 3 }];
    const at = (asOf: string, settled: string) =>
      month({ asOf, charges: grown.filter(({ day }) => day < asOf), sources: [source(settled)], counting });
    const [before, now] = [at("2026-11-18", "2026-11-14"), at("2026-11-23", "2026-11-19")];
    expect(now.movement).toMatchObject({ before: 30_000n, actuals: 11_000n, elapsed: -7_000n });
    expect(at("2026-11-25", "2026-11-21").movement?.before).toBe(before.pace.total);
  });

  it("has no part of days to come where none is: what is left of a cent belongs to the days since", () => {
    for (const tenths of [10.001, 10.002, 10.003, 10.004, 10.005, 10.006]) {
      const charges = [
        ...ten("2026-11-01", "2026-11-10"),
        ...daily({ start: "2026-11-10", end: "2026-11-24" }, { cost: units(tenths * 2) }),
        ...daily({ start: "2026-11-24", end: "2026-12-01" }, { cost: units(tenths) }),
      ];
      const found = month({ asOf: "2026-12-01", charges, sources: [source("2026-11-30")] }).movement ?? expect.fail("no movement");
      expect(found.level).toBe(0n);
      expect(found.actuals + found.elapsed).toBe(found.change);
    }
  });

  it("names by how much the plan was changed since", () => {
    const versions = [{ from: "2026-11-18", amount: 350 }];
    const found = month({ charges: grown, plan: plan({ "2026-11": { amount: 300, versions } }) });
    expect(found.movement?.plan).toBe(5_000n);
  });

  it("is known where the week before ended in the same month", () =>
    expect(month({ asOf: "2026-11-05", charges: ten("2026-10-01", "2026-11-05"), sources: [source("2026-11-04")] }).movement).toBeNull());

  it("what the days since cost is what the week is printed to cost, to the cent", () => {
    const costs = fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 28, maxLength: 28 });
    fc.assert(
      fc.property(costs, (list) => {
        const charges = list.map((cost, index) => charge({ day: addDays("2026-10-26", index), cost }));
        const { total, month: found } = reviewOf(reviewInput({ charges }));
        expect(found.movement).toMatchObject({ actuals: total.last7, elapsed: -total.prior7 });
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["in the week: it was still counted on", "2026-11-17", 1, 30_000n],
    ["on the review date before: it was over", "2026-11-16", 0, 15_000n],
  ])("a source that ended %s", (_, until, days, before) => {
    const charges = daily({ start: "2026-11-01", end: addDays("2026-11-16", days) }, { cost: units(10) });
    const found = month({ charges, sources: [{ ...source("2026-11-22"), until }] });
    expect(found.movement).toMatchObject({ before, actuals: BigInt(days) * 1_000n });
    expect(found.pace.total).toBe(15_000n + BigInt(days) * 1_000n);
  });

  it("tells days of one source that are behind it and days of another that are to come apart", () => {
    const of = (name: string, cost: number, more: number, end: string) =>
      ["2026-11-01", "2026-11-22"].flatMap((start, index) =>
        daily({ start, end: index === 0 ? "2026-11-22" : end }, { source: name, cost: units(index === 0 ? cost : more) }),
      );
    const charges = [...of("a", 10, 10, "2026-12-01"), ...of("b", 10, 17, "2026-11-29")];
    const sources = [source("2026-11-30", "a"), source("2026-11-28", "b")];
    // A week ago b cost 12 a day, with seven to come; now it costs 17, with two to come.
    const { movement } = month({ asOf: "2026-12-01", charges, sources });
    expect(movement).toMatchObject({ before: 62_800n, actuals: 15_500n, elapsed: -13_000n, level: 1_000n });
  });

  it("adds up to the cent, whatever the amounts and sources", () => {
    const day = fc.integer({ min: 0, max: 27 });
    const row = fc.record({ day, cost: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 10n }), source: fc.constantFrom("a", "b", "c") });
    const settled = fc.tuple(day, day, day);
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), settled, (rows, days) => {
        const charges = rows.map((part) => charge({ ...part, day: addDays("2026-11-01", part.day) }));
        const sources = ["a", "b", "c"].map((name, index) => source(addDays("2026-11-01", days[index] ?? 0), name));
        const { movement, pace } = month({ asOf: "2026-11-29", charges, sources });
        if (!movement) return;
        expect(movement.actuals + movement.elapsed + movement.level).toBe(movement.change);
        expect(movement.before + movement.change).toBe(pace.total);
      }),
      { numRuns: 200 },
    );
  });
});

it.each([
  ["2026-11-30", { perDay: 200n }],
  ["2026-12-01", null],
])("a fee that still runs is told while days are to come: on %s", (asOf, running) => {
  const fee = daily({ start: "2026-11-01", end: "2026-12-01" }, { frequency: "Recurring", cost: units(2) });
  const charges = [...ten("2026-11-01", "2026-12-01"), ...fee].filter(({ day }) => day < asOf);
  const found = month({ asOf, charges, sources: [source(addDays(asOf, -1))] });
  expect(found.pace.running).toEqual(running && { ...running, total: found.pace.total + running.perDay });
});
