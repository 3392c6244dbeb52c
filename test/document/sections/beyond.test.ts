import { expect, test } from "vitest";
import { addDays } from "../../../src/core/day.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import type { Section } from "../../../src/document/body/model.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { charge, daily, reviewInput, units } from "../../support/charges.ts";

/** Odd days in the days of a planned event that the event does not explain. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const launch = "planned launch Bots";

/** The anomalies of the last days of a service that cost $100.00 a day before, under a launch. */
function sectionOf(costs: readonly number[], effect?: { percent: number }): Section {
  const from = addDays(asOf, -costs.length);
  const events = [eventSchema.parse({ name: "Bots", kind: "launch", start: from, end: addDays(from, 7), effect })];
  const days = costs.map((cost, index) => charge({ day: addDays(from, index), cost: units(cost) }));
  const review = reviewOf(reviewInput({ charges: [...daily({ start, end: from }, { cost: units(100) }), ...days], events }));
  return anomaliesSection(contextOf(review));
}

/** What is asked about. */
const told = (...days: Parameters<typeof sectionOf>) =>
  sectionOf(...days)
    .items.map(({ zone }) => zone.text)
    .join("\n");

test.each<[string, number[], { percent: number } | undefined, string]>([
  ["more than stated", [300], { percent: 50 }, `It goes beyond the ${launch}: 100.0 % over what was expected of it ($150.00).`],
  ["less than stated", [20], { percent: -60 }, `It goes beyond the ${launch}: 50.0 % under what was expected of it ($40.00).`],
  ["more, where nothing is stated", [300], undefined, `The ${launch} states no effect; more than double is not put down to it.`],
  ["more, where less was to come", [300], { percent: -30 }, `It is not what the ${launch} was to do.`],
  ["less, where more was to come", [20], { percent: 50 }, `It is not what the ${launch} was to do.`],
  ["more, where nothing was to change", [300], { percent: 0 }, `It is not what the ${launch} was to do.`],
  [
    "one day more than stated, all together less",
    [500, 170, 170, 170, 170],
    { percent: 140 },
    `Single days go beyond the ${launch}; all of them together are 1.7 % under what was expected of it ($1,200.00).`,
  ],
  [
    "one day more than stated, all together as much",
    [500, 175, 175, 175, 175],
    { percent: 140 },
    `Single days go beyond the ${launch}; all of them together are as was expected of it.`,
  ],
])("%s", (_, costs, effect, text) => expect(told(costs, effect)).toContain(text));

test.each<[string, number[], { percent: number } | undefined]>([
  ["what was stated", [150], { percent: 50 }],
  ["up to double, where nothing is stated", [200], undefined],
  ["a fall to nothing, where nothing is stated", [0], undefined],
])("%s is no alert", (_, costs, effect) => expect(told(costs, effect)).toBe(""));

test.each<[string, number, number, string]>([
  ["as stated", 60, -40, "$180.00 instead of $300.00, as was expected of it."],
  ["more than stated", 66, -40, "$198.00 instead of $300.00, 10.0 % over what was expected of it ($180.00)."],
  ["nothing, as stated", 0, -100, "$0.00 instead of $300.00, as was expected of it."],
  ["something, where nothing was to be left", 3, -100, "$9.00 instead of $300.00, over what was expected of it ($0.00)."],
])("what an event explains is held against its effect: %s", (_, cost, percent, text) =>
  expect(sectionOf([cost, cost, cost], { percent }).head?.text).toContain(`OpenAI · Inference down from Fri 20 Nov to Sun 22 Nov: ${text}`),
);
