import { describe, expect, it } from "vitest";
import type { Day } from "../../../../src/core/day.ts";
import { addDays, eachDay } from "../../../../src/core/day.ts";
import { gapOf } from "../../../../src/core/review/month/gap.ts";
import { planOf, planSchema } from "../../../../src/core/settings/plan.ts";
import type { Slice } from "../../../../src/core/slices/slice.ts";
import { units } from "../../../support/charges.ts";

const plan = planOf(planSchema.parse({ currency: "USD", months: { "2026-11": 300 } }), "2026-11", "2026-11-23");
if (!plan) throw new Error("no plan");
const period = { start: "2026-11-16", end: "2026-11-23" };

const slice = (id: string, costOn: (day: Day) => number, start = "2026-10-01"): Slice => ({
  dimension: "service",
  path: ["P", id],
  id,
  key: id,
  sources: new Set(["focus"]),
  providers: new Map([["P", "2026-11-22"]]),
  estimated: new Map(),
  days: new Map(eachDay({ start, end: period.end }).map((day) => [day, units(costOn(day))])),
});

function gap(costOn: (day: Day) => number, part: { through?: Day; services?: Slice[]; first?: Day } = {}) {
  const daily = slice("all", costOn).days;
  return gapOf({
    plan: plan!,
    daily,
    through: part.through ?? "2026-11-22",
    period,
    services: part.services ?? [],
    first: part.first ?? "2026-10-01",
  });
}

describe("gapOf", () => {
  it("is null at the plan and below, and there a micro-unit above", () => {
    expect(gap(() => 10)).toBeNull();
    expect(gap(() => 9)).toBeNull();
    expect(gap((day) => (day === "2026-11-22" ? 10.000001 : 10))).toMatchObject({ amount: 1n, onset: "2026-11-22", older: 0n });
  });

  it("begins with the last unbroken stretch above the plan", () => {
    const costs: Record<Day, number> = { "2026-11-02": 30, "2026-11-05": 0, "2026-11-06": 0, "2026-11-18": 25 };
    expect(gap((day) => costs[day] ?? 10)).toMatchObject({ amount: units(15), onset: "2026-11-18", older: 0n });
  });

  it("a part is older when it was there before the week", () => {
    expect(gap((day) => (day >= "2026-11-09" ? 15 : 10))).toMatchObject({ amount: units(70), onset: "2026-11-09", older: units(35) });
  });

  it("nothing is older when the month came back to the plan in the week", () => {
    const costs: Record<Day, number> = { "2026-11-14": 20, "2026-11-18": 0, "2026-11-21": 25 };
    expect(gap((day) => costs[day] ?? 10)).toMatchObject({ amount: units(15), onset: "2026-11-21", older: 0n });
    const high: Record<Day, number> = { "2026-11-14": 20, "2026-11-18": 1, "2026-11-21": 25 };
    expect(gap((day) => high[day] ?? 10)).toMatchObject({ amount: units(16), onset: "2026-11-14", older: units(10) });
  });

  it("all of it is older when the week brought the month closer to the plan, or is not settled yet", () => {
    expect(gap((day) => (day < "2026-11-16" ? 15 : 5))).toMatchObject({ amount: units(40), older: units(40) });
    expect(gap(() => 15, { through: "2026-11-12" })).toMatchObject({ amount: units(60), older: units(60) });
  });

  it("a week that begins before the month has nothing older", () => {
    const daily = slice("all", () => 15).days;
    const found = gapOf({
      plan: plan!,
      daily,
      through: "2026-11-03",
      period: { start: "2026-10-28", end: "2026-11-04" },
      services: [],
      first: "2026-10-01",
    });
    expect(found).toMatchObject({ amount: units(15), older: 0n });
  });

  it("came through no service where none rose: a fee, or a plan that is too low", () => {
    const services = [slice("even", () => 10), slice("falling", (day) => (day < "2026-11-01" ? 10 : 5))];
    expect(gap(() => 15, { services })).toMatchObject({ onset: "2026-11-01", through: null, isKnown: true });
  });

  it("came through the service that rose most above its own earlier days", () => {
    const rising = slice("rising", (day) => (day >= "2026-11-09" ? 12 : 2));
    const large = slice("large", () => 100);
    const found = gap((day) => (day >= "2026-11-09" ? 20 : 10), { services: [large, rising] });
    expect(found?.through).toMatchObject({ slice: { id: "rising" }, excess: units(140) });
  });

  it("its earlier days are the 28 before the onset, however long the data are", () => {
    const above = (day: Day) => (day >= "2026-11-09" ? 20 : 10);
    // It cost 30 a day until five weeks before, and on the first of the 28 days.
    const once = slice("once", (day) => (day <= "2026-10-11" ? 30 : day >= "2026-11-09" ? 12 : 2));
    expect(gap(above, { services: [once] })?.through?.excess).toBe(units(140));
    const counted = slice("counted", (day) => (day <= "2026-10-12" ? 30 : day >= "2026-11-09" ? 12 : 2));
    expect(gap(above, { services: [counted] })?.through?.excess).toBe(units(126));
  });

  it("with fewer than seven days before the onset it cannot say through what", () => {
    const services = [slice("rising", (day) => (day >= "2026-11-09" ? 12 : 2))];
    const above = (day: Day) => (day >= "2026-11-09" ? 20 : 10);
    expect(gap(above, { services, first: addDays("2026-11-09", -6) })).toMatchObject({ through: null, isKnown: false });
    expect(gap(above, { services, first: addDays("2026-11-09", -7) })?.through).not.toBeNull();
  });
});
