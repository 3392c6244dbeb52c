import { expect, test } from "vitest";
import { lastMonthOf } from "../../../../src/core/review/month/last-month.ts";
import { planSchema } from "../../../../src/core/settings/plan.ts";

const closed = [
  { month: "2026-09", total: 1n, corrections: 0n },
  { month: "2026-10", total: 31_000n, corrections: 0n },
];
const plan = planSchema.parse({ currency: "USD", months: { "2026-10": { amount: 250, versions: [{ from: "2026-11-04", amount: 248 }] } } });
const told = { month: "2026-10", total: 31_000n, corrections: 0n, plan: 25_000n, percent: 24 };
const input = { month: "2026-11", closed, plan, asOf: "2026-11-03", lastReview: null, restatements: [], rebilled: [] };

test.each([
  ["its last day just became final", "2026-10-31", told],
  ["a review of the week after", "2026-11-06", told],
  ["a review before this one told it", "2026-11-07", null],
  ["nothing is final", null, null],
])("how a month closed is told once: %s", (_, settledThrough, expected) => {
  expect(lastMonthOf({ ...input, settledThrough })).toEqual(expected);
});

test.each([
  ["with the plan that is in force by now", { asOf: "2026-11-04" }, { ...told, plan: 24_800n, percent: 25 }],
  ["without a plan", { plan: null }, { ...told, plan: null, percent: null }],
  ["not where the data do not hold all of it, or its last day is not final", { closed: closed.slice(0, 1) }, null],
])("%s", (_, part, expected) => {
  expect(lastMonthOf({ ...input, settledThrough: "2026-10-31", ...part })).toEqual(expected);
});

test.each([
  ["the review before is two weeks ago, when the month was open", "2026-11-09", "2026-10-26", "2026-11-08", "2026-10"],
  ["the review before, ten days ago, told it", "2026-11-12", "2026-11-02", "2026-11-11", undefined],
  ["the review before, ten days ago, did not know its last day yet", "2026-11-12", "2026-11-02", "2026-11-08", "2026-10"],
  ["the review before, three days ago, told it", "2026-11-05", "2026-11-02", "2026-11-04", undefined],
])("how a month closed is told once, whenever reviews are made: %s", (_, asOf, lastReview, settledThrough, expected) => {
  expect(lastMonthOf({ ...input, asOf, lastReview, settledThrough })?.month).toBe(expected);
});

test.each([
  ["a day of it", ["2026-10-31", "2026-11-02"], told],
  ["a day of the months beside it", ["2026-09-30", "2026-11-01"], null],
])("what it closed at is told again once %s came in or changed", (_, days, expected) => {
  expect(lastMonthOf({ ...input, settledThrough: "2026-11-14", restatements: days.map((day) => ({ day })) })).toEqual(expected);
});

test("what it closed at is told again once it bills another correction of earlier months", () => {
  const of = (rebilled: string[]) => lastMonthOf({ ...input, settledThrough: "2026-11-14", rebilled });
  expect([of(["2026-09", "2026-11"]), of(["2026-10"])]).toEqual([null, told]);
});
