import { describe, expect, test } from "vitest";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { customerTable } from "../../../src/document/sections/deltas/customers.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

/** A metric that is known to be nothing is not one that is not known. */

const charges = daily({ start: "2026-09-07", end: "2026-11-23" }, { cost: units(100), tags: `{"customer":"acme"}` });
const review = (one: Metric) => reviewOf(reviewInput({ charges, metrics: [one], growth: { metric: one.name } }));
const told = (one: Metric) => pacingSection(contextOf(review(one))).head?.text ?? "";
const revenue = (before: number, now: number, currency = "USD") =>
  metric(twoWeeksOf(before, now), {
    name: "sales",
    kind: "revenue",
    currency,
    customers: new Map([["acme", { prior7: units(before * 7), last7: units(now * 7) }]]),
  });

describe("units", () => {
  test("of which none is left", () => {
    const text = told(metric(twoWeeksOf(100, 0)));
    expect(text).toContain("| tickets, each | – | $1.00 | – | 0 (-100.0 %) |");
    expect(text).toContain("**Growth:** the week moved 0.0 %, tickets -100.0 %: nothing is left of it to set cost against.");
  });
  test("of which there was none before", () => {
    expect(told(metric(twoWeeksOf(0, 100)))).toContain("| tickets, each | $1.00 | – | – | 700 |");
  });
});

describe("revenue", () => {
  test("of nothing, or less", () => {
    expect(told(revenue(500, 0))).toContain("| share of sales | – | 20.0 % |  | $0.00 (-100.0 %) |");
    expect(told(revenue(500, -50))).toContain("| share of sales | – | 20.0 % |  | -$350.00 (-110.0 %) |");
    expect(told(revenue(500, -50))).toContain("sales -110.0 %: nothing is left of it to set cost against.");
    expect(told(revenue(0, 0))).not.toContain("share of sales");
    expect(customerTable(review(revenue(500, 0)))).toContain("| acme | $700.00 | $700.00 | $0.00 (0.0 %) | $0.00 | – |");
  });
  test("in another currency is not said to be known for too few days", () => {
    expect(told(revenue(500, 500, "EUR"))).toContain("**Growth:** the week moved 0.0 %; sales is not in the currency of the costs.");
  });
});
