import { expect, test } from "vitest";
import { type Day, daysBetween, eachDay } from "../../../src/core/day.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { draftsOf } from "../../../src/document/drafts.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { type ChargePart, charge, reviewInput, source, units } from "../../support/charges.ts";

/** An odd day that was not final when its week was reviewed is asked about a week later. */

const [start, week, asOf] = ["2026-08-01", "2026-11-23", "2026-11-30"];
const usual = (day: Day) => 100 + (daysBetween(start, day) % 3);
const usage = (cost: (day: Day) => number, part: ChargePart = {}) =>
  eachDay({ start, end: asOf }).map((day) => charge({ day, cost: units(cost(day)), ...part }));
const contextWith = (charges: ReturnType<typeof usage>, sources = [source("2026-11-28")]) =>
  contextOf(reviewOf(reviewInput({ asOf, charges, sources })));
const itemsIn = (context: ReturnType<typeof contextWith>) => anomaliesSection(context).items.map(({ zone }) => zone.text);

test("it is said to lie before this week", () => {
  const [item, ...others] = itemsIn(contextWith(usage((day) => (day === "2026-11-22" ? 400 : usual(day)))));
  expect(item).toContain("on Sun 22 Nov: $400.00 instead of");
  expect(item).toContain("It has come back since: it did not last.");
  expect(item).toContain("It lies before this week, on a day that no review could tell yet.");
  expect(others).toEqual([]);
});

test("of several days the last are said to be news: an earlier review may have told the first", () => {
  const context = contextWith(usage((day) => (day === "2026-11-21" || day === "2026-11-22" ? 400 : usual(day))));
  const [item] = itemsIn(context);
  expect(item).toContain("It lies before this week; its last days no review could tell yet.");
  const answer = { anomaly: "openai/inference@2026-11-21", review: "2026-W47", status: "closed", cause: "A batch ran twice" } as const;
  // What was answered is not computed again by check.
  expect(itemsIn({ ...context, answered: [{ ...answer, resolution: "It runs once again", actions: [] }] })).toEqual([item]);
});

test("that it has come back is told by the days of its own source, whatever another is final through", () => {
  const sources = [source("2026-11-28"), source("2026-11-08", "stale")];
  const stale = usage(() => 1, { service: "Batch", source: "stale" }).filter(({ day }) => day <= "2026-11-08");
  const [item] = itemsIn(contextWith([...usage((day) => (day === "2026-11-22" ? 400 : usual(day))), ...stale], sources));
  expect(item).toContain("It has come back since: it did not last.");
});

test("a run that reaches into this week is said to lie in it", () => {
  const [item] = itemsIn(contextWith(usage((day) => usual(day) * (day >= "2026-11-22" ? 4 : 1))));
  expect(item).toContain("from Sun 22 Nov");
  expect(item).not.toContain("before this week");
});

test("what moved in this week is drafted beside it", () => {
  const context = contextWith(usage((day) => (day === "2026-11-18" || day === "2026-11-22" ? 20 : usual(day) * (day >= week ? 1.18 : 1))));
  expect(draftsOf(context).map(({ about }) => about)).toEqual(["openai/inference@2026-11-22", "openai/inference"]);
});

test("a provider's does not name services of this week", () => {
  const services = Array.from({ length: 48 }, (_, index) =>
    usage((day) => (day === "2026-11-22" ? 4.5 : 2 + (daysBetween(start, day) % 2) / 20), { service: `s${index}` }),
  ).flat();
  const risen = usage((day) => (day < week ? 100 : 118), { service: "Inference" });
  const [item] = itemsIn(contextWith([...services, ...risen]));
  expect(item).toContain("### OpenAI up on Sun 22 Nov");
  expect(item).not.toContain("In it this week");
});
