import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import {
  addDays,
  contains,
  dayOf,
  daysBetween,
  eachDay,
  isDay,
  isoWeekOf,
  monthLength,
  monthOf,
  monthPeriod,
  weekdayOf,
} from "../../src/core/day.ts";

describe("day", () => {
  it.each([
    ["2027-01-03", "2026-W53"],
    ["2026-12-31", "2026-W53"],
    ["2025-12-29", "2026-W01"],
    ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"],
    ["2021-01-03", "2020-W53"],
    ["2026-11-22", "2026-W47"],
  ])("the ISO week of %s is %s", (day, week) => expect(isoWeekOf(day)).toBe(week));

  it.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "2026-11-1",
    "26-11-01",
    "2026-11-01T00:00:00Z",
    " 2026-11-01",
    "2026-11-01\n",
    "0999-12-31",
    "",
  ])("%j is no day", (text) => expect(isDay(text)).toBe(false));

  it("a leap day exists in a leap year only", () => {
    expect([isDay("2028-02-29"), isDay("2100-02-29"), isDay("2000-02-29")]).toEqual([true, false, true]);
    expect([monthLength("2028-02-10"), monthLength("2026-02-10")]).toEqual([29, 28]);
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(monthPeriod("2028-02")).toEqual({ start: "2028-02-01", end: "2028-03-01" });
  });

  it("months end at the first day of the next", () => {
    expect(monthPeriod("2026-12")).toEqual({ start: "2026-12-01", end: "2027-01-01" });
    expect(monthOf("2026-11-30")).toBe("2026-11");
  });

  it("a period holds its start and not its end", () => {
    const period = { start: "2026-11-16", end: "2026-11-23" };
    expect([contains(period, "2026-11-16"), contains(period, "2026-11-22"), contains(period, "2026-11-23")]).toEqual([true, true, false]);
    expect(eachDay(period)).toHaveLength(7);
    expect(eachDay({ start: period.end, end: period.start })).toEqual([]);
    expect(daysBetween(period.end, period.start)).toBe(-7);
  });

  it("a point in time falls on its UTC day", () => {
    expect(dayOf(new Date("2026-11-22T23:59:59.999Z"))).toBe("2026-11-22");
    expect(dayOf(new Date("2026-11-23T00:00:00+13:00"))).toBe("2026-11-22");
  });

  it("Sunday is weekday 0", () => expect([weekdayOf("2026-11-22"), weekdayOf("2026-11-23")]).toEqual([0, 1]));
});

/** Walks over ten years of days; the sum of all results is the same wherever the clock stands. */
const script = `
  const { addDays, daysBetween, eachDay, isDay, isoWeekOf, monthLength, monthPeriod, weekdayOf } = await import("./src/core/day.ts");
  const lines = [];
  let day = "2011-12-20";
  for (let count = 0; count < 3700; count++, day = addDays(day, 1))
    lines.push([day, isDay(day), isoWeekOf(day), weekdayOf(day), monthLength(day), monthPeriod(day.slice(0, 7)).end, daysBetween("2011-12-20", day), addDays(day, -400)]);
  lines.push(eachDay({ start: "2011-12-20", end: "2022-01-01" }));
  console.log((await import("node:crypto")).createHash("sha256").update(JSON.stringify(lines)).digest("hex"), lines.length, day);
`;

describe("days under other time zones", () => {
  const inZone = (zone: string) =>
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { env: { ...process.env, TZ: zone }, encoding: "utf8" });
  const utc = inZone("UTC");
  it.each(["America/Los_Angeles", "Pacific/Auckland", "Pacific/Apia", "Asia/Kathmandu", "Africa/Cairo"])(
    "%s gives what UTC gives",
    (zone) => {
      expect(inZone(zone)).toBe(utc);
    },
  );
  it("a walk of 3,700 days ends on the day the calendar says", () =>
    expect(utc.trim().split(" ").slice(1)).toEqual(["3701", "2022-02-05"]));
});
