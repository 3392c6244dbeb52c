import { describe, expect, test } from "vitest";
import { eachDay } from "../../../src/core/day.ts";
import { type MetricRow, growthOf, metricOf, weekOf } from "../../../src/core/metrics/metric.ts";
import type { MetricKind } from "../../../src/core/settings/metrics.ts";
import { units } from "../../support/charges.ts";

const weeks = { period: { start: "2026-11-16", end: "2026-11-23" }, prior: { start: "2026-11-09", end: "2026-11-16" } };
const name = (kind: MetricKind = "units") => ({ name: "tickets", kind, currency: null });
const row = (day: string, value: number, customer = ""): MetricRow => ({ day, value: units(value), customer });
const every = (from: string, to: string, value: number) => eachDay({ start: from, end: to }).map((day) => row(day, value));

describe("a metric of both weeks", () => {
  test("rows of a day add up, days outside the weeks are left out, the last day before the review date is remembered", () => {
    const rows = [row("2026-11-08", 9), row("2026-11-09", 1), row("2026-11-09", 0.5), row("2026-11-22", 2), row("2026-11-23", 50)];
    const metric = metricOf(name(), rows, weeks, false);
    expect(metric.days.map(String)).toEqual(["1500000", ...Array(12).fill("null"), "2000000"]);
    expect([metric.through, metric.customers]).toEqual(["2026-11-22", null]);
    expect(metricOf(name(), [row("2026-11-05", 3)], weeks, false).through).toBe("2026-11-05");
  });

  test("a day that is missing is not known, a day of 0 is", () => {
    const metric = metricOf(name(), every("2026-11-16", "2026-11-23", 0).slice(1), weeks, false);
    expect(weekOf(metric, "last7")).toEqual({ value: 0n, known: 6 });
    expect(weekOf(metric, "prior7")).toEqual({ value: 0n, known: 0 });
  });

  test("users are the mean of a day, all others add up", () => {
    const rows = every("2026-11-09", "2026-11-23", 10);
    expect(weekOf(metricOf(name("users"), rows, weeks, false), "last7").value).toBe(units(10));
    expect(
      weekOf(metricOf(name("users"), [row("2026-11-16", 5), row("2026-11-17", 0), row("2026-11-18", 0)], weeks, false), "last7"),
    ).toEqual({
      value: 1_666_667n,
      known: 3,
    });
    expect(weekOf(metricOf(name("requests"), rows, weeks, false), "last7").value).toBe(units(70));
  });

  test("customers add up over each week", () => {
    const rows = [row("2026-11-10", 1, "acme"), row("2026-11-17", 2, "acme"), row("2026-11-18", 3, "acme"), row("2026-11-18", 4, "globex")];
    expect([...(metricOf(name(), rows, weeks, true).customers ?? [])]).toEqual([
      ["acme", { last7: units(5), prior7: units(1) }],
      ["globex", { last7: units(4), prior7: 0n }],
    ]);
  });

  test.each([
    ["whole weeks", every("2026-11-09", "2026-11-16", 10).concat(every("2026-11-16", "2026-11-23", 11)), 10],
    [
      "two days missing, the same weekdays left out of both weeks",
      every("2026-11-09", "2026-11-14", 10).concat(every("2026-11-14", "2026-11-16", 99), every("2026-11-16", "2026-11-21", 11)),
      10,
    ],
    ["three days missing", every("2026-11-09", "2026-11-20", 10), null],
    ["nothing before", every("2026-11-09", "2026-11-16", 0).concat(every("2026-11-16", "2026-11-23", 11)), null],
  ])("growth: %s", (_, rows, expected) => {
    expect(growthOf(metricOf(name(), rows, weeks, false))).toBe(expected);
  });

  test("the order of rows changes nothing", () => {
    const rows = every("2026-11-09", "2026-11-23", 3).map((one, index) => ({ ...one, customer: index % 2 ? "a" : "b" }));
    const [one, other] = [metricOf(name(), rows, weeks, true), metricOf(name(), rows.toReversed(), weeks, true)];
    expect(other.days).toEqual(one.days);
    expect(new Map(other.customers)).toEqual(new Map(one.customers));
  });
});
