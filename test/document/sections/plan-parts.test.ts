import { expect, test } from "vitest";
import { type ReviewInput, reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { charge, daily, reviewInput, units } from "../../support/charges.ts";

test("parts of the plan say that corrections of earlier months are not in them", () => {
  const late = charge({ day: "2026-10-20", billingPeriod: "2026-11-01", correction: true, cost: units(-50) });
  const plan = { currency: "USD", months: { "2026-11": { amount: units(3_000), slices: { openai: units(3_000) } } } };
  const usage = daily({ start: "2026-09-07", end: "2026-11-23" }, { cost: units(100) });
  const rows = (charges: ReviewInput["charges"]) =>
    pacingSection(contextOf(reviewOf(reviewInput({ charges, plan })))).head?.text.match(/^\| (?:November 2026 to date|openai) .*$/gm);
  expect(rows(usage)?.[0]).toBe("| November 2026 to date | Cost | Plan | Over or under |");
  expect(rows([...usage, late])).toEqual([
    "| November 2026 to date | Cost (corrections left out) | Plan | Over or under |",
    "| openai | $2,200.00 | $2,200.00 | $0.00 (0.0 %) |",
  ]);
});
