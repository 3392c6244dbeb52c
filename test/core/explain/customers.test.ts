import { describe, expect, it } from "vitest";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Facts } from "../../../src/core/explain/explanation.ts";
import { sumOf } from "../../../src/core/explain/rows.ts";
import { parseMicros } from "../../../src/core/money.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput } from "../../support/charges.ts";
import { metric } from "../../support/metrics.ts";

const names = ["Acme & Sons", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta"];
const days = ["2026-11-12", "2026-11-18"];

/** Seven customers, of which five are shown; amounts with parts of a cent, and a tax. */
const input = reviewInput({
  growth: { metric: "tickets" },
  metrics: [metric([10, 10, 10, 10, 10, 10, 20, 11, 11, 11, 11, 11, 11, null])],
  charges: [
    ...days.flatMap((day, week) => [
      ...names.map((customer, index) => charge({ day, tags: JSON.stringify({ customer }), cost: 10_003_333n * BigInt(9 - index + week) })),
      charge({ day, cost: 5_004_999n }),
    ]),
    charge({ day: "2026-11-18", category: "Tax", cost: 1_005_001n }),
  ],
});
const facts: Facts = { input, review: reviewOf(input), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
const told = (name: string) => explain(name, facts)?.explanation ?? expect.fail(`${name} is not explained`);

describe("what a customer cost", () => {
  it("names the figure that it comes from, and that is there", () => {
    const { formula, value } = told("unitEconomics.customers.top.Acme & Sons");
    expect(formula).toContain("customer:acme-sons");
    expect(told("customer:acme-sons").terms).toContainEqual({ name: "last 7 days", value: `${value} (exactly 100.03333)` });
  });

  it.each(["top.Acme & Sons", "rest", "unallocated", "notUsage", "total"])("%s has its rows, and percentages can be computed", (part) => {
    const { value, rows, terms } = told(`unitEconomics.customers.${part}`);
    expect(Math.abs(Number(sumOf(rows) - (parseMicros(value) ?? 0n)))).toBeLessThanOrEqual(10_000);
    const term = (name: string) => terms.find((one) => one.name === name)?.value ?? expect.fail(name);
    const [now, before] = [Number(term("exactly, last 7 days")), Number(term("exactly, prior 7 days"))];
    expect(now).toBe(Number(sumOf(rows)) / 1e6);
    const percent = term("in percent");
    expect(percent).toMatch(before === 0 ? /^none/ : new RegExp(`^${Number((((now - before) / before) * 100).toFixed(2))} %`));
  });
});

it("growth names both weeks of the metric on the weekdays that both know", () => {
  const { value, terms } = told("growth.percent");
  expect(value).toBe("10 %");
  expect(terms.map(({ name, value: text }) => `${name}: ${text}`)).toEqual([
    "weekdays that both weeks know: 6",
    "tickets of the last 7 days on these: 66",
    "tickets of the prior 7 days on these: 60",
  ]);
});
