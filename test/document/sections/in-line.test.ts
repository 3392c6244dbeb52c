import { expect, test } from "vitest";
import { reviewOf } from "../../../src/core/review/review.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

/** A week that cost 30 % more, beside a product that grew. */
const charges = [
  ...daily({ start: "2026-09-07", end: "2026-11-16" }, { cost: units(100) }),
  ...daily({ start: "2026-11-16", end: "2026-11-23" }, { cost: units(130) }),
];

test.each<[string, number | null, "units" | "revenue", string]>([
  ["as much", 130, "units", "The product grew as much: tickets moved +30.0 %, and what one of them costs did not rise."],
  ["more revenue", 150, "revenue", "The product grew as much: tickets moved +50.0 %, and cost as a share of it did not rise."],
  ["a little less", 129.9, "units", "What rose this week is the first thing to discuss."],
  ["an unknown number", null, "units", "What rose this week is the first thing to discuss."],
])("a rise with %s of the product says so first", (_, last, kind, words) => {
  const days = twoWeeksOf(100, last ?? 130).map((value, index) => (last === null && index === 9 ? null : value));
  const tickets = metric(days, { kind, currency: kind === "revenue" ? "USD" : null });
  expect(banner(reviewOf(reviewInput({ charges, growth: { metric: "tickets" }, metrics: [tickets] })))).toContain(words);
});

test("the product is not said to have grown as much as a cost that stood still, far over plan", () => {
  const tickets = metric(twoWeeksOf(100, 100));
  const still = daily({ start: "2026-09-07", end: "2026-11-23" }, { cost: units(100) });
  const plan = { currency: "USD", months: { "2026-11": units(2_600) } };
  const review = reviewOf(reviewInput({ charges: still, plan, growth: { metric: "tickets" }, metrics: [tickets] }));
  expect(review.verdict).toBe("investigate");
  expect(banner(review)).not.toContain("The product grew");
});
