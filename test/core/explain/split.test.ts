import { describe, expect, it } from "vitest";
import { eachDay } from "../../../src/core/day.ts";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Facts } from "../../../src/core/explain/explanation.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { charge, reviewInput, units } from "../../support/charges.ts";

/** Two models, of which requests and prompts grew, one that began, and images that have no tokens. */
const prices = { large: [3, 15], small: [0.3, 1.5], next: [1, 4] } as const;

function use(day: string, model: keyof typeof prices, requests: number, input: number) {
  const [inputTokens, outputTokens] = [requests * input, requests * (200 + (Number(day.slice(-2)) % 3) * 40)];
  const cost = units((inputTokens * prices[model][0] + outputTokens * prices[model][1]) / 1e6);
  return charge({ day, model, requests, inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, cost });
}

const input = reviewInput({
  charges: eachDay({ start: "2026-11-09", end: "2026-11-23" }).flatMap((day, index) => {
    const isNow = index >= 7;
    return [
      use(day, "large", isNow ? 1300 + index : 1000 + index, isNow ? 2200 : 1900),
      use(day, "small", 4000 + 7 * index, 800),
      ...(isNow ? [use(day, "next", 90, 500)] : []),
      charge({ day, model: "", cost: units(isNow ? 3.3 : 2.1) }),
    ];
  }),
});
const facts: Facts = { input, review: reviewOf(input), earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };

/** `gpt-5, input tokens` with what each week cost, its tokens and the requests of the model. */
interface Leaf {
  readonly model: string;
  readonly cost: readonly [number, number];
  readonly tokens: readonly [number, number];
  readonly requests: readonly [number, number];
}

function leavesIn(terms: readonly { readonly name: string; readonly value: string }[]): Leaf[] {
  return terms.flatMap(({ name, value }) => {
    const found = /^cost (\S+) → (\S+), tokens (\S+) → (\S+), requests (\S+) → (\S+)$/.exec(value);
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = found?.slice(1).map(Number) ?? [];
    return found ? [{ model: name.split(", ")[0] ?? "", cost: [a, b], tokens: [c, d], requests: [e, f] } as const] : [];
  });
}

/** The formula of docs/method.md on the numbers that are printed. */
function recomputed(leaves: readonly Leaf[]): Record<string, number> {
  const counted = (week: 0 | 1) =>
    new Map(leaves.filter(({ tokens }) => tokens[week] > 0).map(({ model, requests }) => [model, requests[week]]));
  const total = (week: 0 | 1) => [...counted(week).values()].reduce((sum, requests) => sum + requests, 0);
  const [q0, q1] = [total(0), total(1)];
  const parts = { volume: 0, mix: 0, tokensPerRequest: 0, price: 0, new: 0, retired: 0, notTokenPriced: 0 };
  for (const {
    cost: [c0, c1],
    tokens: [t0, t1],
    requests: [r0, r1],
  } of leaves) {
    if (t0 > 0 && t1 > 0) {
      const weight = (c1 - c0) / Math.log(c1 / c0);
      parts.volume += weight * Math.log(q1 / q0);
      parts.mix += weight * Math.log(r1 / q1 / (r0 / q0));
      parts.tokensPerRequest += weight * Math.log(t1 / r1 / (t0 / r0));
      parts.price += weight * Math.log(c1 / t1 / (c0 / t0));
    } else if (t1 > 0) parts.new += c1;
    else parts.notTokenPriced += c1 - c0;
  }
  return parts;
}

describe("why a delta changed", () => {
  it("can be computed again from the cost, tokens and requests of each model and kind of token that are printed", () => {
    const { terms } = explain("openai/inference.split", facts)?.explanation ?? expect.fail("not explained");
    const leaves = leavesIn(terms);
    expect(leaves.map(({ model }) => model)).toEqual(["(no model)", "large", "large", "next", "next", "small", "small"]);
    for (const [part, amount] of Object.entries(recomputed(leaves))) {
      const printed = Number(terms.find(({ name }) => name.startsWith(`${part} (`))?.value);
      expect(Math.abs(printed - amount), part).toBeLessThanOrEqual(0.01);
    }
  });
});
