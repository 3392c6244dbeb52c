import { describe, expect, it } from "vitest";
import { type Plan, planOf, planSchema, planToDate } from "../../../src/core/settings/plan.ts";
import { units } from "../../support/charges.ts";

const plan = (months: unknown, shape?: unknown): Plan =>
  planSchema.parse({ currency: "USD", months, ...(shape === undefined ? {} : { shape }) });
const of = (months: unknown, month = "2026-11", asOf = "2026-11-23") => {
  const found = planOf(plan(months), month, asOf);
  if (!found) throw new Error("no plan");
  return found;
};

describe("planOf", () => {
  it.each([
    ["a number", 16000, units(16000)],
    ["text", "16000.50", units(16000.5)],
    ["an object", { amount: 7 }, units(7)],
    ["slices alone add up", { slices: { openai: 5, aws: "2.5" } }, units(7.5)],
    ["slices that are all of it", { amount: 7, slices: { openai: 5, aws: 2 } }, units(7)],
    ["nothing planned", 0, 0n],
  ])("%s", (_, month, amount) => expect(of({ "2026-11": month }).amount).toBe(amount));

  it("a month without an entry, and no plan at all, is no plan", () => {
    expect(planOf(plan({ "2026-11": 1 }), "2026-12", "2026-12-07")).toBeNull();
    expect(planOf(null, "2026-11", "2026-11-23")).toBeNull();
  });

  const versions = [
    { from: "2026-11-23", amount: 18000, note: "more users" },
    { from: "2026-11-10", amount: 17000, slices: { openai: 9000 } },
  ];
  it.each([
    ["2026-11-09", 16000, null, { openai: units(8000) }],
    ["2026-11-10", 17000, "2026-11-10", { openai: units(9000) }],
    ["2026-11-22", 17000, "2026-11-10", { openai: units(9000) }],
    ["2026-11-23", 18000, "2026-11-23", { openai: units(9000) }],
    ["2026-12-31", 18000, "2026-11-23", { openai: units(9000) }],
  ])("on the review date %s it is %d", (asOf, amount, version, slices) => {
    const found = of({ "2026-11": { amount: 16000, slices: { openai: 8000 }, versions } }, "2026-11", asOf);
    expect(found).toMatchObject({ amount: units(amount), version, slices });
  });

  it.each([
    ["slices leave the amount as it is", { amount: 16000, slices: { openai: 8000 } }, { slices: { openai: 9000 } }, 16000],
    [
      "slices add up where no amount was ever stated",
      { slices: { openai: 8000, aws: 1000 } },
      { slices: { openai: 9000, aws: 500 } },
      9500,
    ],
    ["slices may be all of the amount", { amount: 9000 }, { slices: { openai: 9000 } }, 9000],
    ["an amount may come where slices added up", { slices: { openai: 8000 } }, { amount: 10000 }, 10000],
  ])("a version replaces what it states: %s", (_, month, version, amount) => {
    const found = of({ "2026-11": { ...month, versions: [{ from: "2026-11-10", ...version }] } });
    expect(found).toMatchObject({ amount: units(amount), version: "2026-11-10" });
  });

  it("a version that is only a note changes nothing", () => {
    expect(of({ "2026-11": { amount: 5, versions: [{ from: "2026-11-01", note: "seen" }] } })).toMatchObject({
      amount: units(5),
      version: null,
    });
  });

  it("the month's own shape comes before the plan's", () => {
    const both = plan({ "2026-11": { amount: 1, shape: "linear" }, "2026-12": 1 }, "weekdays");
    expect([planOf(both, "2026-11", "2026-11-23")?.shape, planOf(both, "2026-12", "2026-12-07")?.shape]).toEqual(["linear", "weekdays"]);
  });

  const faultsOf = (months: unknown) =>
    planSchema.safeParse({ currency: "USD", months }).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

  it.each([
    ["a negative amount", { "2026-11": -1 }],
    ["no amount", { "2026-11": {} }],
    ["no number", { "2026-11": "lots" }],
    ["no month", { "2026-13": 1 }],
    ["an unknown key", { "2026-11": { amount: 1, amuont: 2 } }],
    ["a day that does not exist", { "2026-11": { amount: 1, versions: [{ from: "2026-11-31", amount: 2 }] } }],
  ])("%s is refused", (_, months) => expect(faultsOf(months)).toHaveLength(1));

  const first = { from: "2026-11-10" };
  const later = { from: "2026-11-20" };
  const tooMuch = "add up to more than the month's amount";
  const tooLittle = "is less than the slices in force add up to: state them anew";
  it.each([
    ["slices above the amount", { amount: 1, slices: { a: 0.6, b: 0.41 } }, `slices: ${tooMuch}`],
    ["slices of a version above the amount", { amount: 1, versions: [{ ...first, slices: { a: 1.01 } }] }, `versions.0.slices: ${tooMuch}`],
    [
      "slices of a version above that of the one before",
      {
        amount: 3,
        versions: [
          { ...later, slices: { a: 2.01 } },
          { ...first, amount: 2 },
        ],
      },
      `versions.0.slices: ${tooMuch}`,
    ],
    [
      "an amount of a version below the slices in force",
      { amount: 3, slices: { a: 2 }, versions: [{ ...first, amount: 1.99 }] },
      `versions.0.amount: ${tooLittle}`,
    ],
    [
      "an amount below slices of an earlier version",
      {
        amount: 3,
        versions: [
          { ...first, slices: { a: 2.01 } },
          { ...later, amount: 2 },
        ],
      },
      `versions.1.amount: ${tooLittle}`,
    ],
    [
      "two versions of one day",
      {
        amount: 3,
        versions: [
          { ...first, amount: 4 },
          { ...first, amount: 5 },
        ],
      },
      "versions.1.from: is the day of another version of this month",
    ],
  ])("%s: refused where it stands", (_, month, fault) => {
    expect(faultsOf({ "2026-10": 1, "2026-11": month })).toEqual([`months.2026-11.${fault}`]);
  });
});

describe("planToDate", () => {
  const to = (month: unknown, day: string, name = "2026-11") => {
    const found = of({ [name]: month }, name);
    return planToDate(found, found.amount, day);
  };
  it.each([
    ["linear, day 21 of 28", 16000, "2026-02-21", "2026-02", units(12000)],
    ["linear, first day", 30, "2026-11-01", "2026-11", units(1)],
    ["linear, last day", 31, "2026-10-31", "2026-10", units(31)],
    ["before the month", 30, "2026-10-31", "2026-11", 0n],
    ["after the month", 30, "2026-12-09", "2026-11", units(30)],
    ["a third of a micro-unit is rounded", "0.000001", "2026-11-10", "2026-11", 0n],
  ])("%s", (_, month, day, name, amount) => expect(to(month, day, name)).toBe(amount));

  it("weekdays: November 2026 has 21, its weekends bring nothing", () => {
    const month = { amount: 21, shape: "weekdays" };
    expect(["2026-11-01", "2026-11-02", "2026-11-06", "2026-11-08", "2026-11-30"].map((day) => to(month, day))).toEqual(
      [0, 1, 5, 5, 21].map(units),
    );
  });

  it("steps: each weight counts from its day on, 1 before the first, in any order", () => {
    const month = {
      amount: 40,
      shape: [
        { from: "2026-11-21", weight: 0.5 },
        { from: "2026-11-11", weight: 2.5 },
      ],
    };
    expect(["2026-11-10", "2026-11-11", "2026-11-20", "2026-11-21", "2026-11-30"].map((day) => to(month, day))).toEqual(
      [10, 12.5, 35, 35.5, 40].map(units),
    );
  });

  it("a step before the month counts from its first day, weights of 0 throughout are linear", () => {
    expect(to({ amount: 30, shape: [{ from: "2026-10-01", weight: 3 }] }, "2026-11-10")).toBe(units(10));
    expect(to({ amount: 30, shape: [{ from: "2026-10-01", weight: 0 }] }, "2026-11-10")).toBe(units(10));
  });
});
