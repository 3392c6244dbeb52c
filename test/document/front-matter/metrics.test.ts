import { expect, test } from "vitest";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { metricFigures, movedMetrics } from "../../../src/document/front-matter/metrics.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

const charges = daily({ start: "2026-09-07", end: "2026-11-23" }, { cost: units(100) });
const figures = (...metrics: Metric[]) => metricFigures(reviewOf(reviewInput({ charges, metrics })));
const moved = (before: Metric, now: Metric) => movedMetrics(figures(before), { metrics: [now] });
const sales = { name: "sales", kind: "revenue", currency: "USD" } as const;

test.each<[string, Metric, Metric, string[]]>([
  ["nothing", metric(twoWeeksOf(10, 20)), metric(twoWeeksOf(10, 20)), []],
  ["units of this week", metric(twoWeeksOf(10, 20)), metric(twoWeeksOf(10, 30)), ["Metric tickets, last 7 days: 140 → 210"]],
  [
    "revenue of both weeks",
    metric(twoWeeksOf(1000, 200), sales),
    metric(twoWeeksOf(900, 250), sales),
    ["Metric sales, last 7 days: $1,400.00 → $1,750.00", "Metric sales, prior 7 days: $7,000.00 → $6,300.00"],
  ],
  [
    "a day that came in",
    metric([...twoWeeksOf(10, 20).slice(1), null]),
    metric(twoWeeksOf(10, 20)),
    ["Metric tickets, last 7 days: 120 (6 of 7 days) → 140", "Metric tickets, prior 7 days: 80 → 70"],
  ],
  [
    "a first day",
    metric([...twoWeeksOf(10, 0).slice(0, 7), ...Array<null>(7).fill(null)]),
    metric(twoWeeksOf(10, 20)),
    ["Metric tickets, last 7 days: none → 140"],
  ],
  ["another kind of that name", metric(twoWeeksOf(10, 20)), metric(twoWeeksOf(10, 30), { kind: "users" }), []],
])("what a restated metric moved: %s", (_, before, now, lines) => expect(moved(before, now)).toEqual(lines));

test("a metric that the file did not know has not moved", () => {
  expect(movedMetrics({}, { metrics: [metric(twoWeeksOf(10, 20))] })).toEqual([]);
  expect(movedMetrics({ metrics: "none" }, { metrics: [metric(twoWeeksOf(10, 20))] })).toEqual([]);
});
