import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { customerTable } from "../../../src/document/sections/deltas/customers.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";
import { runs } from "../../support/properties.ts";
import { economics, spend } from "./weeks.ts";

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
      costLacks: null,
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

  test("nor against a week of which days of cost come before the first of all data, or are not final", () => {
    const revenue = sales(twoWeeksOf(100, 200), [["acme", 700, 1_400]]);
    const since = (start: string) => daily({ start, end: "2026-11-23" }, { cost: units(10), tags: `{"customer":"acme"}` });
    const shown = (start: string, settled: string) => {
      const input = reviewInput({ charges: since(start), sources: [source(settled)], metrics: [revenue] });
      const review = reviewOf(input);
      const [head, , row] = (customerTable(review) ?? "").split("\n");
      const facts = { input, review, earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
      const left = explain("unitEconomics.customers.top.acme", facts)?.explanation.terms.at(-1);
      return [head?.split(" | ").at(-1), row?.split(" | ").at(-1), left?.value];
    };
    expect(shown("2026-11-16", "2026-11-22")).toEqual(["Left after AI cost |", "95.0 % |", "95 %"]);
    expect(shown("2026-11-17", "2026-11-22")).toEqual([
      "Left after AI cost (days missing) |",
      "– |",
      "not told, as days of this week are missing",
    ]);
    expect(shown("2026-10-19", "2026-11-21")).toEqual([
      "Left after AI cost (days not final) |",
      "– |",
      "not told, as days of this week are not final",
    ]);
  });

  test("nor against a week whose last days are not final and have nothing yet", () => {
    const revenue = sales(twoWeeksOf(100, 200), [["acme", 700, 1_400]]);
    const charges = daily({ start: "2026-10-19", end: "2026-11-21" }, { cost: units(10), tags: `{"customer":"acme"}` });
    const counting = [{ name: "focus", settlingDays: 2 }];
    const input = reviewInput({ charges, counting, sources: [source("2026-11-20")], metrics: [revenue] });
    const table = customerTable(reviewOf(input));
    expect(table).toContain("| Left after AI cost (days not final) |");
    expect(table).toContain("| $1,400.00 | – |");
  });

  test("where a source never has usage at weekends, its week is all there", () => {
    const working = daily({ start: "2026-10-19", end: "2026-11-21" }, { cost: units(10), tags: `{"customer":"acme"}` }).filter(
      ({ day }) => ![0, 6].includes(new Date(day).getUTCDay()),
    );
    const revenue = sales(twoWeeksOf(100, 200), [["acme", 700, 1_000]]);
    const review = reviewOf(reviewInput({ charges: working, sources: [source("2026-11-20")], metrics: [revenue] }));
    expect(customerTable(review)).toContain("| $1,000.00 | 95.0 % |");
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
