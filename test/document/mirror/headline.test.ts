import { expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { headlineOf } from "../../../src/document/mirror/headline.ts";
import { type ChargePart, daily, reviewInput, source, units } from "../../support/charges.ts";

/** A review in one line. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, to = asOf, part: ChargePart = {}) =>
  daily({ start: from, end: to }, { cost: units(cost), ...part });
const credits = (from: string, cost: number) => usage(from, -cost, asOf, { category: "Credit" });

test.each<[string, ReviewInput["charges"], number | null, string]>([
  ["over plan", usage(start, 100), 2_500, "$700.00 (0.0 %), pace 20.0 % over plan – escalate"],
  ["on plan", usage(start, 100), 3_000, "$700.00 (0.0 %), pace 0.0 % over plan – good"],
  ["under plan", usage(start, 100), 3_200, "$700.00 (0.0 %), pace 6.3 % under plan – good"],
  [
    "a week that rose, without a plan",
    [...usage(start, 100, week), ...usage(week, 110)],
    null,
    "$770.00 (+10.0 %), no plan for the month – good",
  ],
  ["a plan of nothing", usage(start, 100), 0, "$700.00 (0.0 %), $3,000.00 over a plan of $0.00 – good"],
  ["less than a plan of nothing", credits(start, 10), 0, "-$70.00 ($0.00), $300.00 under a plan of $0.00 – good"],
  ["a plan undercut by more than all of it", credits(start, 10), 100, "-$70.00 ($0.00), $400.00 under a plan of $100.00 – check-data"],
  ["a week after one of credits", [...credits(start, 10), ...usage(week, 30)], null, "$140.00 (+$210.00), no plan for the month – good"],
  ["a first week", usage(week, 100), null, "$700.00 (new), no plan for the month – good"],
  ["two weeks of nothing", usage(start, 0), null, "$0.00, no plan for the month – good"],
])("tells %s", (_, charges, amount, text) => {
  const plan = amount === null ? null : { currency: "USD", months: { "2026-11": units(amount) } };
  expect(headlineOf(reviewOf(reviewInput({ charges, plan })))).toBe(`2026-W47: ${text}`);
});

test("says that data are missing", () => {
  const late = [...usage(start, 100), ...usage(start, 50, "2026-11-18", { source: "late", provider: "AWS" })];
  const sources = [source("2026-11-22"), source("2026-11-17", "late")];
  expect(headlineOf(reviewOf(reviewInput({ charges: late, sources })))).toMatch(/ – good, data missing$/);
});
