import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { explain } from "../../../src/core/explain/explain.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** Sources that are final through different days: what one has behind it is still to come for another. */

const asOf = "2026-11-23";
const plan = (amount: number, month = "2026-11") => ({ plan: { currency: "USD", months: { [month]: units(amount) } } });
const pacingIn = (input: ReviewInput) => pacingSection(contextOf(reviewOf(input))).head?.text ?? "";
const explained = (input: ReviewInput, name: string) => {
  const facts = { input, review: reviewOf(input), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
  return explain(name, facts)?.explanation ?? expect.fail(`no ${name}`);
};

/** `a` costs $60 a day and is final through its last day, `b` $40 a day until it stops. */
const two = (until: string, end = asOf) => [
  ...daily({ start: "2026-09-28", end }, { cost: units(60), source: "a" }),
  ...daily({ start: "2026-09-28", end: until }, { cost: units(40), source: "b", provider: "AWS", service: "EC2" }),
];
const late = reviewInput({ charges: two("2026-11-18"), sources: [source("2026-11-22", "a"), source("2026-11-17", "b")], ...plan(2600) });

describe("to end on plan", () => {
  // Spent: 22 × $60 + 17 × $40 = $2,000; to come at pace: 8 × $60 + 13 × $40 = $1,000, of which $600 fits into the plan.
  test("each source has to cost the same part of its pace", () => {
    expect(pacingIn(late)).toContain("**To end on plan:** $60.00 a day on the days still to come of each source, instead of $100.00.");
  });

  test("asks for less than the pace, whatever the day through which a source that failed was read", () => {
    const sources = [source("2026-11-22", "a"), source("2026-11-12", "b", "refused")];
    const failed = reviewInput({ charges: two("2026-11-13"), sources, ...plan(2600) });
    expect(pacingIn(failed)).toContain("**To end on plan:** $66.67 a day on the days still to come of each source, instead of $100.00.");
  });

  test("is not possible where what all have spent is more", () => {
    expect(pacingIn({ ...late, ...plan(2000) })).toContain("**To end on plan:** not possible any more");
  });

  test("is explained with the numbers that go into it", () => {
    const { value, terms } = explained(late, "forecast.toEndOnPlan");
    expect(value).toBe("60.00");
    expect(terms.map((term) => term.value)).toEqual(["2600.00", "3000.00", "2000.00", "100.00"]);
  });
});

describe("the forecast", () => {
  test("says what each source has spent in the month", () => {
    expect(explained(late, "forecast.pace.total").terms).toMatchObject([
      { name: "a, final through 2026-11-22", value: "month to date 1320.00 + 420.00 of the last 7 days ÷ 7 × 8 days to come = 1800.00" },
      { name: "b, final through 2026-11-17", value: "month to date 680.00 + 280.00 of the last 7 days ÷ 7 × 13 days to come = 1200.00" },
      { name: "a day", value: "100.00" },
      { name: "days still to come", value: "8 to 13" },
    ]);
  });

  test("names its method at the end of the month, where one source has no day to come any more", () => {
    const sources = [source("2026-11-30", "a"), source("2026-11-28", "b")];
    const end = reviewInput({ asOf: "2026-12-01", charges: two("2026-11-29", "2026-12-01"), sources, ...plan(2600) });
    expect(pacingIn(end)).toContain("each source with its own last settled day = $3,000.00.");
    expect(pacingIn(end)).toContain("**To end on plan:** not possible any more");
  });

  test("says what fees that still run come to, also where sources are final through different days", () => {
    const fee = (part: ChargePart) => daily({ start: "2026-09-28", end: asOf }, { ...part, category: "Purchase", frequency: "Recurring" });
    const fees = [...fee({ source: "a", cost: units(2) }), ...fee({ source: "b", cost: units(5) })];
    // a: 22 × 62 + 8 × 60, and 8 × 2 more; b: 17 × 45 + 13 × 40, and 13 × 5 more.
    expect(pacingIn({ ...late, charges: [...late.charges, ...fees] })).toContain(
      "each source with its own last settled day = $3,129.00. What is recurring or one-time counts where it fell and is not carried on; $7.00 a day of it still runs, and if that goes on it is $3,210.00.",
    );
  });

  test("says of how many days it is the mean where a source has fewer", () => {
    const charges = [...two("2026-11-23"), ...daily({ start: "2026-11-21", end: asOf }, { source: "new", cost: units(30) })];
    const sources = ["a", "b", "new"].map((name) => source("2026-11-22", name));
    expect(pacingIn(reviewInput({ charges, sources }))).toContain(
      "**Forecast:** month to date $2,260.00 + mean of the last 7 settled days of each source, or of as many as it has, × 8 days still to come = $3,300.00.",
    );
  });

  test("says what fees that still run come to, also where the last days are not final", () => {
    const fee = daily({ start: "2026-09-28", end: asOf }, { cost: units(10), category: "Purchase", frequency: "Recurring" });
    const charges = [...daily({ start: "2026-09-28", end: asOf }, { cost: units(100) }), ...fee];
    const input = (settled: string) => reviewInput({ charges, sources: [source(settled)] });
    const told =
      "What is recurring or one-time ($70.00 in these days) counts where it fell and is not carried on; $10.00 a day of it still runs, and if that goes on it is $3,300.00.";
    expect(pacingIn(input("2026-11-22"))).toContain(`= $3,220.00. ${told}`);
    expect(pacingIn(input("2026-11-19"))).toContain(`= $3,190.00. ${told}`);
  });

  test("says the same of a fee of a source that ended, each day of it once", () => {
    const usage = daily({ start: "2026-09-28", end: asOf }, { cost: units(100), source: "a" });
    const fee = (end: string) =>
      daily({ start: "2026-09-28", end }, { cost: units(10), category: "Purchase", frequency: "Recurring", source: "b" });
    const ended = { ...source("2026-11-22", "b"), until: "2026-11-18" };
    const input = (settled: string, end = asOf) =>
      reviewInput({
        charges: [...usage, ...daily({ start: "2026-09-28", end: "2026-11-18" }, { cost: units(40), source: "b" }), ...fee(end)],
        sources: [source(settled, "a"), ended],
      });
    // 30 days of 100.00, 17 of 40.00 and 22 of 10.00; the fee has eight days to come.
    const told = "$10.00 a day of it still runs, and if that goes on it is $3,980.00.";
    const apart = (fees: string) =>
      `= $3,900.00. What is recurring or one-time (${fees} in these days) counts where it fell and is not carried on`;
    expect(pacingIn(input("2026-11-22"))).toContain(`${apart("$70.00")}; ${told}`);
    expect(pacingIn(input("2026-11-19"))).toContain(`${apart("$70.00")}; ${told}`);
    expect(explained(input("2026-11-19"), "forecast.pace.total").terms).toContainEqual({
      name: "at current pace with them",
      value: "3980.00",
    });
    expect(pacingIn(input("2026-11-22", "2026-11-21"))).toContain(
      "= $3,880.00. What is recurring or one-time ($50.00 in these days) counts where it fell and is not carried on.",
    );
  });

  test("adds up where nothing is final of a month that bills a correction already", () => {
    const charges = [
      ...daily({ start: "2026-11-01", end: "2026-12-01" }, { cost: units(10) }),
      charge({ day: "2026-11-10", billingPeriod: "2026-12-01", correction: true, cost: units(-50) }),
    ];
    const input = reviewInput({ asOf: "2026-12-03", charges, sources: [source("2026-11-30")] });
    expect(pacingIn(input)).toContain(
      "**Forecast:** booked in the month already -$50.00 + usage-based cost of the last 7 settled days $70.00 ÷ 7 × 31 days still to come = $260.00.",
    );
    expect(explained(input, "monthToDate.corrections")).toMatchObject({ value: "0.00", rows: [] });
  });
});

describe("a month that a source that failed was not read to the end of", () => {
  const failed = (end: string) =>
    reviewInput({
      asOf: end,
      charges: two("2026-11-23", end),
      sources: [source(addDays(end, -1), "a"), source("2026-11-22", "b", "refused")],
      ...plan(2600),
    });
  test("is heading somewhere, and complete nowhere", () => {
    const review = reviewOf(failed("2026-12-01"));
    expect(review.month).toMatchObject({ complete: false, pace: { total: 300_000n, spent: 268_000n } });
    expect(banner(review)).toContain("November 2026 is heading for $3,000.00");
    expect(pacingIn(failed("2026-12-01"))).not.toContain("complete");
  });

  test("has not closed a week later either: no forecast is held against it", () => {
    const review = reviewOf(failed("2026-12-07"));
    expect(review.lastMonth).toBeNull();
    expect(review.closedMonths.map(({ month }) => month)).toEqual(["2026-10"]);
  });
});

describe("two weeks of which neither is all in the data", () => {
  const begun = (start: string, until: string) =>
    banner(
      reviewOf(
        reviewInput({
          charges: daily({ start, end: addDays(until, 1) }, { cost: units(100) }),
          sources: [source(until)],
          plan: null,
        }),
      ),
    );
  test("are compared on the weekdays that did arrive, not on those that a source still lacks", () => {
    expect(begun("2026-11-10", "2026-11-19")).toContain("on the 3 weekdays that both weeks hold, cost is the same.");
  });

  test("are not compared where no weekday is in both", () => {
    const text = begun("2026-11-13", "2026-11-17");
    expect(text).toContain("The week before is not all in the data: what rose cannot be told yet.");
    expect(text).not.toContain("both weeks hold");
  });
});
