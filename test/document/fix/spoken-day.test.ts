import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, weekdayOf } from "../../../src/core/day.ts";
import { sprintEnd } from "../../../src/core/settings/schedule.ts";
import { spokenDay } from "../../../src/document/fix/spoken-day.ts";
import { runs } from "../../support/properties.ts";

// Monday 23 November 2026; two-week sprints from Monday 16 November.
const from = { reviewDate: "2026-11-23", next: "2026-11-30", sprint: { start: "2026-11-16", weeks: 2 } };

describe("spokenDay", () => {
  it.each([
    ["Friday", "2026-11-27"],
    ["fri", "2026-11-27"],
    [" FRIDAY ", "2026-11-27"],
    ["tue", "2026-11-24"],
    ["tues", "2026-11-24"],
    ["wednesday", "2026-11-25"],
    ["thur", "2026-11-26"],
    ["thurs", "2026-11-26"],
    ["sat", "2026-11-28"],
    ["Sunday", "2026-11-29"],
    // The review date itself is a Monday: the next one is meant.
    ["Monday", "2026-11-30"],
    ["next review", "2026-11-30"],
    ["Next  Review", "2026-11-30"],
    ["this sprint", "2026-11-29"],
    ["next sprint", "2026-12-13"],
    ["2026/12/04", "2026-12-04"],
    ["2026.12.4", "2026-12-04"],
    ["2026-12-4", "2026-12-04"],
    ["4 Dec 2026", "2026-12-04"],
    ["4th December 2026", "2026-12-04"],
    ["Dec 4, 2026", "2026-12-04"],
    ["december 4 2026", "2026-12-04"],
    ["1 Sept. 2027", "2027-09-01"],
    ["29 Feb 2028", "2028-02-29"],
  ])("%s is %s", (words, day) => expect(spokenDay(words, from)).toEqual({ day }));

  it.each([
    ["a day and a month that could be each other", "04/12/2026"],
    ["the same with dots", "04.12.2026"],
    ["no year", "4 Dec"],
    ["no such day", "30 Feb 2026"],
    ["no such day of a leap year", "29 Feb 2027"],
    ["a month of no calendar", "4 Foo 2026"],
    ["next Friday, of which there are two", "next Friday"],
    ["end of a week", "end of week"],
    ["soon", "soon"],
    ["nothing", ""],
    ["a prefix of a weekday", "f"],
    ["a sentence", "Friday, if the export works again by then"],
    ["very long", `Friday${" ".repeat(100_000)}`],
  ])("%s is left to people: %s", (_, words) => expect(spokenDay(words, from)).toBeNull());

  it("says what is not known", () => {
    expect(spokenDay("this sprint", { ...from, sprint: null })).toEqual({ missing: "sprint" });
    expect(spokenDay("next review", { ...from, next: null })).toEqual({ missing: "next" });
  });
});

describe("sprintEnd", () => {
  const sprint = { start: "2026-11-16", weeks: 2 };
  it.each([
    ["the first day", "2026-11-16", "2026-11-29"],
    ["the last day", "2026-11-29", "2026-11-29"],
    ["the day after", "2026-11-30", "2026-12-13"],
    ["the day before the first", "2026-11-15", "2026-11-15"],
    ["a year before", "2025-11-16", "2025-11-16"],
  ])("%s of a sprint", (_, day, end) => expect(sprintEnd(day, sprint)).toBe(end));

  it("a sprint holds its day, and the next one follows it", () => {
    const days = fc.integer({ min: -2_000, max: 2_000 }).map((count) => addDays("2026-11-16", count));
    fc.assert(
      fc.property(days, days, fc.integer({ min: 1, max: 8 }), (day, start, weeks) => {
        const end = sprintEnd(day, { start, weeks });
        expect(end >= day && end < addDays(day, weeks * 7)).toBe(true);
        expect(weekdayOf(end)).toBe((weekdayOf(start) + 6) % 7);
        expect(sprintEnd(day, { start, weeks }, 1)).toBe(sprintEnd(addDays(end, 1), { start, weeks }));
      }),
      runs(200),
    );
  });
});
