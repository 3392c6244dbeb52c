import { describe, expect, test } from "vitest";
import { addDays, daysBetween, eachDay } from "../../../src/core/day.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { ignoreSchema } from "../../../src/core/settings/ignore.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { type ChargePart, charge, daily, reviewInput, source, units } from "../../support/charges.ts";

/** What section 3 says of odd days, and where it finds none. */

const [start, week, asOf] = ["2026-08-31", "2026-11-16", "2026-11-23"];
const usage = (from: string, cost: number, part: ChargePart = {}, to = asOf) =>
  daily({ start: from, end: to }, { cost: units(cost), ...part });
const told = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}) => {
  const { head, items } = anomaliesSection(contextOf(reviewOf(reviewInput({ charges, ...part }))));
  return { head: head?.text ?? "", items: items.map(({ zone }) => zone.text) };
};
/** A service that costs $100.00 a day and these amounts on its last days. */
const ending = (costs: readonly number[]) => {
  const from = addDays(asOf, -costs.length);
  return [...usage(start, 100, {}, from), ...costs.map((cost, index) => charge({ day: addDays(from, index), cost: units(cost) }))];
};

test.each([
  ["stands out still, by less than half of it", [400, 300, 180, 180], "It is fading: most of it is gone."],
  ["stands out no longer", [400, 300, 100, 100], "It has come back since: it did not last."],
  ["began on the last day", [400], "Too early to tell whether it lasts."],
])("what became of a spike that %s", (_, costs, text) => expect(told(ending(costs)).items).toEqual([expect.stringContaining(text)]));

test("a shift that lasted long and went back has not stayed", () => {
  const { items } = told(ending([...Array.from({ length: 13 }, () => 170), 100, 100, 100, 100, 100]));
  expect(items).toEqual([
    expect.stringMatching(/up from Thu 5 Nov to Mon 16 Nov: .*It became a new level, which ended on Wed 18 Nov\.$/s),
    expect.stringMatching(/down from Wed 18 Nov to Sun 22 Nov: .*It has stayed: a shift to a new level\.$/s),
  ]);
});

test("what a launch that was planned for later brings goes on as planned", () => {
  const launch = { name: "Summaries", kind: "launch", start: "2026-11-19", end: "2026-11-20", effect: { percent: 60 } };
  const { head, items } = told(ending([160, 160, 160, 160, 160, 160]), { events: [eventSchema.parse(launch)] });
  expect(head).toContain("**Planned:** launch Summaries. OpenAI · Inference up from Thu 19 Nov to Sun 22 Nov");
  expect(items).toEqual([
    expect.stringMatching(
      /up from Tue 17 Nov to Wed 18 Nov: .*It goes on from Thu 19 Nov as the planned launch Summaries: if that began earlier, move its `start` in overpace\.yaml\.$/s,
    ),
  ]);
});

describe("where no day is asked about", () => {
  const creeping = eachDay({ start, end: asOf }).map((day) =>
    charge({ day, service: "Batch", cost: units(100 * 1.01 ** Math.max(0, daysBetween("2026-10-19", day) + 1)) }),
  );
  const odd = [...usage(start, 100, { provider: "Groq" }), charge({ day: "2026-11-18", provider: "Groq", cost: units(300) })];
  const ignore = [ignoreSchema.parse({ scope: { provider: "Groq" }, reason: "a backfill of the archive", until: "2026-12-01" })];
  test.each<[string, ReviewInput["charges"], string]>([
    ["nothing is said to have departed", usage(start, 100), "No service or provider departed from what"],
    ["what crept did", creeping, "On no day did a service or provider depart from what"],
    ["what is ignored did depart on a day", odd, "Nothing departed but what was planned or is ignored."],
    ["what crept beside it did not", [...creeping, ...odd], "On no day did anything depart but what was planned or is ignored."],
  ])("%s", (_, charges, text) => expect(told(charges, { ignore }).head).toContain(text));

  test.each([
    ["less than two weeks", "2026-11-09", "The data reach back less than two weeks: too little to tell odd days from usual ones."],
    ["two weeks", "2026-11-08", "No service or provider departed from what its weekday and recent level let expect."],
  ])("data that begin %s before the last settled day", (_, from, text) => {
    expect(told(usage(from, 100)).head).toContain(text);
    const groq = [...usage(from, 100, { provider: "Groq" }, week), ...usage(week, 110, { provider: "Groq" })];
    const young = told([...usage(start, 100), ...groq]).head.includes("no odd day can be told yet: Groq · Inference.");
    expect(young).toBe(from > "2026-11-08");
  });

  test.each([
    ["2026-11-15", true],
    ["2026-11-16", false],
  ])("a week of which no day is final tells nothing: final through %s", (through, isSilent) => {
    const { head } = told(usage(start, 100), { sources: [source(through)] });
    expect(head.includes("No day of this week is final yet: whether anything departed cannot be told.")).toBe(isSilent);
    expect(head.includes("No service or provider departed")).toBe(!isSilent);
  });

  test("nothing is said to be young where no day is settled", () =>
    expect(told(usage("2026-11-09", 100), { sources: [source(null)] }).head).not.toContain("two weeks"));
});

/** Days from Wednesday on that cost this much, right after an event that ended on Tuesday, or on another day. */
test.each<[string, number, object, boolean]>([
  ["fewer after a holiday", 20, { kind: "holiday" }, true],
  ["more after a holiday", 300, { kind: "holiday" }, false],
  ["more after a campaign", 300, { kind: "campaign" }, true],
  ["more after what was to bring more", 300, { kind: "campaign", effect: { percent: 20 } }, true],
  ["more after what was to bring less", 300, { kind: "campaign", effect: { percent: -20 } }, false],
  ["fewer after what was to bring less", 20, { kind: "campaign", effect: { percent: -20 } }, true],
  ["more after a launch, which has no end", 300, { kind: "launch", effect: { percent: 20 } }, false],
  ["a day after its end", 300, { kind: "campaign", end: "2026-11-17" }, false],
])("odd days point to an event that they go on with: %s", (_, cost, part, points) => {
  const event = eventSchema.parse({ name: "Fair", start: week, end: "2026-11-18", ...part });
  const { items } = told([...usage(start, 100, {}, "2026-11-18"), ...usage("2026-11-18", cost)], { events: [event] });
  expect(items).toHaveLength(1);
  expect(items[0]?.includes("It begins right after")).toBe(points);
});
