import { expect, test } from "vitest";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { planSchema } from "../../../src/core/settings/plan.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { daily, reviewInput, source, units } from "../../support/charges.ts";

/** Lines of section 1 that stand there only at times. */

const [start, week, asOf] = ["2026-08-31", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, to = asOf) => daily({ start: from, end: to }, { cost: units(cost) });
const planned = (amount: number, month = "2026-11") => ({ currency: "USD", months: { [month]: units(amount) } });
const lines = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}) =>
  pacingSection(contextOf(reviewOf(reviewInput({ charges, ...part })))).head?.text ?? "";

test.each<[string, ReviewInput["charges"], number, string]>([
  ["all of it this week", [...usage(start, 100, week), ...usage(week, 200)], 3_000, "all of the $700.00 gap arose this week."],
  ["a part before", [...usage(start, 100, week), ...usage(week, 200)], 2_700, "16.3 % of the $920.00 gap is older than this week."],
  ["all of it before", [...usage(start, 110, week), ...usage(week, 100)], 3_000, "all of the $150.00 gap is older than this week."],
])("how old a gap to plan is: %s", (_, charges, plan, text) => expect(lines(charges, { plan: planned(plan) })).toContain(text));

test.each([
  [102, "moved +2.0 %, within the expected product growth of +2.0 % a week."],
  [102.1, "moved +2.1 %, above the expected product growth of +2.0 % a week."],
  [100, "moved 0.0 %, within the expected"],
  [99.9, "moved -0.1 %, below the expected"],
])("days of $%s, after days of $100, beside an expected growth", (cost, text) =>
  expect(lines([...usage(start, 100, week), ...usage(week, cost)], { growth: 2 })).toContain(`**Growth:** the week ${text}`),
);

test.each<[string, string, string, string | null]>([
  ["over before both weeks", "2026-11-07", "2026-11-09", null],
  ["that ended in the week before", "2026-11-07", "2026-11-10", "Compared with:** a week with campaign Fair from Sat 7 Nov to Mon 9 Nov"],
  ["that ended with the week before", "2026-11-11", week, "Compared with:** a week with campaign Fair from Wed 11 Nov to Sun 15 Nov"],
  ["that went on into the week", "2026-11-14", "2026-11-17", "Planned:** campaign Fair from Sat 14 Nov to Mon 16 Nov"],
  ["of the last day", "2026-11-22", asOf, "Planned:** campaign Fair on Sun 22 Nov"],
  ["of the review date", asOf, "2026-11-24", "Coming:** campaign Fair on Mon 23 Nov"],
  ["of the seventh day to come", "2026-11-29", "2026-12-01", "Coming:** campaign Fair from Sun 29 Nov to Mon 30 Nov"],
  ["of the eighth", "2026-11-30", "2026-12-01", null],
])("an event %s", (_, from, to, text) => {
  const event = eventSchema.parse({ name: "Fair", kind: "campaign", start: from, end: to, effect: { percent: 10 } });
  const told = lines(usage(start, 100), { events: [event] }).match(/(?:Compared with|Planned|Coming):\*\*[^(]*/g) ?? [];
  expect(told.map((line) => line.trim())).toEqual(text === null ? [] : [text]);
});

test.each([
  ["on it", 3_100, " closed at $3,100.00, on the plan of $3,100.00."],
  ["under it", 4_000, " closed at $3,100.00, $900.00 (22.5 %) under the plan of $4,000.00."],
  ["over it", 2_500, " closed at $3,100.00, $600.00 (24.0 %) over the plan of $2,500.00."],
  ["over a plan of nothing", 0, " closed at $3,100.00, $3,100.00 over the plan of $0.00."],
  ["without a plan", null, " closed at $3,100.00.\n"],
])("how the month before closed: %s", (_, plan, text) => {
  const date = { asOf: "2026-11-02", sources: [source("2026-11-01")] };
  const october = plan === null ? null : planned(plan, "2026-10");
  expect(lines(usage(start, 100, "2026-11-02"), { ...date, plan: october })).toContain(`**Last month:** October 2026${text}`);
});

test.each([
  ["of this week", "2026-11-18", " The plan was changed by +$1,000.00 in that time."],
  ["of the week before", "2026-11-11", ""],
])("a version of the plan %s beside what moved the forecast", (_, from, text) => {
  const plan = planSchema.parse({ currency: "USD", months: { "2026-11": { amount: 3_000, versions: [{ from, amount: 4_000 }] } } });
  expect(lines(usage(start, 100), { plan })).toMatch(`the forecast has not moved.${text}\n`);
});

test("a forecast of sources with days of their own moved by another pace", () => {
  const late = daily({ start, end: "2026-11-21" }, { source: "cloud", provider: "AWS", cost: units(50) });
  const charges = [...usage(start, 100, week), ...usage(week, 170), ...late];
  expect(lines(charges, { sources: [source("2026-11-22"), source("2026-11-20", "cloud")] })).toMatch(
    /Since last week:\*\* .* as the days since cost .*, \+\$560\.00 as the days to come are taken at another pace\.$/m,
  );
});

test.each([
  [3_000, null],
  [2_850, null],
  [2_700, "$62.50 a day for 8 days, instead of $100.00."],
  [2_200, "not possible any more, the month has used the plan up."],
])("what a day may cost to end on a plan of $%d is told where the month is over it by more than the threshold", (plan, text) => {
  const [, told = null] = /To end on plan:\*\* (.*)$/m.exec(lines(usage(start, 100), { plan: planned(plan) })) ?? [];
  expect(told).toBe(text);
});

test.each([
  ["2026-11-05", undefined],
  ["2026-11-06", ["| OpenAI | $500.00 | $333.33 | +$166.67 (+50.0 %) |", "| Groq | $0.00 | $0.00 | $0.00 |"]],
])("parts of the plan stand against days from the fifth on: %s", (day, rows) => {
  const plan = planSchema.parse({ currency: "USD", months: { "2026-11": { amount: 3_000, slices: { OpenAI: 2_000, Groq: 0 } } } });
  const text = lines(usage(start, 100, day), { asOf: day, sources: [source(day.replace(/\d$/, (last) => `${Number(last) - 1}`))], plan });
  expect(text.match(/^\| (?:OpenAI|Groq) .*$/gm) ?? undefined).toEqual(rows);
});
