import { describe, expect, it } from "vitest";
import { explain } from "../../../src/core/explain/explain.ts";
import { sumOf } from "../../../src/core/explain/rows.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** Early in a month: the month before has just closed, a provider fell silent, and a source was not read. */
const input = reviewInput({
  asOf: "2026-11-05",
  sources: [source("2026-11-04"), source("2026-11-02", "late", "answered 500")],
  charges: [
    ...daily({ start: "2026-08-01", end: "2026-11-05" }, { cost: units(10) }),
    ...daily({ start: "2026-08-01", end: "2026-10-28" }, { provider: "Anthropic", service: "Claude", cost: units(20) }),
    ...daily({ start: "2026-08-01", end: "2026-11-02" }, { provider: "AWS", service: "EC2", source: "late", cost: units(5) }),
    charge({ day: "2026-09-20", billingPeriod: "2026-10-01", correction: true, cost: units(-3.21) }),
    charge({ day: "2026-10-20", billingPeriod: "2026-11-01", correction: true, cost: units(-1.5) }),
    charge({ day: "2026-10-02", frequency: "Recurring", category: "Purchase", cost: units(90) }),
  ],
  plan: {
    currency: "USD",
    months: { "2026-10": units(1000), "2026-11": { amount: units(900), slices: { openai: units(400) }, versions: [] } },
    shape: "linear",
  },
});

describe("early in a month", () => {
  it.each([
    // 31 × 10 + 27 × 20 + 31 × 5 + 90 − 3.21
    [
      "lastMonth.total",
      "1091.79",
      ["of it corrections of earlier billing periods: -3.21", "plan of the month: 1000.00", "over or under: 91.79", "in percent: 9.18 %"],
      1091.79,
    ],
    [
      "monthToDate.slices.openai",
      "40.00",
      [
        "its part of the plan: 400",
        "weight of its days so far: 4",
        "weight of all its days: 30",
        "its plan to date, as monthToDate.plan: 53.33",
        "over or under: -13.33",
        "in percent: -25 %",
      ],
      40,
    ],
    ["silences.anthropic", "20.00", ["last day with a charge: 2026-10-27", "settled days without one since: 8"], 280],
    ["arrivals.late", "3 days", ["last day that it answered for: 2026-11-01"], 0],
  ])("%s is %s, of what it is compared with and its rows", (name, value, terms, rows) => {
    const facts = { input, review: reviewOf(input), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
    const { explanation } = explain(name, facts) ?? expect.fail("not explained");
    expect([explanation.value, explanation.terms.map((term) => `${term.name}: ${term.value}`)]).toEqual([value, terms]);
    expect(sumOf(explanation.rows)).toBe(units(rows));
  });
});
