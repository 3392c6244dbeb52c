import { describe, expect, test } from "vitest";
import { answeredThrough, withFrequency } from "../../../src/core/ledger/rhythm.ts";
import { charge } from "../../support/charges.ts";

describe("the last day that a source answers for", () => {
  test.each([
    ["no row", [], null],
    ["a row a day", ["2026-11-18", "2026-11-19", "2026-11-20"], "2026-11-20"],
    ["a row a week: the day before the next", ["2026-11-02", "2026-11-09", "2026-11-16"], "2026-11-22"],
    ["a row a week that did not come", ["2026-10-26", "2026-11-02", "2026-11-09"], "2026-11-15"],
    ["a row a month", ["2026-09-01", "2026-10-01", "2026-11-01"], "2026-11-22"],
    ["a row a month that did not come", ["2026-08-15", "2026-09-15", "2026-10-15"], "2026-11-13"],
    ["two rows tell no rhythm", ["2026-10-01", "2026-11-01"], "2026-11-01"],
    ["rows as they fall", ["2026-09-01", "2026-09-20", "2026-11-01"], "2026-11-01"],
    ["working days", ["2026-11-13", "2026-11-16", "2026-11-20"], "2026-11-20"],
    [
      "days first, weeks later",
      ["2026-10-05", "2026-10-06", "2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"],
      "2026-11-22",
    ],
  ])("%s", (_, days, expected) => expect(answeredThrough(days, "2026-11-23")).toBe(expected));
});

describe("how often charges come that do not say it", () => {
  const on = (days: readonly string[], frequency: "Usage-Based" | null = null) => days.map((day) => charge({ day, frequency }));
  const frequencies = (charges: ReturnType<typeof on>) => [...new Set(withFrequency(charges).map(({ frequency }) => frequency))];
  const months = ["2026-09-01", "2026-10-01", "2026-11-01"];
  test("once a month is recurring", () => expect(frequencies(on(months))).toEqual(["Recurring"]));
  test("once a week goes on as it is", () => expect(frequencies(on(["2026-11-02", "2026-11-09", "2026-11-16"]))).toEqual([null]));
  test("what a source says counts", () => expect(frequencies(on(months, "Usage-Based"))).toEqual(["Usage-Based"]));
});
