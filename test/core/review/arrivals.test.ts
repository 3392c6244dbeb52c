import { describe, expect, test } from "vitest";
import { type Day, eachDay, weekdayOf } from "../../../src/core/day.ts";
import { arrivalsOf } from "../../../src/core/review/data/arrivals.ts";
import { settledAfter } from "../../../src/core/review/data/ended.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput, source, units } from "../../support/charges.ts";

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
