import { describe, expect, test } from "vitest";
import { type Day, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { arrivalsOf, isPlannedSilence } from "../../../src/core/review/data/arrivals.ts";
import { endOf, isStillAsked, settledAfter, untilWarning } from "../../../src/core/review/data/ended.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { eventSchema } from "../../../src/core/settings/events.ts";
import { charge, type ChargePart, reviewInput, source, units } from "../../support/charges.ts";

/** Usage on some weekdays through a day; the review date is Monday, 23 November 2026. */
const onDays = (isWorked: (weekday: number) => boolean, through: Day, from = "2026-10-05") =>
  eachDay({ start: from, end: through })
    .filter((day) => isWorked(weekdayOf(day)))
    .map((day) => charge({ day, cost: units(100) }));
const workdays = (weekday: number) => ![weekdayOf("2026-11-21"), weekdayOf("2026-11-22")].includes(weekday);
const said = (charges: ReturnType<typeof onDays>, problem: string | null = null) => {
  const last = charges.at(-1)?.day ?? null;
  const { arrivals, incomplete } = reviewOf(
    reviewInput({ charges, sources: [{ ...source(last ?? "2026-11-22"), settledThrough: last, problem }] }),
  );
  return [arrivals.map(({ missing }) => missing), incomplete];
};

describe("a file that nobody adds to at weekends", () => {
  test("lacks nothing on Monday", () => expect(said(onDays(workdays, "2026-11-21"))).toEqual([[0], false]));
  test("lacks the working days that it has not", () => expect(said(onDays(workdays, "2026-11-20"))).toEqual([[1], true]));
  test("lacks those of a whole week, weeks later too", () => expect(said(onDays(workdays, "2026-10-31"))).toEqual([[5], true]));
  test("is not known to be so after less than two weeks", () =>
    expect(said(onDays(workdays, "2026-11-21", "2026-11-09"))).toEqual([[2], true]));
  test("is known to be so after two weeks", () => expect(said(onDays(workdays, "2026-11-21", "2026-11-06"))).toEqual([[0], false]));
  test.each([
    ["2026-10-24", [[0], false]],
    ["2026-10-25", [[1], true]],
  ])("is judged by its last four weeks: with weekends until %s before", (end, expected) => {
    const weekends = onDays((weekday) => !workdays(weekday), end, "2026-10-03");
    expect(said([...weekends, ...onDays(workdays, "2026-11-21")].toSorted((a, b) => (a.day < b.day ? -1 : 1)))).toEqual(expected);
  });
  test("may lack any day where it could not be read", () =>
    expect(said(onDays(workdays, "2026-11-21"), "403 from the server")).toEqual([[2], true]));
});

test("a file with charges on every day lacks the weekend", () => expect(said(onDays(() => true, "2026-11-21"))).toEqual([[2], true]));

test.each([
  [["2026-10-03", "2026-11-03"], true],
  [["2026-11-03"], true],
  [["2026-10-03", "2026-11-03", "2026-11-04"], false],
  [[], false],
])("charges on %j, one day of a month at most: %s", (days, isMonthly) => {
  const { arrivals } = reviewOf(
    reviewInput({ charges: days.map((day) => charge({ day, cost: units(600) })), sources: [source("2026-11-03")] }),
  );
  expect(arrivals).toMatchObject([{ isMonthly }]);
});

test.each<[string, Day | null, Day, number]>([
  ["than its last charge", "2026-11-20", "2026-11-20", 2],
  ["not where that is later", "2026-11-10", "2026-11-17", 5],
  ["nor where it answered for none", null, "2026-11-17", 5],
])("a source reaches as far as it answered, where that is further: %s", (_, answered, lastDay, missing) => {
  const charges = [{ source: "focus", day: "2026-11-17" }];
  const period = { start: "2026-11-16", end: "2026-11-23" };
  expect(arrivalsOf([source("2026-11-18")], charges, period, () => answered)).toMatchObject([{ lastDay, missing }]);
});

test("a source that has ended lacks no day from its end on, and those before it all the same", () => {
  const period = { start: "2026-11-16", end: "2026-11-23" };
  const missing = (until: Day | undefined) =>
    arrivalsOf([{ ...source("2026-11-18"), until }], [{ source: "focus", day: "2026-11-17" }], period).map((arrival) => arrival.missing);
  expect([missing(undefined), missing("2026-11-18"), missing("2026-11-20")]).toEqual([[5], [0], [2]]);
});

test.each([
  ["2026-11-18", 1, "2026-11-22"],
  ["2026-11-22", 1, "2026-11-22"],
  ["2026-11-22", 3, "2026-11-19"],
])("a source that ended on %s and takes %d days is final through %s", (end, settlingDays, last) =>
  expect(settledAfter(end, settlingDays, "2026-11-23")).toBe(last),
);

describe("a source with `until`", () => {
  const costing = (day: Day, part: ChargePart = {}) => [`${day} focus`, [charge({ day, cost: 1n, ...part })]] as const;
  const used = [costing("2026-11-10"), costing("2026-11-09")];
  const until = (day: Day, days: readonly (typeof used)[number][], asOf = "2026-11-23") => [
    endOf({ name: "focus", until: day }, new Map(days), asOf),
    untilWarning({ name: "focus", until: day }, new Map(days), asOf)?.replace(/^.*: write /, "") ?? null,
  ];
  const fee = costing("2026-11-20", { frequency: "Recurring" });
  test.each([
    ["has ended where its last usage is of the day before", "2026-11-11", used, ["2026-11-11", null]],
    ["not where that is an earlier day", "2026-11-13", used, [null, "`until: 2026-11-11` if nothing is missing after it"]],
    ["nor a later one", "2026-11-10", used, [null, "`until: 2026-11-11`, or take `until` out"]],
    ["has, whatever fee goes on", "2026-11-11", [...used, fee], ["2026-11-11", null]],
    ["and whatever usage costs nothing", "2026-11-11", [...used, costing("2026-11-12", { cost: 0n })], ["2026-11-11", null]],
    [
      "not where that is billed",
      "2026-11-11",
      [...used, costing("2026-11-12", { effective: 0n })],
      [null, "`until: 2026-11-13`, or take `until` out"],
    ],
    [
      "nor where it counts",
      "2026-11-11",
      [...used, costing("2026-11-12", { billed: 0n })],
      [null, "`until: 2026-11-13`, or take `until` out"],
    ],
    ["of fees alone with the last of them", "2026-11-21", [fee], ["2026-11-21", null]],
    ["of which nothing is known has not", "2026-11-11", [], [null, null]],
    ["ends on the review date", "2026-11-23", [costing("2026-11-22")], ["2026-11-23", null]],
    ["has not before its time", "2026-11-24", [costing("2026-11-22"), costing("2026-11-23")], [null, null]],
    [
      "has not by what is of the review date",
      "2026-11-23",
      [costing("2026-11-21"), costing("2026-11-23")],
      [null, "`until: 2026-11-22` if nothing is missing after it"],
    ],
  ])("%s", (_, day, days, expected) => expect(until(day, days)).toEqual(expected));

  test.each([
    ["2026-11-11", "2026-12-09", true],
    ["2026-11-11", "2026-12-10", false],
    ["2026-12-01", "2026-12-09", true],
    ["2026-12-01", "2026-12-10", false],
    [null, "2026-12-10", true],
  ])("that ended on %s is asked on %s until the fees of its last month are final, and once more: %s", (end, asOf, is) =>
    expect(isStillAsked({ settlingDays: 2 }, end, asOf)).toBe(is),
  );
});

describe("that a provider falls silent was said beforehand", () => {
  const silence = { provider: "OpenAI", lastDay: "2026-11-17", days: 3, usualDay: 1n };
  const event = (kind: string, start: Day, end: Day, more: object = {}) => eventSchema.parse({ name: "x", kind, start, end, ...more });
  test.each([
    ["by a holiday of its days", event("holiday", "2026-11-18", "2026-11-21"), true],
    ["not by one that begins later", event("holiday", "2026-11-19", "2026-11-21"), false],
    ["nor by one that is over earlier", event("holiday", "2026-11-18", "2026-11-20"), false],
    ["nor by one of another provider", event("holiday", "2026-11-18", "2026-11-21", { scope: { provider: "AWS" } }), false],
    ["nor by one that is to raise costs", event("holiday", "2026-11-18", "2026-11-21", { effect: { percent: 1 } }), false],
    ["nor by one that is to leave them", event("holiday", "2026-11-18", "2026-11-21", { effect: { percent: 0 } }), false],
    ["by one that is to lower them", event("holiday", "2026-11-18", "2026-11-21", { effect: { percent: -1 } }), true],
    ["by a migration that covers its first day", event("migration", "2026-11-16", "2026-11-17"), true],
    ["not by one that is to come", event("migration", "2026-11-19", "2026-11-21"), false],
    ["nor by a launch", event("launch", "2026-11-16", "2026-11-25"), false],
  ])("%s", (_, planned, is) => expect(isPlannedSilence(silence, [planned])).toBe(is));
});
