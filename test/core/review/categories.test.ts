import { expect, test } from "vitest";
import { explain } from "../../../src/core/explain/explain.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { type ChargePart, charge, daily, reviewInput, units } from "../../support/charges.ts";

const [week, before] = ["2026-11-18", "2026-11-11"];
const usage = daily({ start: "2026-11-02", end: "2026-11-23" }, { cost: units(100) });
const fee = (day: string, cost: number, part: ChargePart = {}) =>
  charge({ day, category: "Purchase", frequency: "One-Time", provider: "Cursor", service: "Seats", cost: units(cost), ...part });
const mostIn = (fees: ReviewInput["charges"]) =>
  reviewOf(reviewInput({ charges: [...usage, ...fees] })).otherCategories.map(({ category, most }) => [category, most?.path, most?.change]);

test.each<[string, ReviewInput["charges"], unknown]>([
  ["the larger of two", [fee(week, 300), fee(week, 500, { provider: "Datadog" })], [["Purchase", ["Datadog", "Seats"], units(500)]]],
  ["what ended", [fee(before, 300), fee(week, 100, { provider: "Datadog" })], [["Purchase", ["Cursor", "Seats"], units(-300)]]],
  ["what only the week before had", [fee(before, 300)], [["Purchase", ["Cursor", "Seats"], units(-300)]]],
  ["nothing that comes every week", [fee(before, 300), fee(week, 300)], [["Purchase", undefined, undefined]]],
  ["days added up", [fee(week, 20), fee("2026-11-19", 30)], [["Purchase", ["Cursor", "Seats"], units(50)]]],
  ["nothing below 2 % of the prior week", [fee(week, 13.99)], [["Purchase", undefined, undefined]]],
  ["exactly 2 % of it", [fee(week, 14)], [["Purchase", ["Cursor", "Seats"], units(14)]]],
  ["a provider where no service is named", [fee(week, 90, { category: "Tax", service: "" })], [["Tax", ["Cursor"], units(90)]]],
])("names whose purchases and taxes changed most: %s", (_, fees, expected) => expect(mostIn(fees)).toEqual(expected));

test("the change that is named stands in the explanation of its category", () => {
  const input = reviewInput({ charges: [...usage, fee(week, 300)] });
  const facts = { input, review: reviewOf(input), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
  expect(explain("categories.Purchase", facts)?.explanation.terms).toContainEqual({
    name: "largest change: Cursor · Seats",
    value: "300.00",
  });
});
