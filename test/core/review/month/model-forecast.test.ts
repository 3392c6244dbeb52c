import { describe, expect, it } from "vitest";
import { type Day, type Period, addDays } from "../../../../src/core/day.ts";
import type { Charge } from "../../../../src/core/ledger/charge.ts";
import { modelForecastOf } from "../../../../src/core/review/month/model-forecast.ts";
import { type PlannedEvent, eventSchema } from "../../../../src/core/settings/events.ts";
import { charge, daily, source, units } from "../../../support/charges.ts";

const asOf = "2026-11-23";
const steady = daily({ start: "2026-08-01", end: asOf }, { cost: units(100) });
const model = (
  charges: readonly Charge[],
  settled: Day | null = "2026-11-22",
  date: Day = asOf,
  { events = [], holes = [] }: { events?: readonly PlannedEvent[]; holes?: readonly Period[] } = {},
) =>
  modelForecastOf({
    asOf: date,
    month: date === asOf ? "2026-11" : "2026-10",
    charges,
    history: new Map(),
    sources: [source(settled)],
    costBasis: "effective",
    events,
    holes,
    providerHoles: [],
  });

/** Hardly more than expected: one dear day moves what follows by a thousandth. */
const within = (total: bigint | undefined, expected: bigint) =>
  total !== undefined && total >= expected && total <= (expected * 1001n) / 1000n;

describe("the month by the model", () => {
  it("a steady month ends at its days, with next to no range", () => {
    expect(model(steady)?.total).toBe(300_000n);
    expect(Number((model(steady)?.high80 ?? 0n) - (model(steady)?.low80 ?? 0n))).toBeLessThan(200);
  });
  it("fees and corrections count once and are not forecast", () => {
    const fee = charge({ day: "2026-11-02", category: "Purchase", frequency: "Recurring", cost: units(500) });
    const correction = charge({ day: "2026-10-10", billingPeriod: "2026-11-01", correction: true, cost: units(-40) });
    expect(model([...steady, fee, correction])?.total).toBe(346_000n);
  });
  it("days that are not final are forecast, and cost at least what has come", () => {
    const partly = steady.map((row) => (row.day > "2026-11-20" ? { ...row, effective: units(30) } : row));
    expect(model(partly, "2026-11-20")?.total).toBe(300_000n);
    const dear = [...steady, charge({ day: "2026-11-22", cost: units(900) })];
    expect(within(model(dear, "2026-11-20")?.total, 390_000n)).toBe(true);
  });
  it("a source that ended before the month is forecast for all of it", () => {
    expect(
      model(
        steady.filter(({ day }) => day < "2026-10-29"),
        "2026-10-28",
      )?.total,
    ).toBe(300_000n);
  });
  it("days without data are taken to have cost what they did before, as are the days to come", () => {
    const hole = { start: "2026-11-16", end: "2026-11-23" };
    const charges = steady.filter(({ day }) => day < hole.start);
    expect(model(charges, "2026-11-22", asOf, { holes: [hole] })).toMatchObject({ total: 300_000n, missing: 70_000n });
    expect(model(charges)?.total).toBeLessThan(160_000n);
    // Days that are not final are forecast all the same: that a Monday was dear says nothing of the next.
    const monday = [...charges, charge({ day: "2026-11-09", cost: units(800) })];
    const found = model(monday, "2026-11-15", asOf, { holes: [hole] });
    expect(found?.missing).toBe(0n);
    expect(within(found?.total, 380_000n)).toBe(true);
  });
  it("sources with different settled days add up", () => {
    const other = daily({ start: "2026-08-01", end: "2026-11-20" }, { source: "late", cost: units(10) });
    const both = modelForecastOf({
      asOf,
      month: "2026-11",
      charges: [...steady, ...other],
      history: new Map(),
      sources: [source("2026-11-22"), source("2026-11-19", "late")],
      costBasis: "effective",
      events: [],
      holes: [],
      providerHoles: [],
    });
    expect(both?.total).toBe(330_000n);
  });
  it("the last day of the month leaves no range", () => {
    const closed = model(
      steady.filter(({ day }) => day < "2026-11-01"),
      "2026-10-31",
      "2026-11-01",
    );
    expect(closed).toEqual({ total: 310_000n, low80: 310_000n, high80: 310_000n, missing: 0n });
  });
  it.each([
    ["nothing", [], "2026-11-22"],
    ["13 days", steady.slice(-13), "2026-11-22"],
    ["no settled day", steady, null],
  ] as const)("%s: no forecast", (_, charges, settled) => expect(model(charges, settled)).toBeNull());

  const event = (part: object) => eventSchema.parse({ name: "X", kind: "launch", start: "2026-11-14", end: "2026-11-15", ...part });
  const launched = [...steady, ...daily({ start: "2026-11-14", end: asOf }, { service: "Summaries", cost: units(8) })];
  const ends = (charges: readonly Charge[], date: Day, part?: object) => {
    const known = charges.filter(({ day }) => day < date);
    return model(known, addDays(date, -1), date, { events: part === undefined ? [] : [event(part)] })?.total;
  };
  it("a level that is known to be new counts from its seventh day on", () => {
    // 13 days at 100 and 9 at 108 are spent; 8 more at the level of the launch are still to come. A step so small is no new level by itself.
    expect(ends(launched, asOf, {})).toBe(313_600n);
    expect(Number(ends(launched, asOf))).toBeLessThan(312_500);
  });
  it("of two launches the level of the later one counts, whichever is written first", () => {
    const both = [event({ start: "2026-11-03", end: "2026-11-04", name: "Before" }), event({})];
    const known = launched.filter(({ day }) => day < asOf);
    const totals = [both, both.toReversed()].map((events) => model(known, addDays(asOf, -1), asOf, { events })?.total);
    expect(totals).toEqual([313_600n, 313_600n]);
  });
  it("a launch of a small part, and one in another place, leave the level as it is", () => {
    expect(ends(launched, asOf, { scope: { service: "None" } })).toBe(ends(launched, asOf));
  });
  it("days of a holiday are spent, and say nothing about those to come", () => {
    const quiet = steady.map((row) => (row.day >= "2026-11-12" && row.day < "2026-11-23" ? { ...row, effective: units(20) } : row));
    const holiday = { kind: "holiday", start: "2026-11-12", end: "2026-11-23" };
    expect(ends(quiet, asOf, holiday)).toBe(212_000n);
    expect(Number(ends(quiet, asOf))).toBeLessThan(200_000);
    expect(ends(quiet, asOf, { ...holiday, scope: { provider: "AWS" } })).toBe(ends(quiet, asOf));
  });
});
