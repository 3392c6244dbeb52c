import { describe, expect, test } from "vitest";
import { addDays } from "../../../../src/core/day.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { eventSchema } from "../../../../src/core/settings/events.ts";
import { daily, reviewInput, source, units } from "../../../support/charges.ts";

/** A migration takes services of a provider away for good: the provider falls for no other reason, the weeks after it neither. */

const [start, gone] = ["2026-08-31", "2026-11-03"];
const ec2 = { provider: "AWS", service: "EC2" };
const aws = (service: string, cost: number, end: string, from = start) =>
  daily({ start: from, end }, { provider: "AWS", service, cost: units(cost) });
const move = (from: string, scope: object, percent: number) =>
  eventSchema.parse({ name: `Move ${percent}`, kind: "migration", start: from, end: addDays(from, 1), scope, effect: { percent } });

/** What is asked about on a day, beside OpenAI, which costs the same as ever. */
function askedOn(asOf: string, charges: ReturnType<typeof aws>, events: ReturnType<typeof move>[]): string[] {
  const seen = [...daily({ start, end: asOf }, { cost: units(100) }), ...charges.filter(({ day }) => day < asOf)];
  const review = reviewOf(reviewInput({ asOf, charges: seen, events, sources: [source(addDays(asOf, -1))] }));
  return review.anomalies.map(({ id }) => id);
}

const reviewDates = [5, 7, 9, 11, 13, 15, 17, 19].map((days) => addDays(gone, days));

describe.each(reviewDates)("on %s", (asOf) => {
  test("of both of its services", () => {
    const charges = [...aws("EC2", 60, gone), ...aws("RDS", 40, gone)];
    expect(askedOn(asOf, charges, [move(gone, { provider: "AWS" }, -100)])).toEqual([]);
  });

  test("of the larger one of two, named in the scope", () => {
    const charges = [...aws("EC2", 60, gone), ...aws("RDS", 40, asOf)];
    expect(askedOn(asOf, charges, [move(gone, ec2, -100)])).toEqual([]);
  });

  test("of one that leaves in two steps", () => {
    const second = addDays(gone, 8);
    const charges = [...aws("EC2", 60, gone), ...aws("EC2", 30, second, gone), ...aws("RDS", 20, asOf)];
    expect(askedOn(asOf, charges, [move(gone, ec2, -50), move(second, ec2, -100)])).toEqual([]);
  });
});

test("what else falls in the provider then is still asked about", () => {
  const small = Array.from({ length: 60 }, (_, index) => [
    ...aws(`Small ${index}`, 3, "2026-11-12"),
    ...aws(`Small ${index}`, 1, "2026-11-20", "2026-11-12"),
  ]);
  expect(askedOn("2026-11-16", [...aws("EC2", 60, gone), ...small.flat()], [move(gone, ec2, -100)])).toEqual(["aws@2026-11-12"]);
});
