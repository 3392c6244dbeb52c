import { describe, expect, it } from "vitest";
import { percentOf } from "../../src/core/format.ts";
import type { Charge } from "../../src/core/ledger/charge.ts";
import { figuresOf } from "../../src/core/review/figures/figures.ts";
import { reviewOf } from "../../src/core/review/review.ts";
import { planSchema } from "../../src/core/settings/plan.ts";
import { over, reviewInput, source, units } from "../support/charges.ts";

const first = { start: "2026-02-01", end: "2026-02-08" };
const prior = { start: "2026-02-08", end: "2026-02-15" };
const last = { start: "2026-02-15", end: "2026-02-22" };

/** The worked example of the requirements on a 28-day month at day 21. */
const lines: readonly [Partial<Charge>, number, number, number][] = [
  [{ provider: "OpenAI", service: "Inference" }, 3200, 2321, 2971],
  [{ provider: "AWS", service: "Compute" }, 2050, 1500, 1680],
  [{ provider: "AWS", service: "Storage" }, 90, 64, 89],
  [{ provider: "Pinecone", service: "Vector Database" }, 90, 65, 80],
];
const charges = lines.flatMap(([part, one, two, three]) => [
  ...over(first, units(one), part),
  ...over(prior, units(two), part),
  ...over(last, units(three), part),
]);
const plan = planSchema.parse({ currency: "USD", months: { "2026-02": 16000 } });
const review = reviewOf(reviewInput({ asOf: "2026-02-22", charges, sources: [source("2026-02-21")], plan }));
const figures = figuresOf(review);

describe("the worked example", () => {
  it("week, month to date, pace and verdict", () => {
    expect(figures).toMatchObject({
      id: "2026-W08",
      last7: { start: "2026-02-15", end: "2026-02-22", total: "4820.00" },
      prior7: { total: "3950.00" },
      change: { amount: "870.00", percent: 22.03 },
      monthToDate: { total: "14200.00", plan: "12000.00", percent: 18.33 },
      forecast: { plan: "16000.00", pace: { total: "19020.00", percent: 18.88 } },
      verdict: "investigate",
      triggers: [],
    });
  });

  it("$40 of the change belong to no listed delta", () => {
    expect(figures.reconciliation).toEqual({ listed: "830.00", other: "40.00", total: "870.00" });
    expect(figures.deltas.filter(({ listed }) => listed).map(({ id, change, percent }) => [id, change, percent])).toEqual([
      ["openai/inference", "650.00", 28.01],
      ["aws/compute", "180.00", 12],
    ]);
  });

  it("63 % of the gap are older than the week that is said to explain it", () => {
    expect(review.gap).toMatchObject({ amount: units(2200), older: units(1380), onset: "2026-02-01" });
    expect(percentOf(review.gap?.older ?? 0n, review.gap?.amount ?? 0n)).toBe(62.7);
  });
});
