import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { customerTable } from "../../../src/document/sections/deltas/customers.ts";
import { type ChargePart, charge, daily, over, reviewInput, source, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";
import { runs } from "../../support/properties.ts";

const last = { start: "2026-11-16", end: "2026-11-23" };
const prior = { start: "2026-11-09", end: "2026-11-16" };

const spend = (before: number, now: number, part: ChargePart = {}) => [
  ...over(prior, units(before), part),
  ...over(last, units(now), part),
];
const economics = (input: Parameters<typeof reviewInput>[0]) => reviewOf(reviewInput(input)).economics;

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

describe("revenue of customers", () => {
  const sales = (days: (number | null)[], customers: [string, number, number][]) =>
    metric(days, {
      name: "sales",
      kind: "revenue",
      currency: "USD",
      customers: new Map(customers.map(([name, before, now]) => [name, { prior7: units(before), last7: units(now) }])),
    });
  const charges = spend(70, 140, { tags: `{"customer":"acme"}` });
  const tableOf = (revenue: Metric) => customerTable(reviewOf(reviewInput({ charges, metrics: [revenue] }))) ?? "";
  test("what customers without a cost brought in stands in a row, so that the column adds up", () => {
    const revenue = sales(twoWeeksOf(100, 200), [
      ["acme", 500, 1_000],
      ["globex", 200, 400],
    ]);
    expect(economics({ charges, metrics: [revenue] }).customers?.revenue).toEqual({
      prior7: units(700),
      last7: units(1_400),
      known: 7,
      other: { prior7: units(200), last7: units(400) },
    });
    expect(tableOf(revenue).split("\n").slice(2)).toEqual([
      "| acme | $140.00 | $70.00 | +$70.00 (+100.0 %) | $1,000.00 | 86.0 % |",
      "| (other revenue) | – | – | – | $400.00 | – |",
      "| All | $140.00 | $70.00 | +$70.00 (+100.0 %) | $1,400.00 | 90.0 % |",
    ]);
  });

  test("less than a week of revenue is not set against a week of cost", () => {
    const days = twoWeeksOf(100, 200).map((value, index) => (index > 10 ? null : value));
    const revenue = sales(days, [["acme", 700, 800]]);
    const [head, , ...rows] = tableOf(revenue).split("\n");
    expect(head).toContain("| Revenue (4 of 7 days) | Left after AI cost |");
    expect(rows).toEqual([
      "| acme | $140.00 | $70.00 | +$70.00 (+100.0 %) | $800.00 | – |",
      "| All | $140.00 | $70.00 | +$70.00 (+100.0 %) | $800.00 | – |",
    ]);
  });

  test("nor a week of revenue against a week of which days of cost are missing", () => {
    const week = (from: string, to: string, provider: string) =>
      daily({ start: from, end: to }, { provider, cost: units(10), tags: `{"customer":"acme"}` });
    const holed = [
      ...week("2026-10-19", "2026-11-23", "AWS"),
      ...week("2026-10-19", "2026-11-17", "OpenAI"),
      ...week("2026-11-20", "2026-11-23", "OpenAI"),
    ];
    const revenue = sales(twoWeeksOf(100, 200), [["acme", 700, 1_400]]);
    const review = reviewOf(reviewInput({ charges: holed, metrics: [revenue] }));
    const [head, , ...rows] = (customerTable(review) ?? "").split("\n");
    expect(head).toContain("| Revenue | Left after AI cost (days missing) |");
    expect(rows).toEqual([
      "| acme | $110.00 | $140.00 | data missing | $1,400.00 | – |",
      "| All | $110.00 | $140.00 | -$30.00 (-21.4 %) | $1,400.00 | – |",
    ]);
  });

  test("no customer is told to have fallen for days that a late source lacks", () => {
    const week = (to: string, provider: string, customer: string) =>
      daily({ start: "2026-10-19", end: to }, { provider, source: provider, cost: units(10), tags: JSON.stringify({ customer }) });
    const charges = [...week("2026-11-20", "aws", "acme"), ...week("2026-11-23", "openai", "globex")];
    const sources = [source("2026-11-19", "aws"), source("2026-11-22", "openai")];
    expect((customerTable(reviewOf(reviewInput({ charges, sources }))) ?? "").split("\n").slice(2)).toEqual([
      "| globex | $70.00 | $70.00 | $0.00 (0.0 %) |",
      "| acme | $40.00 | $70.00 | data missing |",
      "| All | $110.00 | $140.00 | -$30.00 (-21.4 %) |",
    ]);
  });

  test("refunds stand in the column, so that it adds up", () => {
    const revenue = sales(twoWeeksOf(100, 200), [
      ["acme", 800, 1_450],
      ["globex", -100, -50],
    ]);
    expect(tableOf(revenue).split("\n").slice(2)).toEqual([
      "| acme | $140.00 | $70.00 | +$70.00 (+100.0 %) | $1,450.00 | 90.3 % |",
      "| (other revenue) | – | – | – | -$50.00 | – |",
      "| All | $140.00 | $70.00 | +$70.00 (+100.0 %) | $1,400.00 | 90.0 % |",
    ]);
    const refunded = sales(twoWeeksOf(100, 200), [
      ["acme", 700, -600],
      ["globex", 0, 2_000],
    ]);
    expect(tableOf(refunded)).toContain("| acme | $140.00 | $70.00 | +$70.00 (+100.0 %) | -$600.00 | – |");
  });

  test("a change of cents is told in percent of what it is exactly", () => {
    const cents = [...spend(0.014, 0.024, { tags: `{"customer":"acme"}` })];
    const table = customerTable(reviewOf(reviewInput({ charges: cents }))) ?? "";
    expect(table.split("\n").slice(2)).toEqual([
      "| acme | $0.02 | $0.01 | +$0.01 (+71.4 %) |",
      "| All | $0.02 | $0.01 | +$0.01 (+71.4 %) |",
    ]);
  });

  test("all of a week counts, whatever is known of the week before", () => {
    const days = twoWeeksOf(100, 200).map((value, index) => (index < 3 ? null : value));
    expect(tableOf(sales(days, [["acme", 400, 1_400]]))).toContain("| All | $140.00 | $70.00 | +$70.00 (+100.0 %) | $1,400.00 | 90.0 % |");
  });
});

const part = fc.record({
  customer: fc.constantFrom("", "a", "b", "c", "d", "e", "f", "g", "h"),
  cost: fc.bigInt({ min: -3_000_000n, max: 90_000_000n }),
  day: fc.integer({ min: 9, max: 22 }),
  category: fc.constantFrom("Usage" as const, "Usage" as const, "Tax" as const, "Credit" as const),
});

describe("customers", () => {
  test("top + rest + unallocated + what is no usage = total, to the cent, whatever the charges", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 40 }), (parts) => {
        const charges = parts.map(({ customer, cost, day, category }) =>
          charge({
            day: `2026-11-${String(day).padStart(2, "0")}`,
            cost,
            category,
            tags: customer === "" ? "" : JSON.stringify({ customer }),
          }),
        );
        const review = reviewOf(reviewInput({ charges }));
        const { customers } = review.economics;
        if (customers === null) {
          expect(review.deltas.filter(({ slice }) => slice.id.startsWith("customer:") && slice.key !== "(unallocated)")).toEqual([]);
          return;
        }
        for (const week of ["last7", "prior7"] as const) {
          const sum = [...customers.top, customers.rest, customers.unallocated, customers.notUsage].reduce(
            (total, one) => total + one[week],
            0n,
          );
          expect(sum).toBe(review.total[week]);
          expect(customers.total[week]).toBe(review.total[week]);
        }
        expect(customers.top.length).toBeLessThanOrEqual(5);
      }),
      runs(60),
    );
  });

  test("the dearest five by name with their revenue, the others counted", () => {
    const charges = ["a", "b", "c", "d", "e", "f", "g"].flatMap((name, index) =>
      spend(1, 10 + index, { tags: JSON.stringify({ customer: name }) }),
    );
    const sales = metric(twoWeeksOf(1, 1), {
      name: "sales",
      kind: "revenue",
      currency: "USD",
      customers: new Map([["g", { last7: units(9), prior7: units(8) }]]),
    });
    const { customers } = economics({ charges, metrics: [sales] });
    expect(customers?.top.map(({ name }) => name)).toEqual(["g", "f", "e", "d", "c"]);
    expect(customers?.top.map(({ revenue }) => revenue?.last7 ?? null)).toEqual([units(9), null, null, null, null]);
    expect([customers?.others, customers?.rest]).toEqual([2, { last7: 2_100n, prior7: 200n, percent: 950, revenue: null }]);
  });
});
