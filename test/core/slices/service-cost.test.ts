import fc from "fast-check";
import { expect, it } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { byService, type ServiceCost } from "../../../src/core/slices/service-cost.ts";
import { charge } from "../../support/charges.ts";

/** Charges that differ in one field at most, and in their amounts. */
const parts: readonly Partial<Charge>[] = [
  {},
  { day: "2026-11-02" },
  { billingPeriod: "2026-10-01" },
  { provider: "Other" },
  { service: "Other" },
  { category: "Tax" },
  { correction: true },
  { frequency: "Recurring" },
  { source: "other" },
  { estimated: true },
  { model: "other" },
  { tags: '{"feature":"other"}' },
];
const amount = fc.bigInt(-9n, 9n);
const charges = fc.array(
  fc.tuple(fc.constantFrom(...parts), amount, amount).map(([part, billed, effective]) => ({ ...charge(), ...part, billed, effective })),
  { maxLength: 60 },
);

function keyOf({ day, billingPeriod, provider, service, category, correction, frequency, source, estimated }: ServiceCost): string {
  return JSON.stringify([day, billingPeriod, provider, service, category, correction, frequency, source, estimated]);
}

function sumsOf(costs: readonly ServiceCost[]): Record<string, readonly bigint[]> {
  const sums = new Map<string, readonly [bigint, bigint]>();
  for (const cost of costs) {
    const [billed, effective] = sums.get(keyOf(cost)) ?? [0n, 0n];
    sums.set(keyOf(cost), [billed + cost.billed, effective + cost.effective]);
  }
  return Object.fromEntries(sums);
}

it("keeps the money of each day, service, source and kind of charge, and one cost where neighbours differ in nothing else", () => {
  fc.assert(
    fc.property(charges, (list) => {
      const sorted = list.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      for (const given of [list, sorted]) expect(sumsOf(byService(given))).toEqual(sumsOf(given));
      expect(byService(sorted).length).toBe(Object.keys(sumsOf(list)).length);
    }),
  );
});
