import { describe, expect, it } from "vitest";
import { findRuns } from "../../../src/core/anomaly/runs.ts";
import { daysBetween } from "../../../src/core/day.ts";

/** About 10 a day from 20 September 2026 on, but for the days that are given, as multiples of what they would be. */
const first = "2026-09-20";
function seriesOf(days: Readonly<Record<string, number>>): number[] {
  const values = Array.from({ length: 120 }, (_, index) => [10, 9.5, 10.5][index % 3] ?? 0);
  for (const [day, factor] of Object.entries(days)) values[daysBetween(first, day)]! *= factor;
  return values;
}
const sensitivity = { share: 0.3, amount: 2 };
const told = (days: Readonly<Record<string, number>>, spans: Parameters<typeof findRuns>[2] = []) =>
  findRuns(seriesOf(days), sensitivity, spans, first).map((run) => Object.keys(days).find((day) => daysBetween(first, day) === run.start));

const freeDays = (month: string) => ({ [`${month}-01`]: 0.5, [`${month}-02`]: 0.5, [`${month}-03`]: 0.5 });

describe("what comes again on the same day of the month is told once", () => {
  it.each([
    ["a fee on the first", { "2026-11-01": 3, "2026-12-01": 3.2, "2027-01-01": 2.9 }, ["2026-11-01"]],
    ["a credit on the last", { "2026-10-31": 0.2, "2026-11-30": 0.25, "2026-12-31": 0.2 }, ["2026-10-31"]],
    ["two free days", { "2026-11-01": 0.2, "2026-11-02": 0.2, "2026-12-01": 0.2, "2026-12-02": 0.2 }, ["2026-11-01"]],
    ["three free days", { ...freeDays("2026-11"), ...freeDays("2026-12"), ...freeDays("2027-01") }, ["2026-11-01"]],
    ["a rise after a fall", { "2026-11-01": 0.2, "2026-12-01": 3 }, ["2026-11-01", "2026-12-01"]],
    ["much more", { "2026-11-01": 3, "2026-12-01": 5 }, ["2026-11-01", "2026-12-01"]],
    ["much less", { "2026-11-01": 5, "2026-12-01": 3 }, ["2026-11-01", "2026-12-01"]],
    ["after a day that was not odd", { "2026-11-01": 1.25, "2026-12-01": 1.45 }, ["2026-12-01"]],
    ["a day later", { "2026-11-01": 3, "2026-12-02": 3 }, ["2026-11-01", "2026-12-02"]],
    ["two months later", { "2026-11-01": 3, "2027-01-01": 3 }, ["2026-11-01", "2027-01-01"]],
  ])("%s", (_, days: Record<string, number>, expected) => expect(told(days)).toEqual(expected));

  it("but with its event where it is planned", () => {
    const start = daysBetween(first, "2026-12-01");
    expect(told({ "2026-11-01": 3, "2026-12-01": 3 }, [{ start, end: start + 1, lasting: false }])).toEqual(["2026-11-01", "2026-12-01"]);
  });

  it("a month is known only where the days are", () => {
    const values = seriesOf({ "2026-11-01": 3, "2026-12-01": 3 });
    expect(findRuns(values, sensitivity)).toHaveLength(2);
    expect(findRuns(values, sensitivity, [], first)).toHaveLength(1);
  });
});

describe("a booking that comes late", () => {
  const late = { "2026-11-10": 0.2, "2026-11-11": 1.8 };
  it.each([
    ["is one finding, not two", late, ["2026-11-10"]],
    ["its rest may be somewhat more", { "2026-11-10": 0.2, "2026-11-11": 2.1 }, ["2026-11-10"]],
    ["much more is another", { "2026-11-10": 0.2, "2026-11-11": 2.5 }, ["2026-11-10", "2026-11-11"]],
    ["a day at nothing is made up as well", { "2026-11-10": 0, "2026-11-11": 2 }, ["2026-11-10"]],
    ["the next is none", { ...late, "2026-11-20": 0.4, "2026-11-21": 1.6 }, ["2026-11-10"]],
    ["the next is one where nothing is left", { ...late, "2026-11-20": 0 }, ["2026-11-10", "2026-11-20"]],
    ["a fall that stays is told a day later", { ...late, "2026-11-20": 0.3, "2026-11-21": 0.3 }, ["2026-11-10", "2026-11-21"]],
    ["after nine weeks it is one again", { "2026-10-10": 0.2, "2026-10-11": 1.8, "2026-12-20": 0.3 }, ["2026-10-10", "2026-12-20"]],
    ["a rise before its fall is two", { "2026-11-10": 1.8, "2026-11-11": 0.2 }, ["2026-11-10", "2026-11-11"]],
  ])("%s", (_, days: Record<string, number>, expected) => expect(told(days)).toEqual(expected));
});
