import { expect, test } from "vitest";
import { explain } from "../../../src/core/explain/explain.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { daily, reviewInput, source, units } from "../../support/charges.ts";

/** Which days before the week the gap to the plan is told of: none where it began in the week, or no day of the week is known. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const plan = { currency: "USD", months: { "2026-11": units(3_000) } };
const usage = (from: string, cost: number, end = asOf) => daily({ start: from, end }, { cost: units(cost) });

test.each<[string, Parameters<typeof reviewInput>[0], string[]]>([
  ["before the week", { charges: [...usage(start, 100, "2026-11-10"), ...usage("2026-11-10", 150)] }, ["2026-11-15"]],
  ["in the week", { charges: [...usage(start, 100, "2026-11-18"), ...usage("2026-11-18", 150)] }, []],
  ["before the week, of which no day is final", { charges: usage(start, 150), sources: [source("2026-11-14")] }, []],
])("a gap that began %s", (_, part, days) => {
  const input = reviewInput({ plan, ...part });
  const review = reviewOf(input);
  const told = explain("gap.amount", { input, review, earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] });
  const names = told?.explanation.terms.map(({ name }) => name) ?? [];
  expect(names).toContain("above the plan without a break since");
  expect(names.filter((name) => name.startsWith("plan to date on"))).toEqual(days.map((day) => `plan to date on ${day}`));
});
