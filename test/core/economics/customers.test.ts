import { describe, expect, test } from "vitest";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

/** What a customer cost in the week before and in the last one. */
const customer = (name: string, before: number, now: number) =>
  [before, now].map((cost, index) =>
    charge({ day: index === 0 ? "2026-11-11" : "2026-11-18", cost: units(cost), tags: JSON.stringify({ customer: name }) }),
  );
const sales = (part: Partial<Metric> = {}, days: readonly (number | null)[] = twoWeeksOf(10, 20)) =>
  metric(days, { name: "sales", kind: "revenue", currency: "USD", ...part });
const costs = (charges: ReturnType<typeof customer>, metrics: readonly Metric[] = []) =>
  reviewOf(reviewInput({ charges, metrics })).economics.customers;

test("customers stand by what they cost this week, then the week before, then by name", () => {
  const charges = [customer("d", 5, 9), customer("c", 5, 9), customer("b", 7, 9), customer("a", 9, 1), customer("e", 0, 12)].flat();
  expect(costs(charges)?.top.map(({ name }) => name)).toEqual(["e", "b", "c", "d", "a"]);
});

describe("what the customers brought in that are not among the dearest", () => {
  const charges = ["a", "b", "c", "d", "e", "f", "g", "h"].flatMap((name, index) => customer(name, 1, 90 - index));
  const of = (...names: string[]) => new Map(names.map((name, index) => [name, { last7: units(index + 1), prior7: units(2) }]));
  test.each<[string, Partial<Metric>, [number, number] | null]>([
    ["is added up", { customers: of("a", "f", "h") }, [5, 4]],
    ["is that of those of whom it is known", { customers: of("f") }, [1, 2]],
    ["is not known where it is of none of them", { customers: of("a") }, null],
    ["is not known where revenue is not by customer", { customers: null }, null],
    ["is what a review kept of it", { customers: of("a"), others: { last7: units(30), prior7: units(20) } }, [30, 20]],
  ])("%s", (_, part, revenue) => {
    expect(costs(charges, [sales(part)])?.rest.revenue).toEqual(revenue && { last7: units(revenue[0]), prior7: units(revenue[1]) });
  });
});

test.each([
  ["a day of this week", twoWeeksOf(10, 20).map((value, index) => (index < 13 ? null : value)), 1],
  ["no day of this week", twoWeeksOf(10, 20).map((value, index) => (index > 6 ? null : value)), null],
])("revenue is told of all where %s is known", (_, days, known) => {
  expect(costs(customer("a", 1, 2), [sales({}, days)])?.revenue?.known ?? null).toBe(known);
});
