import { describe, expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { summarySection } from "../../../src/document/sections/summary/summary.ts";
import { type ChargePart, daily, reviewInput, source, units } from "../../support/charges.ts";

/** Which of what is missing, or was restated, matters to a review, and is told. */

const [start, week, asOf] = ["2026-09-07", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, part: ChargePart = {}, to = asOf) =>
  daily({ start: from, end: to }, { cost: units(cost), ...part });
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}): Review => reviewOf(reviewInput({ charges, ...part }));
const told = (review: Review) => summarySection(contextOf(review)).head?.text ?? "";
const december = { asOf: "2026-12-02", sources: [source("2026-12-01")] };

describe.each<[string, ChargePart, ReviewInput["charges"], string]>([
  ["all sources", {}, [], "**No data for "],
  ["one provider", { provider: "Groq" }, usage(start, 80, {}, "2026-12-02"), "**No usage of Groq for "],
])("days that are missing of %s", (_, part, beside, words) => {
  test.each<[string, string, string, Partial<ReviewInput>, boolean]>([
    ["in months before", "2026-10-10", "2026-10-15", {}, false],
    ["up to the month", "2026-10-28", "2026-11-01", {}, false],
    ["into the month", "2026-10-28", "2026-11-02", {}, true],
    ["up to the week before, which lies in the month before", "2026-11-14", "2026-11-18", december, false],
    ["into the week before, which lies in the month before", "2026-11-20", "2026-11-24", december, true],
  ])("are told where they reach into month or weeks: %s", (__, from, to, input, isTold) => {
    const end = input.asOf ?? asOf;
    const charges = [
      ...usage(start, 100, part, end).filter(({ day }) => day < from || day >= to),
      ...beside.filter(({ day }) => day < end),
    ];
    expect(told(of(charges, input)).includes(words)).toBe(isTold);
  });
});

test.each([
  ["2026-11-01", null],
  ["2026-11-02", "The data begin on 2 November 2026: the days of the month before it are missing from month to date."],
])("data that begin on %s lack days of the month or none", (from, text) => {
  expect(/^The data begin.*$/m.exec(told(of(usage(from, 100))))?.[0] ?? null).toBe(text);
});

test("a source with a row a month is told how such a row lacks no day", () => {
  const invoices = ["2026-10-03", "2026-11-03"].flatMap((day) =>
    daily(
      { start: day, end: day === "2026-10-03" ? "2026-10-04" : "2026-11-04" },
      { provider: "Cursor", source: "seats", category: "Purchase", frequency: "One-Time", cost: units(600) },
    ),
  );
  const text = told(of([...usage(start, 100), ...invoices], { sources: [source("2026-11-22"), source("2026-11-03", "seats")] }));
  expect(text).toContain(
    "**No data from seats since 3 November 2026**: 1 day of this week missing. A row a month, such as an invoice, covers its whole month only where it says so: put it into a FOCUS file with the month as charge period (docs/sources/focus.md of overpace).",
  );
  expect(text).not.toContain("`until: ");
});

test.each([
  ["within the week before", "2026-11-10", ""],
  ["on its first day", "2026-11-09", ""],
  ["before it", "2026-11-08", " If nothing is used there any more, write `until: 2026-11-09` at the source."],
])("a source that was last read %s", (_, through, hint) => {
  const late = daily({ start, end: through }, { provider: "AWS", service: "EC2", source: "cloud", cost: units(10) });
  const last = { ...late.at(-1), day: through } as (typeof late)[number];
  const text = told(of([...usage(start, 100), ...late, last], { sources: [source("2026-11-22"), source(through, "cloud")] }));
  expect(/7 days of this week missing\.(.*)$/m.exec(text)?.[1]).toBe(hint);
});

test.each<[string, object, boolean]>([
  ["of the week before", { day: "2026-11-09" }, true],
  ["of an earlier week", { day: "2026-11-08" }, false],
  ["of another provider", { provider: "Groq" }, false],
  ["of days that were not final", { wasOpen: true }, false],
  ["by less than a cent", { after: units(50) + 1n }, false],
])("a delta is said to be restated in part where data were: %s", (_, part, isPart) => {
  const moved = { day: "2026-11-10", source: "focus", provider: "OpenAI", before: units(50), after: units(100), wasOpen: false, ...part };
  const review = of([...usage(start, 100, {}, week), ...usage(week, 130)], { restatements: [moved] });
  expect(deltasSection(contextOf(review)).items[0]?.zone.text.includes("Part of the change is data restated")).toBe(isPart);
});
