import { expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** A credit, or a purchase of the week before, makes a week look cheap while what it pays for grew. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, end = asOf) => daily({ start: from, end }, { cost: units(cost) });
const one = (category: "Credit" | "Purchase", day: string, cost: number) =>
  charge({ day, category, frequency: "One-Time", cost: units(cost) });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}) => banner(reviewOf(reviewInput({ charges, ...part })));
const grown = [...usage(start, 100, week), ...usage(week, 144)];
const credit = (cost: number, day = "2026-11-18") => one("Credit", day, cost);
const late = daily({ start, end: "2026-11-20" }, { provider: "AWS", source: "late", cost: units(1) });
const plan = { currency: "USD", months: { "2026-11": units(1_000) } };
const overPlan = { plan, sources: [source("2026-11-22"), source("2026-11-19", "late")] };

test.each<[string, ReviewInput["charges"], string]>([
  [
    "a credit, and usage that grew",
    [...grown, credit(-900)],
    "Most of the fall is no usage: Credit $0.00 → -$900.00 (OpenAI · Inference -$900.00); usage is up 44.0 %.",
  ],
  [
    "a purchase of the week before",
    [...usage(start, 100), one("Purchase", "2026-11-12", 90)],
    "Most of the fall is no usage: Purchase $90.00 → $0.00 (OpenAI · Inference -$90.00); usage cost as much as before.",
  ],
  [
    "exactly half of it",
    [...usage(start, 100, week), ...usage(week, 90), credit(-70)],
    "Most of the fall is no usage: Credit $0.00 → -$70.00 (OpenAI · Inference -$70.00); usage is down 10.0 %.",
  ],
  [
    "usage that came in the week alone",
    [...usage(week, 10), one("Purchase", "2026-11-09", 1), one("Purchase", "2026-11-12", 900)],
    "Most of the fall is no usage: Purchase $901.00 → $0.00 (OpenAI · Inference -$901.00); usage went from $0.00 to $70.00.",
  ],
  ["usage that became a refund", [...usage(start, 100, week), ...usage(week, -10), credit(-800)], "usage went from $700.00 to -$70.00."],
])("what is no usage and makes up most of a fall is told: %s", (_, charges, words) => expect(of(charges)).toContain(words));

test.each<[string, ReviewInput["charges"], Partial<ReviewInput>]>([
  ["less than half of it", [...usage(start, 100, week), ...usage(week, 90), credit(-69)], {}],
  ["a week that fell by less than a tenth", [...usage(start, 100), credit(-69)], {}],
  ["a week that rose", [...grown, credit(-200)], {}],
  ["a week before that is not all in the data", [...usage("2026-11-12", 100), credit(-600)], {}],
  ["a week that lacks days, over plan", [...usage(start, 100), ...late, credit(-400)], overPlan],
])("and nothing of it: %s", (_, charges, part) => expect(of(charges, part)).not.toContain("Most of the fall"));
