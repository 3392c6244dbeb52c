import { describe, expect, it, test } from "vitest";
import { type Day, addDays, eachDay, weekdayOf } from "../../../../src/core/day.ts";
import { peakOf } from "../../../../src/core/review/findings/peak.ts";
import { reviewOf } from "../../../../src/core/review/review.ts";
import { type PlannedEvent, eventSchema } from "../../../../src/core/settings/events.ts";
import { charge, daily, reviewInput, units } from "../../../support/charges.ts";

/** Monday to Sunday; Wednesday the 18th is what the tables move. */
const period = { start: "2026-11-16", end: "2026-11-23" };
const wednesday = "2026-11-18";

interface Given {
  readonly first?: Day;
  readonly holes?: readonly { readonly start: Day; readonly end: Day }[];
  readonly settled?: Day | null;
  readonly events?: readonly PlannedEvent[];
}

/** The peak of a week of days that cost 100 each, but for those named. */
function peak(costs: Readonly<Record<Day, number>>, { first = "2026-09-01", holes = [], settled = "2026-11-22", events = [] }: Given = {}) {
  const daily = new Map(eachDay({ start: first, end: period.end }).map((day) => [day, units(costs[day] ?? 100)]));
  return peakOf(daily, period, { firstDay: first, holes }, settled, events);
}

describe("what is usual for a weekday", () => {
  const before = (...costs: number[]) => Object.fromEntries(costs.map((cost, index) => [addDays(wednesday, -7 * (index + 1)), cost]));
  const holiday = eventSchema.parse({ name: "Holiday", kind: "holiday", start: "2026-11-11", end: "2026-11-12" });
  it.each<[string, number[], Given, number]>([
    ["the median of four weeks, of an even number the mean of both in the middle", [90, 10, 50, 30], {}, 40],
    ["nothing of a fifth week", [40, 40, 90, 90, 1], {}, 65],
    ["the middle one of three that the data hold", [90, 10, 30, 70], { first: "2026-10-27" }, 30],
    ["of two their mean", [90, 10, 30, 70], { first: "2026-11-04" }, 50],
    ["without a day in a hole", [90, 10, 50, 30], { holes: [{ start: "2026-11-03", end: "2026-11-05" }] }, 50],
    ["without a planned holiday", [90, 10, 50, 30], { events: [holiday] }, 30],
    ["with a planned holiday of one provider", [90, 10, 50, 30], { events: [{ ...holiday, scope: { provider: "OpenAI" } }] }, 40],
    ["with the days of a launch", [90, 10, 50, 30], { events: [{ ...holiday, kind: "launch" }] }, 40],
  ])("%s", (_, costs, given, usual) => {
    expect(peak({ ...before(...costs), [wednesday]: 900 }, given)).toMatchObject({
      day: wednesday,
      actual: units(900),
      usual: units(usual),
    });
  });

  it("is not known of one week", () => {
    expect(peak({ [wednesday]: 900 }, { first: "2026-11-05" })).toBeNull();
  });
});

describe("the day farthest above its usual", () => {
  /** So much more than usual on each of these days. */
  const more = (start: Day, ...amounts: number[]) =>
    Object.fromEntries(amounts.map((amount, index) => [addDays(start, index), 100 + amount]));
  it.each<[string, Record<Day, number>, Given, Day | null]>([
    ["is the peak", more(wednesday, 50), {}, wednesday],
    ["is the first of two alike", more(wednesday, 50, 50), {}, wednesday],
    ["counts once it is settled", more(wednesday, 50), { settled: wednesday }, wednesday],
    ["does not count before", more(wednesday, 50), { settled: "2026-11-17" }, null],
    ["leaves the peak to a settled one", more("2026-11-17", 20, 50), { settled: "2026-11-17" }, "2026-11-17"],
    ["is the peak where no other day is settled", more("2026-11-16", 50), { settled: "2026-11-16" }, "2026-11-16"],
    ["is none where nothing is settled", more(wednesday, 50), { settled: null }, null],
    ["needs half as much again as the other days", more("2026-11-16", 20, 20, 30, 20, 20, 20, 20), {}, wednesday],
    ["is none with less", more("2026-11-16", 20, 20, 29.9, 20, 20, 20, 20), {}, null],
    ["needs twice what the days of the week before lay above theirs", more("2026-11-09", 5, 5, 5, 5, 5, 5, 5, 0, 0, 10), {}, wednesday],
    ["is none with less than that", more("2026-11-09", 5, 5, 5, 5, 5, 5, 5, 0, 0, 9.9), {}, null],
    ["is held against no day before that week", { ...more("2026-11-08", 50, 50, 50, 50), ...more(wednesday, 40) }, {}, wednesday],
    ["is none where it lies below", more(wednesday, -50), {}, null],
  ])("%s", (_, costs, given, day) => expect(peak(costs, given)?.day ?? null).toBe(day));
});

test("another day may cost more, where the peak lies on a weekend", () => {
  const weekend = (day: Day) => weekdayOf(day) % 6 === 0;
  const low = Object.fromEntries(eachDay({ start: "2026-09-01", end: period.end }).flatMap((day) => (weekend(day) ? [[day, 20]] : [])));
  expect(peak({ ...low, "2026-11-21": 80 })).toMatchObject({ day: "2026-11-21", percent: 300, isHighest: false });
  expect(peak({ ...low, "2026-11-21": 100 })).toMatchObject({ day: "2026-11-21", percent: 400, isHighest: true });
});

test("the highest day of a review is that of all usage", () => {
  const charges = [
    ...daily({ start: "2026-09-01", end: period.end }, { cost: units(60) }),
    ...daily({ start: "2026-09-01", end: period.end }, { service: "Batch", cost: units(40) }),
  ];
  const odd = [charge({ day: "2026-11-18", cost: units(50) }), charge({ day: "2026-11-20", category: "Tax", cost: units(70) })];
  const { peak } = reviewOf(reviewInput({ charges: [...charges, ...odd] }));
  expect(peak).toEqual({ day: "2026-11-18", actual: units(150), usual: units(100), percent: 50, isHighest: true });
});
