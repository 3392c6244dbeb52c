import { expect, test } from "vitest";
import { explain } from "../../../src/core/explain/explain.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { daily, reviewInput, units } from "../../support/charges.ts";

/** A provider that an event moves as a whole, of which one service is large enough to be told by itself: its cost counts once. */

const [start, asOf] = ["2026-09-07", "2026-11-23"];
const aws = (service: string, cost: number) => [
  ...daily({ start, end: "2026-11-18" }, { provider: "AWS", service, cost: units(cost) }),
  ...daily({ start: "2026-11-18", end: "2026-11-21" }, { provider: "AWS", service, cost: units(cost / 2) }),
  ...daily({ start: "2026-11-21", end: asOf }, { provider: "AWS", service, cost: units(cost) }),
];
// Each of the small ones departs by too little to be told alone.
const small = Array.from({ length: 60 }, (_, index) => aws(`Small ${index}`, 3)).flat();
const event = eventSchema.parse({
  name: "Thanksgiving",
  kind: "holiday",
  start: "2026-11-18",
  end: "2026-11-21",
  effect: { percent: -50 },
});
const input = reviewInput({ charges: [...aws("EC2", 100), ...small], events: [event] });
const review = reviewOf(input);

test("the provider and its service are told with what both cost together, and what was expected of that", () => {
  expect(review.planned.map(({ id }) => id)).toEqual(["aws@2026-11-18", "aws/ec2@2026-11-18"]);
  expect(anomaliesSection(contextOf(review)).head?.text).toContain(
    "**Planned:** holiday Thanksgiving. AWS, AWS · EC2 down from Wed 18 Nov to Fri 20 Nov: together $420.00 instead of $840.00, as was expected of it.",
  );
});

test("and explained with the same amounts", () => {
  const facts = { input, review, listPrices: [], earlier: { forecasts: [], actions: [], past: [] } };
  const { terms } = explain("events.thanksgiving@2026-11-18", facts)?.explanation ?? expect.fail("not explained");
  expect(terms.map(({ value }) => value)).toEqual(expect.arrayContaining(["420.00", "840.00"]));
});
