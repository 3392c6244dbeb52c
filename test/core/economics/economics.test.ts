import { describe, expect, test } from "vitest";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, daily, reviewInput, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";
import { economics, last, prior, spend } from "./weeks.ts";

describe("what a unit costs", () => {
  test("all cost of the week over all units; per 1,000 or a million where one costs less than half a unit of the currency", () => {
    const charges = spend(700, 1_400);
    const of = (days: number[]) => economics({ charges, metrics: [metric(days)] }).units[0];
    expect(of(twoWeeksOf(100, 100))).toMatchObject({
      per: 1,
      last7: { cost: units(2) },
      prior7: { cost: units(1) },
      percent: 100,
      growth: 0,
    });
    expect(of(twoWeeksOf(100_000, 100_000))).toMatchObject({ per: 1_000, last7: { cost: units(2) } });
    expect(of(twoWeeksOf(1e8, 1e8))).toMatchObject({ per: 1_000_000, last7: { cost: units(2) } });
  });

  test("a unit of a week that refunds outweigh is told by what it comes to, and one of a free week by the week before", () => {
    const of = (before: number, now: number) =>
      economics({ charges: spend(before, now), metrics: [metric(twoWeeksOf(100, 100))] }).units[0]?.per;
    expect([of(700, -1_400), of(700, 0), of(0, 0)]).toEqual([1, 1, 1]);
  });

  test("exactly fifty cents are told for one unit", () => {
    const of = (count: number) => economics({ charges: spend(350, 350), metrics: [metric(twoWeeksOf(count, count))] }).units[0]?.per;
    expect([of(100), of(101)]).toEqual([1, 1_000]);
  });

  test("where days are missing, the weekdays that both weeks know are compared, in cost and in number", () => {
    const charges = [
      ...daily(prior, { cost: units(10) }),
      ...daily(last, { cost: units(20) }),
      charge({ day: "2026-11-22", cost: units(500) }),
    ];
    const days = twoWeeksOf(10, 10).map((value, index) => (index === 13 || index === 0 ? null : value));
    expect(economics({ charges, metrics: [metric(days)] }).units[0]).toMatchObject({
      last7: { cost: units(2), count: units(50), known: 5 },
      prior7: { cost: units(1), count: units(50), known: 5 },
      percent: 100,
      growth: 0,
    });
  });

  test("users are counted by the day, their cost is that of a week", () => {
    const of = (days: (number | null)[]) => economics({ charges: spend(700, 700), metrics: [metric(days, { kind: "users" })] }).units[0];
    expect(of(twoWeeksOf(100, 100))).toMatchObject({ last7: { cost: units(7), count: units(100) } });
    expect(of(twoWeeksOf(100, 100).map((value, index) => (index % 7 > 3 ? null : value)))).toMatchObject({ last7: { cost: units(7) } });
  });

  test("a week of which nothing is known has no cost of a unit; a metric of which nothing is known has none at all", () => {
    const of = (days: (number | null)[]) => economics({ charges: spend(700, 700), metrics: [metric(days)] }).units;
    expect(of([...Array<null>(7).fill(null), ...Array<number>(7).fill(10)])[0]).toMatchObject({
      prior7: null,
      percent: null,
      growth: null,
    });
    expect(of(Array<null>(14).fill(null))).toEqual([]);
    expect(of(twoWeeksOf(0, 0))).toEqual([]);
  });

  test("a week of none is known, though none of them has a cost", () => {
    const of = (before: number, now: number) => economics({ charges: spend(700, 1_400), metrics: [metric(twoWeeksOf(before, now))] });
    const none = { count: 0n, cost: null, known: 7 };
    expect(of(100, 0).units[0]).toMatchObject({ last7: none, prior7: { cost: units(1) }, percent: null, growth: -100 });
    expect(of(0, 100).units[0]).toMatchObject({ last7: { cost: units(2) }, prior7: none, percent: null, growth: null });
    expect([of(100, 0).mismatch, of(0, 100).mismatch]).toEqual([null, null]);
  });

  test("requests on the bill: those models alone that count them, and their share of the week", () => {
    const charges = [
      ...spend(70, 140, { model: "a", requests: 100, inputTokens: 10 }),
      ...spend(70, 140, { model: "a", outputTokens: 10 }),
      ...spend(500, 500, { model: "b" }),
      ...spend(500, 500, { category: "Purchase", model: "a", requests: 5 }),
    ];
    const { requests } = economics({ charges });
    expect(requests?.cost).toMatchObject({
      per: 1_000,
      last7: { cost: units(400), count: units(700) },
      prior7: { cost: units(200) },
      percent: 100,
    });
    expect(requests?.share).toEqual({ cost: units(280), total: units(1_280) });
    expect(economics({ charges: spend(1, 1) }).requests).toBeNull();
  });
});

describe("growth of spend against growth of the product", () => {
  const mismatch = (now: number, more: Partial<Parameters<typeof reviewInput>[0]> = {}, days = twoWeeksOf(100, 100)) =>
    economics({ charges: spend(1_000, now), metrics: [metric(days)], ...more }).mismatch;

  test("a unit more than 20 % dearer is a mismatch, exactly 20 % is none", () => {
    expect([mismatch(1_200), mismatch(1_200.01)]).toEqual([null, "tickets"]);
  });
  test("none where the product grew as fast, where spend fell, or where three days are missing", () => {
    expect(mismatch(1_300, {}, twoWeeksOf(100, 130))).toBeNull();
    expect(mismatch(900, {}, twoWeeksOf(100, 50))).toBeNull();
    expect(
      economics({ charges: spend(1_000, 2_000), metrics: [metric([null, null, null, ...twoWeeksOf(1, 1).slice(3)])] }).mismatch,
    ).toBeNull();
  });
  test("where growth names a metric, that one alone counts", () => {
    const metrics = [metric(twoWeeksOf(100, 100), { name: "other" }), metric(twoWeeksOf(100, 200))];
    const of = (growth: number | { metric: string } | null) => economics({ charges: spend(1_000, 1_500), metrics, growth }).mismatch;
    expect([of(null), of({ metric: "tickets" }), of({ metric: "other" })]).toEqual(["other", null, "other"]);
  });
  test("where growth names revenue, of which no unit has a cost, each metric counts", () => {
    const sales = metric(twoWeeksOf(500, 500), { name: "sales", kind: "revenue", currency: "USD" });
    const metrics = [metric(twoWeeksOf(100, 100)), sales];
    expect(economics({ charges: spend(1_000, 1_500), metrics, growth: { metric: "sales" } }).mismatch).toBe("tickets");
  });
  test("the verdict stays that of the figures: growth moves no threshold", () => {
    const verdict = (growth: number | { metric: string } | null) =>
      reviewOf(reviewInput({ charges: spend(1_000, 1_300), metrics: [metric(twoWeeksOf(100, 200))], growth })).verdict;
    expect([verdict(null), verdict(50), verdict({ metric: "tickets" })]).toEqual(["investigate", "investigate", "investigate"]);
  });
});

describe("cost of goods sold", () => {
  const revenue = (currency: string) => metric(twoWeeksOf(100, 200), { name: "sales", kind: "revenue", currency });
  test("cost against revenue of the same currency; another currency is not set against it", () => {
    expect(economics({ charges: spend(70, 70), metrics: [revenue("USD")] }).margin).toMatchObject({
      last7: { cost: units(70), count: units(1_400) },
      prior7: { count: units(700) },
    });
    expect(economics({ charges: spend(70, 70), metrics: [revenue("EUR")] }).margin).toBeNull();
    const unknown = { ...revenue("USD"), days: Array<null>(14).fill(null) };
    expect(economics({ charges: spend(70, 70), metrics: [unknown] }).margin).toBeNull();
  });
});
