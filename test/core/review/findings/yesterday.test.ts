import { describe, expect, it, test } from "vitest";
import { type Day, addDays, eachDay, weekdayOf } from "../../../../src/core/day.ts";
import { usageByDay, yesterdayOf } from "../../../../src/core/review/findings/yesterday.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { type PlannedEvent, eventSchema } from "../../../../src/core/settings/events.ts";
import { charge, reviewInput, thresholds, units } from "../../../support/charges.ts";

const start = "2026-08-17";
const sunday = "2026-11-22";
const hole = { start: "2026-11-10", end: "2026-11-17" };

/** The last day of services that cost so much on each day. */
function yesterday(costOn: (day: Day) => number, events: readonly PlannedEvent[] = [], holes: readonly (typeof hole)[] = []) {
  const charges = eachDay({ start, end: addDays(sunday, 1) }).map((day) => charge({ day, cost: units(costOn(day)) }));
  const services = reviewOf(reviewInput({ charges })).deltas.flatMap(({ slice }) => (slice.dimension === "service" ? [slice] : []));
  return yesterdayOf(services, usageByDay(services), sunday, thresholds, { events, holes });
}
const expected = (...given: Parameters<typeof yesterday>) => Number(yesterday(...given)?.expected ?? 0n) / 1e6;
const since = (day: Day, cost: number) => (one: Day) => (one < day ? 100 : cost);

it.each([
  ["no odd day", () => 100, 100],
  ["one odd day", (day: Day) => (day === "2026-11-18" ? 900 : 100), 100],
  ["eleven odd days in a row", since("2026-11-11", 300), 100],
  ["twelve: they are the new level", since("2026-11-10", 300), 300],
  ["twelve of which one is low", (day: Day) => (day === "2026-11-16" ? 1 : since("2026-11-10", 300)(day)), 100],
  ["six odd days up and six down", (day: Day) => (day < "2026-11-10" ? 100 : day < "2026-11-16" ? 300 : 20), 100],
])("after %s a day is expected to cost so much, and a twenty-fifth more at most", (_, costOn, amount) => {
  expect(yesterday(costOn)).toMatchObject({ expected: units(amount), high: units(1.04 * amount) });
});

test("after the first week of a planned launch a day is expected to cost what its days did", () => {
  const launch = eventSchema.parse({ name: "Launch", kind: "launch", start: "2026-11-12", end: "2026-11-13" });
  expect(expected(since("2026-11-12", 180))).toBe(100);
  expect(expected(since("2026-11-12", 180), [launch])).toBe(180);
});

describe("days that are nothing to compare with", () => {
  const low = (day: Day) => (day >= hole.start && day < hole.end ? 60 : 100);
  const holiday = eventSchema.parse({ name: "Holiday", kind: "holiday", ...hole });
  it.each<[string, PlannedEvent[], (typeof hole)[], boolean]>([
    ["a planned holiday of all", [holiday], [], true],
    ["a planned holiday of one provider", [{ ...holiday, scope: { provider: "OpenAI" } }], [], false],
    ["a hole in the data", [], [hole], true],
  ])("%s", (_, events, holes, isLeft) => {
    // The days are no longer odd by themselves where a third of the weeks before are like them.
    const often = (day: Day) => (day < "2026-10-20" ? (weekdayOf(day) % 2 === 0 ? 60 : 100) : low(day));
    expect(expected(often, events, holes) === expected(often)).toBe(!isLeft);
  });
});

describe("a weekday that costs nothing", () => {
  /** It did cost something until five weeks before. */
  const free = (day: Day) => (weekdayOf(day) === weekdayOf(sunday) && day > "2026-10-20" ? 0 : 100);
  test("is as usual where it did so four times", () => expect(yesterday(free)?.low).toBe(0n));
  test.each([1, 2, 3, 4])("is not where it cost something %d weeks before", (weeks) => {
    const used = addDays(sunday, -7 * weeks);
    expect(yesterday((day) => (day === used ? 100 : free(day)))?.low).toBeGreaterThan(0n);
  });
});
