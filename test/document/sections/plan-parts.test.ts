import { expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

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

test("a part whose source could not be read is not told to be under plan, one that is over it for all that is", () => {
  const plan = { currency: "USD", months: { "2026-11": { amount: units(5_000), slices: { openai: units(3_000), aws: units(1_500) } } } };
  const usage = daily({ start: "2026-09-07", end: "2026-11-23" }, { cost: units(100) });
  const rows = (cloudPerDay: number, settledThrough: string, problem: string | null) => {
    const cloud = { provider: "AWS", service: "Compute", source: "cloud", cost: units(cloudPerDay) };
    const charges = [...usage, ...daily({ start: "2026-09-07", end: "2026-11-12" }, cloud)];
    const sources = [source("2026-11-22"), source(settledThrough, "cloud", problem)];
    return pacingSection(contextOf(reviewOf(reviewInput({ charges, plan, sources })))).head?.text.match(/^\| (?:openai|aws) .*$/gm);
  };
  const openai = "| openai | $2,200.00 | $2,200.00 | $0.00 (0.0 %) |";
  expect(rows(50, "2026-11-11", "The key was refused.")).toEqual([openai, "| aws | $550.00 | $1,100.00 | data missing |"]);
  expect(rows(50, "2026-11-22", "The key was refused.")?.[1]).toBe("| aws | $550.00 | $1,100.00 | -$550.00 (-50.0 %) |");
  expect(rows(50, "2026-11-22", null)?.[1]).toBe("| aws | $550.00 | $1,100.00 | -$550.00 (-50.0 %) |");
  expect(rows(150, "2026-11-11", "The key was refused.")?.[1]).toBe("| aws | $1,650.00 | $1,100.00 | +$550.00 (+50.0 %) |");
});
