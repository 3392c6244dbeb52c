import { describe, expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { banner } from "../../../src/document/sections/summary/banner.ts";
import { summarySection } from "../../../src/document/sections/summary/summary.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** Days inside the data on which nothing came at all are missing, not free. */

const [start, asOf] = ["2026-08-31", "2026-11-23"];
const usage = (from: string, to: string, part: ChargePart = {}) => daily({ start: from, end: to }, { cost: units(100), ...part });
const plan = { plan: { currency: "USD", months: { "2026-11": units(4_000) } } };
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const summaryOf = (review: Review) => summarySection(contextOf(review)).head?.text ?? "";
const pacingOf = (review: Review) => pacingSection(contextOf(review)).head?.text ?? "";
const deltaOf = (review: Review) => deltasSection(contextOf(review)).items[0]?.zone.text ?? "";
const counted: ChargePart = { model: "gpt-5", requests: 1_000, inputTokens: 5_000, outputTokens: 0 };

describe("three weeks without data that end within the week before", () => {
  const holed = of([...usage(start, "2026-10-22", counted), ...usage("2026-11-12", asOf, counted)], plan);
  test("are named, and the weeks compared on the days that both hold", () => {
    expect(holed.holes).toEqual([{ start: "2026-10-22", end: "2026-11-12" }]);
    expect(summaryOf(holed)).toContain("| $400.00 prior 7 days (4 of 7 days) |");
    expect(summaryOf(holed)).toContain("**No data for 22 October – 11 November 2026** (21 days), from any source:");
    expect(banner(holed)).toContain("on the 4 weekdays that both weeks hold, cost is the same.");
    expect(deltaOf(holed)).toContain("$400.00 → $700.00. On the 4 weekdays that both weeks hold: $400.00 → $400.00 (0.0 %).");
    expect(deltaOf(holed)).not.toContain("more requests");
    expect(draftsOf(contextOf(holed))).toEqual([]);
  });

  test("are no weeks that cost nothing", () => {
    expect(pacingOf(holed)).toContain("→ $300.00 (3 of 7 days) → no data → no data → $400.00 (4 of 7 days) → $700.00 (last 6 weeks).");
    expect(pacingOf(holed)).toMatch(/requests on the bill \|.*\| 7,000 \|$/m);
    expect(pacingOf(holed)).toContain("$100.00 of usage, within the expected $96.08 to $104.00 ($100.00 for its weekday)");
    expect(pacingOf(holed)).not.toContain("Highest day");
  });

  test("lower neither the forecast nor what a day is expected to cost", () => {
    expect(pacingOf(holed)).toContain(
      "**Likely month end:** $3,000.00 by weekday and recent level, of which $1,100.00 for days without data.",
    );
    const dear = [usage(start, "2026-10-22"), usage("2026-11-12", "2026-11-20"), usage("2026-11-20", asOf, { cost: units(150) })].flat();
    expect(of(dear).anomalies).toMatchObject([{ period: { start: "2026-11-20", end: asOf }, expected: units(300), actual: units(450) }]);
  });

  test("are why the month is far below plan", () => {
    const below = of([...usage(start, "2026-10-22"), ...usage("2026-11-09", asOf)], {
      plan: { currency: "USD", months: { "2026-11": units(3_000) } },
    });
    expect(below.verdict).toBe("check-data");
    expect(banner(below)).toContain(
      "8 days of the month are not in the data, which the plan counts: that alone is half of the difference or more.",
    );
  });
});

test.each([
  ["a rise is overstated", 100, asOf, "The prior 7 days hold data for only 4 days: the rise is overstated."],
  ["a fall is understated", 40, asOf, "The prior 7 days hold data for only 4 days: the fall is understated."],
  ["nothing is said where days of this week are missing, too", 100, "2026-11-19", "The prior 7 days hold data for only 4 days.\n"],
])("where days of the week before are missing, %s", (_, cost, until, text) => {
  const begun = daily({ start: "2026-11-12", end: "2026-11-16" }, { cost: units(100) });
  const week = daily({ start: "2026-11-16", end: until }, { cost: units(cost) });
  expect(summaryOf(of([...begun, ...week], { sources: [source(addDays(until, -1))] }))).toContain(text);
});

test("a week before without any data is nothing to compare with, and asks for no cause", () => {
  const back = of([...usage(start, "2026-11-09"), ...usage("2026-11-16", asOf)]);
  expect(summaryOf(back)).toContain("| $0.00 prior 7 days (no data) |  |");
  expect(deltasSection(contextOf(back)).head?.text).toContain("**No week before:**");
});

test("a hole in the week under review leaves it incomplete", () => {
  const holed = of([...usage(start, "2026-11-17"), ...usage("2026-11-19", asOf)]);
  expect(holed.incomplete).toBe(true);
  expect(holed.sameDays).toMatchObject({ days: 5, percent: 0 });
  expect(deltaOf(holed)).toContain("By day: Mon 16 $100.00 · Thu 19 $100.00");
  expect([draftsOf(contextOf(holed)), holed.anomalies]).toEqual([[], []]);
  expect(banner(holed)).toContain("This week is not all in the data: on the 5 weekdays that both weeks hold, cost is the same.");
  expect(banner({ ...holed, ...of([...usage(start, "2026-11-17"), ...usage("2026-11-19", asOf)], plan) })).toContain(
    "The pace counts days without data as nothing: by weekday and recent level",
  );
});

test("days that hold nothing but a fee, spread over its month, are a hole", () => {
  const fee = daily({ start, end: asOf }, { category: "Purchase", frequency: "Recurring", cost: units(3) });
  const holed = of([...fee, ...usage(start, "2026-11-10"), ...usage("2026-11-14", asOf)]);
  expect(holed.holes).toEqual([{ start: "2026-11-10", end: "2026-11-14" }]);
  expect(summaryOf(holed)).toContain(
    "**No usage for 10–13 November 2026** (4 days), from any source: check the exports; these days count with their fees alone",
  );
  expect(holed.sameDays).toMatchObject({ days: 3, percent: 0 });
});

test("growth is told on the weekdays that both weeks hold, and the pace is said to lack the rest", () => {
  const holed = of([...usage(start, "2026-11-10"), ...usage("2026-11-14", asOf)], { ...plan, growth: 2 });
  expect(pacingOf(holed)).toContain("**Growth:** on the 3 weekdays that both weeks hold, cost moved 0.0 %, within");
  expect(banner(holed)).toContain("The pace counts days without data as nothing: by weekday and recent level $3,000.00 is likelier");
});

test("days without usage in a planned holiday are no hole, but where they go on after it", () => {
  const holiday = { name: "Closed", kind: "holiday", start: "2026-11-09", end: "2026-11-16" } as const;
  const closed = (until: string) => of([...usage(start, "2026-11-09"), ...usage(until, asOf)], { events: [holiday] }).holes;
  expect(closed("2026-11-16")).toEqual([]);
  expect(closed("2026-11-17")).toEqual([]);
  expect(closed("2026-11-18")).toEqual([{ start: "2026-11-09", end: "2026-11-18" }]);
});

describe("days without a charge are no hole", () => {
  const weekdays = (from: string, to: string) => usage(from, to).filter(({ day }) => ![0, 6].includes(new Date(day).getUTCDay()));
  test.each([
    ["a single one", [...usage(start, "2026-11-17"), ...usage("2026-11-18", asOf)]],
    ["where each weekend is without", weekdays(start, asOf)],
    ["a long weekend among them", weekdays(start, asOf).filter(({ day }) => day !== "2026-11-16" && day !== "2026-11-13")],
    [
      "where a row a week is all there is",
      ["2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"].map((day) => charge({ day, cost: units(9) })),
    ],
    ["at the end, where the next days are still to come", usage(start, "2026-11-20")],
  ])("%s", (_, charges) => expect(of(charges).holes).toEqual([]));
  test("but a week of working days is", () => {
    const off = weekdays(start, asOf).filter(({ day }) => day < "2026-11-09" || day >= "2026-11-16");
    expect(of(off).holes).toEqual([{ start: "2026-11-07", end: "2026-11-16" }]);
  });
});

test("a refund that outweighs the weekdays that both weeks hold is told in amounts: nothing falls by more than all of it", () => {
  const charges = [...usage("2026-11-12", asOf), charge({ day: "2026-11-20", category: "Credit", cost: units(-2_000) })];
  expect(banner(of(charges))).toContain("on the 4 weekdays that both weeks hold, cost went from $400.00 to -$1,600.00.");
});

test("nothing is said to be overstated where nothing moved", () => {
  const charges = [...usage("2026-11-12", "2026-11-16", { cost: units(175) }), ...usage("2026-11-16", asOf)];
  expect(summaryOf(of(charges))).toContain("The prior 7 days hold data for only 4 days.");
});

test("weeks of which a source has not come are marked in the trend", () => {
  const trendOf = (...charges: ReviewInput["charges"][]) => {
    const sources = charges.map((list) => source(list.at(-1)?.day ?? null, list[0]?.source, list === charges[0] ? "answered 500" : null));
    return /Trend.*/.exec(pacingOf(of(charges.flat(), { sources })))?.[0];
  };
  const [late, other] = [usage(start, "2026-11-11", { source: "late" }), usage(start, asOf, { source: "other" })];
  expect(trendOf(late, other)).toContain("→ $1,400.00 → $900.00 (data missing) → $700.00 (data missing) (last 6 weeks).");
  expect(trendOf(late)).toContain("→ $700.00 → $200.00 (data missing) → no data (last 6 weeks).");
});
