import { describe, expect, it } from "vitest";
import { daysToMonthBefore } from "../../../src/core/anomaly/month-before.ts";
import { addDays } from "../../../src/core/day.ts";

describe("a month before", () => {
  it.each([
    ["a day", "2026-11-12", ["2026-10-12"]],
    ["a first day", "2026-03-01", ["2026-02-01"]],
    ["in January", "2027-01-15", ["2026-12-15"]],
    ["a last day, by its number and as the last", "2026-06-30", ["2026-05-30", "2026-05-31"]],
    ["a last day after one as long", "2026-08-31", ["2026-07-31", "2026-07-31"]],
    ["a last day that the month before had not", "2026-03-31", ["2026-02-28"]],
    ["a day that the month before had not", "2026-03-30", []],
    ["a leap day", "2028-02-29", ["2028-01-29", "2028-01-31"]],
    ["a last day after a leap day", "2028-03-31", ["2028-02-29"]],
  ] as const)("%s", (_, day, expected) => expect(daysToMonthBefore(day).map((days) => addDays(day, -days))).toEqual(expected));
});
