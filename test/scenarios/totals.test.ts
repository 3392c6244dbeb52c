import { describe, expect, test } from "vitest";
import { cents, sumOf } from "../support/sums.ts";
import { goldenOf } from "./scenario.ts";

/** The totals of golden files against sums made by other means than the program's: text and BigInt alone. */

describe("real files", () => {
  const billedOfAws = (row: Readonly<Record<string, string>>) => (row["ProviderName"] === "AWS" ? "BilledCost" : "EffectiveCost");
  test.each([
    ["real-focus-1.0", "2024-09-01", billedOfAws],
    ["real-servegen", "2025-03-01", () => "EffectiveCost"],
    ["real-burstgpt", "2023-12-01", () => "EffectiveCost"],
    ["real-mybinder", "2018-08-01", () => "EffectiveCost"],
  ] as const)("%s", (name, month, column) => {
    const result = goldenOf(name);
    const { figures } = result;
    const sum = (start: string, end: string, provider?: string) =>
      cents(
        sumOf(result.costs, {
          start,
          end,
          column,
          ...(provider === undefined ? {} : { where: (row) => row["ProviderName"] === provider }),
        }),
      );
    expect(figures.last7.total).toBe(sum(figures.last7.start, figures.last7.end));
    expect(figures.prior7.total).toBe(sum(figures.prior7.start, figures.prior7.end));
    expect(figures.monthToDate.total).toBe(sum(month, figures.asOf));
    for (const provider of figures.deltas.filter(({ dimension }) => dimension === "provider")) {
      const exact = Number(sum(figures.last7.start, figures.last7.end, provider.key));
      expect(Math.abs(Number(provider.last7) - exact), provider.key).toBeLessThanOrEqual(0.011);
    }
  });
});

describe("generated files", () => {
  test.each([
    "worked-example",
    "flat-week",
    "month-start",
    "month-end",
    "leap-february",
    "week-53",
    "escalate",
    "euro",
    "hostile-names",
    "forty-providers",
    "sprints-and-allocation",
    "credits-only",
    "covered-by-credits",
  ])("%s", (name) => {
    const result = goldenOf(name);
    const { figures } = result;
    const sum = (start: string, end: string) => cents(sumOf(result.costs, { start, end }));
    const month = `${figures.settledThrough?.slice(0, 7)}-01`;
    expect([figures.last7.total, figures.prior7.total, figures.monthToDate.total]).toEqual([
      sum(figures.last7.start, figures.last7.end),
      sum(figures.prior7.start, figures.prior7.end),
      sum(month, figures.asOf),
    ]);
  });
});
