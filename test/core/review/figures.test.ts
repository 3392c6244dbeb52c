import { describe, expect, it } from "vitest";
import { figuresOf } from "../../../src/core/review/figures/figures.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { planSchema } from "../../../src/core/settings/plan.ts";
import { charge, daily, reviewInput, source, units } from "../../support/charges.ts";

const quiet = daily({ start: "2026-09-01", end: "2026-11-23" }, { cost: units(100) });
const spike = charge({ day: "2026-11-18", cost: units(300) });
const plan = planSchema.parse({ currency: "USD", months: { "2026-11": 3000 } });
const sources = [source("2026-11-22"), source(null, "late", "could not be read")];
const review = reviewOf(reviewInput({ charges: [...quiet, spike], sources, plan }));
const figures: Record<string, unknown> = { ...figuresOf(review) };

/** The contract of DESIGN.md: keys, and what kind of value each has. */
const contract = {
  asOf: "day",
  id: "text",
  currency: "text",
  costBasis: "text",
  settledThrough: "day",
  last7: { start: "day", end: "day", total: "money" },
  prior7: { start: "day", end: "day", total: "money" },
  change: { amount: "money", percent: "number" },
  monthToDate: { total: "money", plan: "money", percent: "number" },
  forecast: {
    plan: "money",
    pace: { total: "money", percent: "number", method: "text" },
    model: { total: "money", percent: "number", low80: "money", high80: "money", method: "text" },
  },
  deltas: [
    { id: "text", dimension: "text", key: "text", listed: "boolean", last7: "money", prior7: "money", change: "money", percent: "number" },
  ],
  reconciliation: { listed: "money", other: "money", total: "money" },
  anomalies: [
    {
      id: "text",
      slice: "text",
      start: "day",
      end: "day",
      direction: "text",
      class: "text",
      actual: "money",
      expected: "money",
      low: "money",
      high: "money",
    },
  ],
  verdict: "text",
  triggers: [],
  sources: [{ name: "text", settledThrough: "day", problem: "null" }],
};

function faultsIn(value: unknown, shape: unknown, path: string): string[] {
  if (Array.isArray(shape))
    return Array.isArray(value)
      ? shape.flatMap((part) => (value.length > 0 ? faultsIn(value[0], part, `${path}[]`) : [`${path} is empty`]))
      : [`${path} is no list`];
  if (typeof shape === "object" && shape !== null) {
    if (typeof value !== "object" || value === null) return [`${path} is no object`];
    return Object.entries(shape).flatMap(([key, part]) =>
      key in value ? faultsIn((value as Record<string, unknown>)[key], part, `${path}.${key}`) : [`${path}.${key} is missing`],
    );
  }
  const fits = {
    day: typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value),
    money: typeof value === "string" && /^-?\d+\.\d{2}$/.test(value),
    text: typeof value === "string",
    number: typeof value === "number",
    boolean: typeof value === "boolean",
    null: value === null,
  }[String(shape)];
  return fits ? [] : [`${path} is ${JSON.stringify(value)}, not ${String(shape)}`];
}

describe("figuresOf", () => {
  it("has the keys and forms of the contract", () => expect(faultsIn(figures, contract, "figures")).toEqual([]));
  it("can be printed as JSON", () => expect(JSON.parse(JSON.stringify(figures))).toEqual(figures));

  it("carries what the review says", () => {
    expect(figures).toMatchObject({
      asOf: "2026-11-23",
      id: "2026-W47",
      settledThrough: "2026-11-22",
      costBasis: "effective",
      verdict: "escalate",
      triggers: ["forecast"],
      change: { amount: "300.00", percent: 42.86 },
      monthToDate: { total: "2500.00", plan: "2200.00", percent: 13.64 },
      forecast: { plan: "3000.00", pace: { total: "3642.86", percent: 21.43 } },
      anomalies: [
        {
          id: "openai/inference@2026-11-18",
          slice: "OpenAI · Inference",
          start: "2026-11-18",
          end: "2026-11-19",
          direction: "up",
          class: "spike",
          actual: "400.00",
          expected: "100.00",
        },
      ],
      sources: [
        { name: "focus", settledThrough: "2026-11-22", problem: null },
        { name: "late", settledThrough: null, problem: "could not be read" },
      ],
    });
  });

  it("is null where a plan or a base is missing", () => {
    expect(figuresOf(reviewOf(reviewInput({ charges: [charge({ cost: units(5) })] })))).toMatchObject({
      change: { amount: "5.00", percent: null },
      monthToDate: { plan: null, percent: null },
      forecast: { plan: null, pace: { percent: null }, model: null },
      gap: null,
    });
  });

  it("holds no charge on which a source is silent and no zero for it", () => {
    expect(figuresOf(reviewOf(reviewInput({ sources: [source(null, "late", "refused")] })))).toMatchObject({
      settledThrough: null,
      deltas: [],
      anomalies: [],
      verdict: "good",
    });
  });

  it("the cost basis decides which cost counts", () => {
    const charges = [charge({ billed: units(1), effective: units(2) })];
    expect(figuresOf(reviewOf(reviewInput({ charges, costBasis: "billed" }))).last7.total).toBe("1.00");
    expect(figuresOf(reviewOf(reviewInput({ charges }))).last7.total).toBe("2.00");
  });
});
