import { expect, test } from "vitest";
import { otherBasisOf, totalsOf } from "../../../src/core/review/totals.ts";
import { weekBefore } from "../../../src/core/weeks.ts";
import { charge, type ChargePart, units } from "../../support/charges.ts";

const weeks = weekBefore("2026-11-23");
const otherBasis = (basis: "effective" | "billed", part: ChargePart) => {
  const charges = [charge(part), charge({ day: "2026-11-15", billed: units(900), effective: units(1) })];
  return otherBasisOf(charges, weeks.period, basis, totalsOf(charges, weeks, basis).total);
};

test.each<[string, "effective" | "billed", ChargePart, unknown]>([
  ["one hundredth more is not told", "effective", { effective: units(100), billed: units(101) }, null],
  ["more than that is", "effective", { effective: units(100), billed: units(101.01) }, { basis: "billed", last7: 10_101n }],
  ["less, too", "effective", { effective: units(100), billed: units(98.99) }, { basis: "billed", last7: 9_899n }],
  [
    "of what is billed it is the effective cost",
    "billed",
    { effective: units(80), billed: units(100) },
    { basis: "effective", last7: 8_000n },
  ],
  ["where one of both is nothing", "effective", { effective: 0n, billed: units(5) }, { basis: "billed", last7: 500n }],
])("the week on the other cost basis: %s", (_, basis, part, expected) => expect(otherBasis(basis, part)).toEqual(expected));

test("what is estimated counts in its own category and in the whole", () => {
  const charges = [
    charge({ cost: units(10), estimated: true }),
    charge({ cost: units(5), category: "Tax" }),
    charge({ cost: units(7), category: "Credit" }),
  ];
  const { total, byCategory } = totalsOf(charges, weeks, "effective");
  const estimated = (["Usage", "Tax", "Credit"] as const).map((category) => byCategory.get(category)?.estimated);
  expect([total.estimated, ...estimated]).toEqual(["part", "all", "none", "none"]);
});

test("an amount is all estimated where both weeks are", () => {
  const estimated = (day: string) => charge({ day, cost: units(10), estimated: true });
  const whole = (charges: readonly ReturnType<typeof charge>[]) => totalsOf(charges, weeks, "effective").total.estimated;
  const [last, prior] = [estimated("2026-11-18"), estimated("2026-11-11")];
  expect([
    whole([last, prior]),
    whole([last, charge({ ...prior, estimated: false })]),
    whole([charge({ ...last, estimated: false }), prior]),
  ]).toEqual(["all", "part", "part"]);
});
