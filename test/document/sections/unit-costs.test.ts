import { expect, test } from "vitest";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { countText } from "../../../src/document/sections/shared/unit-costs.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";

/** What is said of metrics that are not all there, or not in the currency of the costs. */

const told = (part: Partial<Metric>) => {
  const tickets = { name: "tickets", kind: "units" as const, currency: null, through: "2026-11-22", problem: null, customers: null };
  const metrics = [{ ...tickets, days: lacking(), ...part }];
  const charges = daily({ start: "2026-09-07", end: "2026-11-23" }, { cost: units(100) });
  return pacingSection(contextOf(reviewOf(reviewInput({ charges, metrics })))).head?.text ?? "";
};
/** 100 on each day of both weeks, without some of them. */
const lacking = (...gone: number[]) => Array.from({ length: 14 }, (_, index) => (gone.includes(index) ? null : units(100)));
const refused = "the server refused.";

test.each<[string, Partial<Metric>, string | null]>([
  ["nothing", {}, null],
  ["a day of the week before", { days: lacking(3) }, null],
  ["a day in the middle", { days: lacking(9) }, "**Metric tickets:** Days without data: 6 of 7 days of this week are known."],
  [
    "the last day",
    { days: lacking(13), through: "2026-11-21" },
    "**Metric tickets:** No data since 21 November 2026: 6 of 7 days of this week are known.",
  ],
  [
    "all days, as it was refused",
    { days: lacking(...lacking().keys()), through: null, problem: refused },
    "**Metric tickets:** No data (the server refused): 0 of 7 days of this week are known.",
  ],
  [
    "none, though it was refused this time",
    { problem: refused },
    "**Metric tickets could not be read this time** (the server refused): its figures are those of the last reading.",
  ],
])("what a metric lacks is told: %s", (_, part, text) => {
  expect(/\*\*Metric .*$/m.exec(told(part))?.[0] ?? null).toBe(text);
});

test.each<[string, Partial<Metric>, string | null]>([
  ["that of the costs", { kind: "revenue", currency: "USD" }, null],
  ["another", { kind: "revenue", currency: "EUR" }, "is in EUR, costs are in USD: they are not set against each other."],
  ["none", { kind: "revenue", currency: null }, "is in no currency, costs are in USD: they are not set against each other."],
  ["none, where it needs none", { kind: "users", currency: null }, null],
])("revenue is set against cost of the same currency alone: %s", (_, part, text) => {
  const found = told({ ...part, name: "sales" });
  if (text === null) expect(found).not.toContain("**Metric");
  else expect(found).toContain(`**Metric sales** ${text}`);
  expect(found.includes("| share of sales |")).toBe(part.kind === "revenue" && text === null);
});

test("users are told as a mean day, for the cost of a week", () =>
  expect(told({ kind: "users" })).toContain("| tickets, each, for a week | $7.00 | $7.00 | 0.0 % | 100 a day (0.0 %) |"));

test.each([
  [0, "0"],
  [0.5, "0.5"],
  [0.05, "0.05"],
  [99.99, "99.99"],
  [99.994, "99.99"],
  [100, "100"],
  [100.5, "101"],
  [1_234_567, "1,234,567"],
])("a count of %d is printed as %s", (count, text) => expect(countText(units(count))).toBe(text));
