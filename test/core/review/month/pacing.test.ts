import { describe, expect, it } from "vitest";
import type { Charge, SourceState } from "../../../../src/core/ledger/charge.ts";
import { monthToDate, paceOf } from "../../../../src/core/review/month/pacing.ts";
import { charge, daily, source, units } from "../../../support/charges.ts";

const november = { start: "2026-11-01", end: "2026-12-01" };
const through22 = { start: "2026-11-01", end: "2026-11-23" };
const pace = (charges: readonly Charge[], sources: readonly SourceState[] = [source("2026-11-22")], month = "2026-11") =>
  paceOf(charges, sources, month, "effective");

describe("paceOf", () => {
  it("is month to date and the mean of the last seven settled days for each day to come", () => {
    const charges = [
      ...daily({ start: "2026-11-01", end: "2026-11-16" }, { cost: units(1) }),
      ...daily({ start: "2026-11-16", end: "2026-11-23" }, { cost: units(2) }),
    ];
    expect(pace(charges)).toMatchObject({ total: units(15 + 14 + 8 * 2), perDay: units(2), daysToCome: 8 });
  });

  it("is exact where the mean has no end", () => {
    const charges = [charge({ day: "2026-11-22", cost: 1n }), charge({ day: "2026-11-10", cost: 0n })];
    expect(pace(charges).scaled).toBe(420n + 60n * 8n);
  });

  it.each([
    ["Recurring", units(22), units(0)],
    ["One-Time", units(22), units(0)],
    ["Usage-Based", units(30), units(1)],
    [null, units(30), units(1)],
  ] as const)("a charge of frequency %s counts to date; in the mean only when it follows use", (frequency, total, perDay) => {
    expect(pace(daily(through22, { frequency, cost: units(1) }))).toMatchObject({ total, perDay });
  });

  it("each source has its own settled day", () => {
    const charges = [...daily(through22, { cost: units(1), source: "a" }), ...daily(through22, { cost: units(10), source: "b" })];
    const found = pace(charges, [source("2026-11-22", "a"), source("2026-11-20", "b")]);
    expect(found).toMatchObject({ total: units(30 + 300), perDay: units(11), daysToCome: 8 });
  });

  it("of a source that has ended nothing is carried on, and all that it cost is spent; the others keep their sum", () => {
    const ended = { ...source("2026-11-21", "b"), until: "2026-11-21" };
    const charges = [
      ...daily(through22, { cost: units(1), source: "a" }),
      ...daily({ start: "2026-11-01", end: "2026-11-21" }, { cost: units(10), source: "b" }),
      ...daily({ start: "2026-11-21", end: "2026-11-23" }, { cost: units(2), source: "b", frequency: "Recurring" }),
    ];
    const found = pace(charges, [source("2026-11-22", "a"), ended]);
    expect(found).toMatchObject({ total: units(30 + 204), spent: units(22 + 204), perDay: units(1), daysToCome: 8, mostDaysToCome: 8 });
    expect(found.recent).toEqual({ cost: units(7), apart: units(4), days: 7 });
    expect(pace(charges, [ended])).toMatchObject({ total: units(204), daysToCome: 0, mostDaysToCome: 0, recent: null });
  });

  it("days after the settled one are still to come, whatever they hold", () => {
    const charges = [
      ...daily({ start: "2026-11-01", end: "2026-11-21" }, { cost: units(1) }),
      ...daily({ start: "2026-11-21", end: "2026-11-23" }, { cost: units(50) }),
    ];
    expect(pace(charges, [source("2026-11-20")]).total).toBe(units(30));
  });

  it("a source settled before the month brings its mean for every day of it", () => {
    expect(pace(daily({ start: "2026-10-01", end: "2026-10-30" }, { cost: units(3) }), [source("2026-10-29")])).toMatchObject({
      total: units(90),
      daysToCome: 30,
    });
  });

  it("fewer than seven days of history are averaged over as many as there are", () => {
    const charges = daily({ start: "2026-11-20", end: "2026-11-23" }, { cost: units(2) });
    expect(pace(charges)).toMatchObject({ total: units(6 + 16), perDay: units(2) });
    expect(pace([charge({ day: "2026-11-22", cost: units(5) })]).total).toBe(units(5 + 40));
  });

  it("a correction of a day before the first is no history", () => {
    const late = charge({ day: "2026-10-05", billingPeriod: "2026-11-01", correction: true, cost: units(1) });
    expect(pace([...daily({ start: "2026-11-20", end: "2026-11-23" }, { cost: units(2) }), late])).toMatchObject({
      total: units(1 + 6 + 16),
      perDay: units(2),
    });
  });

  it("the month's last day leaves nothing to come, a month before is over", () => {
    const charges = daily(november, { cost: units(1) });
    expect(pace(charges, [source("2026-11-30")])).toMatchObject({ total: units(30), daysToCome: 0 });
    expect(pace(charges, [source("2026-12-03")])).toMatchObject({ total: units(30), daysToCome: 0 });
  });

  it("nothing known is nothing forecast", () => {
    expect(pace([])).toMatchObject({ total: 0n, perDay: 0n, daysToCome: 0 });
    expect(pace([charge()], [source(null)])).toMatchObject({ total: 0n });
  });

  it("the other basis counts the other cost", () => {
    expect(paceOf(daily(november, { billed: 5n, effective: 1n }), [source("2026-11-30")], "2026-11", "billed").total).toBe(150n);
  });
});

describe("monthToDate", () => {
  it("leaves other months, later days and late corrections out", () => {
    const charges = [
      ...daily({ start: "2026-10-25", end: "2026-11-23" }, { cost: 1n }),
      charge({ day: "2026-11-03", billingPeriod: "2026-11-01", correction: true, cost: 100n }),
      charge({ day: "2026-10-03", billingPeriod: "2026-11-01", correction: true, cost: 1000n }),
    ];
    expect(monthToDate(charges, "2026-11", "2026-11-20", "effective")).toBe(120n);
    expect(monthToDate(charges, "2026-11", null, "effective")).toBe(0n);
  });
});
