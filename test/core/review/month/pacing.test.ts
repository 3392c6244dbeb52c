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

  it("a correction that an ended source bills is part of what it spent", () => {
    const ended = { ...source("2026-11-22"), until: "2026-11-21" };
    const late = charge({ day: "2026-10-05", billingPeriod: "2026-11-01", correction: true, cost: units(7) });
    expect(pace([...daily({ start: "2026-11-01", end: "2026-11-21" }, { cost: units(10) }), late], [ended])).toMatchObject({
      total: units(207),
      spent: units(207),
    });
  });

  it("a fee of an ended source that reaches beyond its final days runs on from its last charge", () => {
    const ended = { ...source("2026-11-20"), until: "2026-11-18" };
    const fee = daily(through22, { frequency: "Recurring", cost: units(2) });
    expect(pace(fee, [ended]).running).toEqual({ perDay: units(2), toCome: units(16) });
  });

  it.each([
    ["one that stays", [5, 100, 100, 100], 100],
    ["one that moves by a hundredth", [100, 99, 101, 100], 100],
    ["not one that moves by more", [100, 98.99, 100, 100], 0],
    ["not one that is over", [100, 100, 100, 0], 0],
    ["not one of the last day alone", [0, 0, 0, 100], 0],
  ])("of fees apart from the pace those run on that cost the same on the last three days: %s", (_, costs, perDay) => {
    const fees = costs.map((cost, index) => charge({ day: `2026-11-${19 + index}`, frequency: "Recurring", cost: units(cost) }));
    expect(pace(fees).running).toEqual({ perDay: units(perDay), toCome: units(perDay * 8) });
  });

  it("apart from what is carried on are the fees of all sources, each once, and no correction of a month before", () => {
    const late = charge({ day: "2026-11-20", billingPeriod: "2026-12-01", correction: true, cost: units(100), source: "a" });
    const charges = [
      ...daily(through22, { cost: units(1), source: "a" }),
      ...daily(through22, { cost: units(3), source: "a", frequency: "Recurring" }),
      ...daily({ start: "2026-11-21", end: "2026-11-23" }, { cost: units(2), source: "b", frequency: "Recurring" }),
      late,
    ];
    const ended = { ...source("2026-11-21", "b"), until: "2026-11-21" };
    expect(pace(charges, [source("2026-11-22", "a"), ended]).recent).toEqual({ cost: units(7), apart: units(21 + 4), days: 7 });
  });

  it("what the last days cost is told where they are the same days of every source", () => {
    const from = (start: string, name: string) => daily({ start, end: "2026-11-23" }, { cost: units(1), source: name });
    const recent = (other: string, settled: string) =>
      pace([...from("2026-11-01", "a"), ...from(other, "b")], [source("2026-11-22", "a"), source(settled, "b")]).recent?.cost;
    expect([recent("2026-11-16", "2026-11-22"), recent("2026-11-17", "2026-11-22"), recent("2026-11-01", "2026-11-21")]).toEqual([
      units(14),
      undefined,
      undefined,
    ]);
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
