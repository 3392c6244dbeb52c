import { describe, expect, it } from "vitest";
import { eachDay } from "../../../src/core/day.ts";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Facts } from "../../../src/core/explain/explanation.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

/** A model whose requests and prompts grow, and a cheaper one; proportions differ from day to day, so that the bill tells prices. */
function use(day: string, model: "large" | "small", requests: number, input: number) {
  const output = 200 + (Number(day.slice(-2)) % 3) * 40;
  const [inputTokens, outputTokens] = [requests * input, requests * output];
  const [sent, given] = model === "large" ? [3, 15] : [0.3, 1.5];
  const cost = units((inputTokens * sent + outputTokens * given) / 1e6);
  return charge({ day, model, requests, inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, cost });
}

const input = reviewInput({
  metrics: [metric(twoWeeksOf(50, 51))],
  candidateConfig: { cheaperThan: { large: "small" } },
  charges: eachDay({ start: "2026-11-09", end: "2026-11-23" }).flatMap((day, index) => [
    use(day, "large", index >= 7 ? 1307 + index : 1009 + index, index >= 7 ? 2203 : 1901),
    use(day, "small", 401 + (index % 7), 803),
  ]),
});
const facts: Facts = { input, review: reviewOf(input), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };

function told(kind: string) {
  const index = facts.review.candidates.findIndex((one) => one.kind === kind);
  const { value, terms } = explain(`candidates.${index + 1}`, facts)?.explanation ?? expect.fail(`no ${kind}`);
  const term = (name: string) => terms.find((one) => one.name === name)?.value ?? expect.fail(`${kind} names no ${name}`);
  const priced = terms.flatMap(({ value: text }) => {
    const [, tokens, price] = /^(\d+) at (\S+) a million$/.exec(text) ?? [];
    return tokens && price ? [(Number(tokens) * Number(price)) / 1e6] : [];
  });
  return { value, terms, term, priced: priced.reduce((sum, one) => sum + one, 0) };
}

const exactly = (text: string) => Number(/exactly (\S+?)\)/.exec(text)?.[1]);

describe("what a candidate is worth can be computed again from the numbers that are printed", () => {
  it("a cheaper model: tokens at its prices", () => {
    const { value, term, priced } = told("cheaper");
    expect((exactly(term("cost")) - priced).toFixed(2)).toBe(value);
    expect(priced).toBeCloseTo(exactly(term("the same tokens on small")), 3);
  });

  it("longer prompts: the input at the prices of the bill", () => {
    const { value, term, priced } = told("prompts");
    const ratio = Number(term("input tokens a request, prior 7 days")) / Number(term("input tokens a request, last 7 days"));
    expect((priced * (1 - ratio)).toFixed(2)).toBe(value);
  });

  it("more requests: each model against its own", () => {
    const { value, term } = told("retries");
    const [, cost, prior, units = 0, last] = /^(\S+) × \(1 − (\S+) × (\S+) ÷ (\S+)\) = /.exec(term("additional requests of large")) ?? [];
    expect((Number(cost) * (1 - (Number(prior) * Number(units)) / Number(last))).toFixed(2)).toBe(value);
  });
});
