import { expect, test } from "vitest";
import { addDays, daysBetween, eachDay } from "../../../src/core/day.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { ignoreSchema } from "../../../src/core/settings/ignore.ts";
import { anomaliesSection } from "../../../src/document/sections/anomalies/anomalies.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { charge, daily, reviewInput, units } from "../../support/charges.ts";

/** What stands at a slice and in a list of several, where there is more than one. */

const [start, week, asOf] = ["2026-08-17", "2026-11-16", "2026-11-23"];
const of = (charges: ReviewInput["charges"], part: Partial<ReviewInput> = {}) => contextOf(reviewOf(reviewInput({ charges, ...part })));

test("a delta says which models were likely renamed in it, and no other one does", () => {
  const model = (name: string, from: string, to: string) => daily({ start: from, end: to }, { model: name, cost: units(100) });
  const other = [
    ...daily({ start, end: week }, { service: "Batch", cost: units(50) }),
    ...daily({ start: week, end: asOf }, { service: "Batch", cost: units(70) }),
  ];
  const rising = daily({ start: week, end: asOf }, { model: "c", cost: units(60) });
  const charges = [...model("a", start, "2026-11-18"), ...model("b", "2026-11-18", asOf), ...rising, ...other];
  const texts = new Map(deltasSection(of(charges)).items.map(({ zone }) => [zone.id, zone.text]));
  expect(texts.get("openai/inference")).toContain("Likely renamed inside: a → b (see Top deltas).");
  expect(texts.get("openai/batch")).not.toContain("renamed");
});

test("of many slow rises that are ignored the first are named, the others counted", () => {
  const creeping = (service: string) =>
    eachDay({ start, end: asOf }).map((day) =>
      charge({ service, day, cost: units(100 * 1.01 ** Math.max(0, daysBetween("2026-10-19", day) + 1)) }),
    );
  const ignore = [ignoreSchema.parse({ scope: { provider: "OpenAI" }, reason: "backfill of the archive", until: addDays(asOf, 1) })];
  const told = (count: number) => {
    const charges = Array.from({ length: count }, (_, index) => creeping(`S${index}`)).flat();
    return anomaliesSection(of(charges, { ignore })).head?.text ?? "";
  };
  expect(told(4)).toMatch(/:\*\* 4 findings, .*S0 slow rise .*S1 slow rise .*S2 slow rise .*S3 slow rise/);
  expect(told(5)).toMatch(/:\*\* 5 findings, .*S0 slow rise .*S1 slow rise .*S2 slow rise [^·]*, 2 more that crept\. Reason: backfill/);
});

test.each([
  [1, false, "P0 · Inference up from Wed 18 Nov to Thu 19 Nov: $600.00 instead of $200.00"],
  [4, false, "P0 · Inference, P1 · Inference, P2 · Inference, P3 · Inference up from Wed 18 Nov to Thu 19 Nov: together $2,400.00"],
  [5, false, "P0 · Inference, P1 · Inference, P2 · Inference and 2 more up from Wed 18 Nov to Thu 19 Nov: together $3,000.00"],
  [2, true, "P1 · Inference up from Wed 18 Nov to Thu 19 Nov, P0 · Inference up on Wed 18 Nov: together $900.00"],
])("of %d services that an event explains the first are named, with days of their own where those differ: %s", (count, differ, text) => {
  const event = { name: "Sale", kind: "campaign", start: "2026-11-18", end: "2026-11-20", effect: { percent: 200 } };
  const charges = Array.from({ length: count }, (_, index) => {
    const [provider, until] = [`P${index}`, differ && index === 0 ? "2026-11-19" : "2026-11-20"];
    const isDear = (day: string) => day >= "2026-11-18" && day < until;
    return eachDay({ start, end: asOf }).map((day) => charge({ provider, day, cost: units(isDear(day) ? 300 : 100) }));
  }).flat();
  const { head } = anomaliesSection(of(charges, { events: [eventSchema.parse(event)] }));
  expect(head?.text).toContain(`**Planned:** campaign Sale. ${text}`);
});
