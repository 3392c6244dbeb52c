import { describe, expect, it } from "vitest";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { type ListPrice, listPriceFigures } from "../../../src/core/economics/list-price.ts";
import { explain, explainers } from "../../../src/core/explain/explain.ts";
import { sumOf } from "../../../src/core/explain/rows.ts";
import { absolute, microsPerCent, parseMicros } from "../../../src/core/money.ts";
import { figuresOf } from "../../../src/core/review/figures/figures.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput, units } from "../../support/charges.ts";
import { notToldOf } from "../../support/followed.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";
import { randomFrom } from "../../support/properties.ts";

const asOf = "2026-11-23";
const models = [
  ["OpenAI", "Inference", "gpt-5", 40],
  ["OpenAI", "Inference", "gpt-5-mini", 12],
  ["OpenAI", "Images", "", 3],
  ["Anthropic", "Claude API", "claude-sonnet-4-5", 30],
  ["AWS", "Amazon EC2", "", 20],
] as const;

/** Ninety days of several services, one with a jump in the last week, with fees, credits and a correction of October. */
function charges() {
  const random = randomFrom(7);
  const usage = eachDay({ start: addDays(asOf, -90), end: asOf }).flatMap((day) =>
    models.map(([provider, service, model, cost]) => {
      const factor = (0.9 + 0.2 * random()) * (model === "gpt-5" && day >= "2026-11-17" ? 2.3 : 1);
      const tokens =
        model === ""
          ? {}
          : {
              requests: Math.round(900 * factor),
              inputTokens: Math.round(90_000 * factor),
              cacheReadTokens: 0,
              cacheWriteTokens: 0,
              outputTokens: 7_000,
            };
      const tags = random() < 0.7 ? '{"feature":"search"}' : "";
      return charge({ day, provider, service, model, tags, cost: units(cost * factor), ...tokens });
    }),
  );
  const other = [
    charge({ day: "2026-11-18", category: "Tax", cost: units(7.005) }),
    charge({ day: "2026-11-10", category: "Credit", cost: units(-12.34) }),
    charge({ day: "2026-11-01", category: "Purchase", frequency: "Recurring", cost: units(90) }),
    charge({ day: "2026-10-20", billingPeriod: "2026-11-01", correction: true, cost: units(-3.21) }),
  ];
  return [...usage, ...other];
}

const days = twoWeeksOf(50, 50);
const metrics = [metric(days), metric(days, { name: "sales", kind: "revenue", currency: "USD" })];
const input = reviewInput({
  asOf,
  metrics,
  charges: charges(),
  plan: { currency: "USD", months: { "2026-11": units(3000) }, shape: "linear" },
});
const earlier = { forecasts: [], actions: [], past: [] };
/** A bill of two charges, which cost a third of a cent more at list price; one model has no price. */
const listPrice: ListPrice = {
  source: "openai",
  provider: "OpenAI",
  currency: "USD",
  billed: units(2.005),
  list: units(2.008333),
  percent: -0.17,
  unpriced: ["ft:acme"],
  models: [
    {
      model: "gpt-5.4",
      billed: units(2.005),
      list: units(2.008333),
      rows: [
        { charge: charge({ day: "2026-11-17", model: "gpt-5.4", inputTokens: 700_000, requests: 12, cost: units(1) }), list: units(1) },
        { charge: charge({ day: "2026-11-16", model: "gpt-5.4", outputTokens: 90, cost: units(1.005) }), list: units(1.008333) },
      ],
    },
  ],
  priceList: "list 1 of 2026-09-23",
};
const facts = { input, review: reviewOf(input), earlier, listPrices: [listPrice] };
const figures = { ...figuresOf(facts.review), ...listPriceFigures(facts.listPrices) };
const names = [...explainers(facts).keys()].filter((name) => explain(name, facts) !== null);

/** What `analyze --json` says of a figure; null of what it tells otherwise or not at all. */
function printed(name: string): string | null {
  const { deltas, anomalies, unallocated, categories, metrics } = figures;
  const delta = deltas.find(({ id }) => id === name.replace(/\.(split|drivers)$/, ""));
  if (delta) return delta.change;
  if (/\.onset$|^(trend|events|usage)\.|^forecast\.toEndOnPlan$/.test(name)) return null;
  if (name === "forecast.movement.change") return figures.forecast.movement?.change ?? "";
  const listed = /^listPrices\.openai\/openai\.(list|billed)$/.exec(name)?.[1];
  if (listed) return figures.listPrices?.[0]?.[listed === "list" ? "list" : "billed"] ?? "";
  if (name.startsWith("candidates.")) return figures.candidates[Number(name.split(".")[1]) - 1]?.savingPerWeekUpTo ?? "";
  const category = categories.find((one) => `categories.${one.category}` === name);
  if (category) return category.last7;
  const metric = metrics.find((one) => `metrics.${one.name}` === name);
  if (metric) return metric.last7.value ?? "";
  const anomaly = anomalies.find(({ id }) => id === name);
  if (anomaly) return anomaly.actual;
  if (name === "unitEconomics.units.tickets") return figures.unitEconomics.units[0]?.last7 ?? "";
  if (name.startsWith("unallocated.")) return unallocated.find(({ target }) => name === `unallocated.${target}`)?.last7 ?? "";
  const value = name.split(".").reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], figures);
  return typeof value === "number" ? `${value} %` : String(value);
}

describe("a figure", () => {
  it("there are fixed ones, deltas with their splits, and anomalies", () => {
    expect(names).toEqual(
      expect.arrayContaining(["last7.total", "gap.amount", "openai/inference", "openai/inference.split", "openai/inference/gpt-5"]),
    );
    expect(names.filter((name) => name.includes("@"))).toEqual(["openai/inference@2026-11-17"]);
  });

  it.each(names)("%s is explained with the value that is printed, and its rows add up to it", (name) => {
    const { explanation } = explain(name, facts) ?? expect.fail("not explained");
    expect(printed(name) ?? explanation.value).toBe(explanation.value);
    expect(explanation.formula).not.toBe("");
    const exact = sumOf(explanation.rows);
    // The rows of the forecast are those of the mean that it carries on, of a candidate the cost that it is a part of; an onset is a day.
    if (explanation.rows.length > 0 && !/^forecast\.pace\.total$|^candidates\.|\.onset$/.test(name))
      expect(absolute(exact - (parseMicros(explanation.value) ?? 0n))).toBeLessThanOrEqual(microsPerCent);
  });

  it("no number of analyze --json is left out", () => expect(notToldOf(figures, facts)).toEqual([]));

  it.each([
    ["last7", "last7.total"],
    ["forecast.model", "forecast.model.total"],
    ["forecast.model.low80", "forecast.model.total"],
    ["forecast.movement.elapsed", "forecast.movement.change"],
    ["yesterday.high", "yesterday.actual"],
    ["forecast", "forecast.pace.total"],
    ["openai", "openai"],
    ["listPrices", "listPrices.openai/openai.list"],
    ["listPrices.openai/openai", "listPrices.openai/openai.list"],
  ])("%s means %s", (name, figure) => expect(explain(name, facts)?.figure).toBe(figure));

  it.each(["nothing", "last", "last7.nothing", "yesterday.high.er", "openai/inference@2026-01-01", ""])("%s is none", (name) =>
    expect(explain(name, facts)).toBeNull(),
  );

  it("plan to date names the weights that it is computed from", () => {
    const shape = [{ from: "2026-11-10", weight: 1.5 }];
    const stepped = { ...input, plan: { currency: "USD", months: { "2026-11": units(3000) }, shape } };
    const { value, terms } =
      explain("monthToDate.plan", { ...facts, input: stepped, review: reviewOf(stepped) })?.explanation ?? expect.fail("none");
    expect(value).toBe(((3000 * 28.5) / 40.5).toFixed(2));
    expect(terms.slice(-2).map((term) => term.value)).toEqual(["28.5", "40.5"]);
  });

  it("odd days are told one by one, with what each was expected to cost", () => {
    const { value, terms } = explain("openai/inference@2026-11-17", facts)?.explanation ?? expect.fail("not explained");
    const days = terms.flatMap(({ name, value: text }) => (name.startsWith("2026-") ? [text.match(/\d+\.\d+/g)?.map(Number) ?? []] : []));
    const sum = (at: number) => days.reduce((total, numbers) => total + (numbers[at] ?? 0), 0).toFixed(2);
    expect(days).toHaveLength(6);
    const told = ["expected", "usual range", "to"].map((start) => terms.find(({ name }) => name.startsWith(start))?.value);
    expect([sum(0), sum(1), sum(2), sum(3)]).toEqual([value, ...told]);
  });

  it("the forecast names what of it stands for days without data", () => {
    const holed = { ...input, charges: input.charges.filter(({ day }) => day < "2026-11-03" || day >= "2026-11-06") };
    const review = reviewOf(holed);
    const { terms } = explain("forecast.model.total", { ...facts, input: holed, review })?.explanation ?? expect.fail("not explained");
    const missing = terms.find(({ name }) => name.startsWith("of it for days without data"))?.value;
    expect(Number(missing)).toBeGreaterThan(3 * 90);
    expect(missing).toBe((Number(review.month.model?.missing) / 100).toFixed(2));
    const [spent, toCome] = terms.map(({ value: text }) => Number(text));
    expect((Number(spent) + Number(toCome) + Number(missing)).toFixed(2)).toBe((Number(review.month.model?.total) / 100).toFixed(2));
    expect(Number(spent)).toBeCloseTo(Number(review.month.toDate.total) / 100, 2);
  });

  it("what tokens cost at list price names the list, the tokens and models without a price", () => {
    const { value, formula, terms, rows } = explain("listPrices", facts)?.explanation ?? expect.fail("not explained");
    expect([value, formula.includes("list 1 of 2026-09-23")]).toEqual(["2.01", true]);
    expect(terms.map((term) => `${term.name}: ${term.value}`)).toEqual([
      "gpt-5.4 was used for: 700000 input, 90 output tokens, 12 requests",
      "gpt-5.4 at list price: 2.008333",
      "billed: 2.01",
      "the bill against the list: -0.17 %",
      "without a known price, in neither amount: ft:acme",
    ]);
    expect(rows.map((row) => [row.charge.day, row.amount])).toEqual([
      ["2026-11-16", units(1.008333)],
      ["2026-11-17", units(1)],
    ]);
  });

  it("what could run as a batch by the parts of the bill that a gateway saw", () => {
    const day = "2026-11-18";
    const bill = charge({ day, model: "large", cost: units(100) });
    const seen = (feature: string, cost: number) =>
      charge({ day, model: "large", cost: units(cost), source: "gateway", tags: JSON.stringify({ feature }) });
    const seeing = reviewInput({
      asOf,
      charges: [bill, charge({ ...bill, day: "2026-11-11" }), seen("chat", 60), seen("search", 20)],
      counting: [{ name: "focus" }, { name: "gateway", counts: "attribution" }],
      candidateConfig: { cheaperThan: {}, batch: { features: ["chat"], discountPercent: 50 } },
    });
    const { value, rows } =
      explain("candidates.1", { ...facts, input: seeing, review: reviewOf(seeing) })?.explanation ?? expect.fail("not explained");
    expect([value, rows.map(({ amount }) => amount)]).toEqual(["30.00", [units(60)]]);
  });

  it("without a plan there is no gap and no plan to date", () => {
    const bare = reviewInput({ asOf, charges: charges() });
    const without = { input: bare, review: reviewOf(bare), earlier, listPrices: [] };
    expect(["gap.amount", "monthToDate.plan"].map((name) => explain(name, without))).toEqual([null, null]);
  });
});

it("what was restated and what came in of days that were not final are told apart, as the review tells them", () => {
  const moved = (day: string, after: number, wasOpen: boolean) => ({
    day,
    source: "focus",
    provider: "OpenAI",
    before: units(10.0004),
    after: units(after),
    wasOpen,
  });
  const input = reviewInput({
    charges: charges(),
    restatements: [
      moved("2026-11-12", 11, false),
      moved("2026-11-13", 12, false),
      moved("2026-11-14", 14, true),
      moved("2026-11-15", 15, true),
    ],
  });
  const facts = { input, review: reviewOf(input), listPrices: [], earlier: { forecasts: [], actions: [], past: [] } };
  const { value, terms } = explain("restatements.focus/openai", facts)?.explanation ?? expect.fail("not explained");
  expect(value).toBe("12.00");
  expect(terms).toEqual(
    expect.arrayContaining([
      { name: "of days that were final, before", value: "20.00" },
      { name: "of days that were final, after", value: "23.00" },
      { name: "of days that were final, after − before", value: "3.00" },
      { name: "of days that were not final, after − before", value: "9.00" },
      { name: "2026-11-12 before", value: "10.0004" },
    ]),
  );
});
