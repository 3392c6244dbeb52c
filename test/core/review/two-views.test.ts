import { expect, test } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { twoViewsOf } from "../../../src/core/review/two-views.ts";
import { type ChargePart, charge, units } from "../../support/charges.ts";

const week = { start: "2026-11-16", end: "2026-11-23" };
const views = (...parts: readonly ChargePart[]) =>
  twoViewsOf(
    parts.map((part): Charge => charge({ cost: units(10), ...part })),
    week,
    "effective",
  );
const gateway = { source: "gateway", estimated: true, provider: "openai", cost: units(9) };

test("a provider that one source bills and another estimates, whatever the case of its name", () => {
  expect(views({}, gateway)).toEqual([
    { provider: "OpenAI", billed: units(10), estimated: units(9), percent: -10, billedBy: ["focus"], estimatedBy: ["gateway"] },
  ]);
});

test.each([
  ["of two providers", [{}, { ...gateway, provider: "Groq" }]],
  ["of one source that estimates what it has no bill for", [{}, { ...gateway, source: "focus" }]],
  ["both billed", [{}, { ...gateway, estimated: false }]],
  ["both estimated", [{ estimated: true }, gateway]],
  ["in another week", [{}, { ...gateway, day: "2026-11-15" }]],
  ["without cost", [{}, { ...gateway, cost: 0n }]],
] as const)("no two views: %s", (_, parts) => {
  expect(views(...parts)).toEqual([]);
});
