import { describe, expect, test } from "vitest";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { contextOf } from "../../../src/document/sections/context.ts";
import { deltasSection } from "../../../src/document/sections/deltas/deltas.ts";
import { pacingSection } from "../../../src/document/sections/pacing/pacing.ts";
import { type ChargePart, daily, reviewInput, units } from "../../support/charges.ts";
import { metric, twoWeeksOf } from "../../support/metrics.ts";

/** Requests and tokens that are told of some days alone, and usage without a price: neither is set against cost. */

const row = (part: ChargePart = {}) =>
  daily(
    { start: "2026-10-05", end: "2026-11-23" },
    { model: "large", cost: units(100), requests: 1_000, inputTokens: 1_000_000, outputTokens: 10_000, ...part },
  );
const costing = (cost: number) => ({ billed: units(cost), effective: units(cost) });
const week = (charges: readonly Charge[], start: string, end: string, part: ChargePart) =>
  charges.map((charge) => (charge.day >= start && charge.day < end ? { ...charge, ...part } : charge));
const large = ["OpenAI", "Inference", "large"];
const noTokens = { inputTokens: null, outputTokens: null };
const of = (charges: readonly Charge[]) => {
  const input = reviewInput({ charges: [...charges], metrics: [metric(twoWeeksOf(100, 100))] });
  const review = reviewOf(input);
  const { requests } = review.economics;
  return { input, review, requests, kinds: review.candidates.map(({ kind }) => kind), text: pacingSection(contextOf(review)).head?.text };
};

describe("told of some days of a week alone", () => {
  test.each<[string, readonly Charge[]]>([
    ["requests of this week", week(row(), "2026-11-19", "2026-11-23", { requests: null })],
    ["requests of the week before", week(row(), "2026-11-12", "2026-11-16", { requests: null })],
  ])("%s: none of the model is counted, no prompt grew and nothing was asked again", (_, charges) => {
    const { review, requests, kinds, text } = of(charges);
    expect([requests, kinds, review.untold]).toEqual([null, [], { requests: [large], tokens: [] }]);
    expect(text).toContain("**Requests** of large are told of some days alone: they are not counted.");
  });

  test("tokens: no prompt grew", () => {
    const { review, requests, kinds, text } = of(week(row(), "2026-11-12", "2026-11-16", noTokens));
    expect([kinds, review.untold]).toEqual([[], { requests: [], tokens: [large] }]);
    expect(requests?.cost).toMatchObject({ percent: 0, growth: 0 });
    expect(text).toContain("**Tokens** of large are told of some days alone: they are not counted.");
  });

  test("those of other models are counted as they are, but for volumes of the service", () => {
    const small = week(row({ model: "small", cost: units(10) }), "2026-11-16", "2026-11-23", { requests: 1_500 });
    const large = week(row(), "2026-11-16", "2026-11-23", costing(150));
    const { input, review, requests } = of([...week(large, "2026-11-19", "2026-11-23", { requests: null }), ...small]);
    expect(requests?.cost).toMatchObject({ last7: { count: units(10_500) }, prior7: { count: units(7_000) }, growth: 50 });
    expect(review.candidates).toMatchObject([{ kind: "retries", requestsPerUnit: { last7: 15, prior7: 10 } }]);
    const facts = { input, review, earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
    expect(explain("candidates.1", facts)?.explanation.terms).toContainEqual({
      name: "cost of the models whose requests are counted",
      value: expect.stringMatching(/^70/),
    });
    expect(deltasSection(contextOf(review)).items[0]?.zone.text).toContain("$770.00 → $1,120.00. Tokens 0.0 %.\n");
  });

  test("those of a model of the same name at another provider are counted as they are", () => {
    const more = week(row(), "2026-11-16", "2026-11-23", { ...costing(150), requests: 1_500 });
    const other = week(row({ provider: "Azure", service: "AI" }), "2026-11-19", "2026-11-23", { requests: null });
    const { review, text } = of([...more, ...other]);
    expect(review.untold).toEqual({ requests: [["Azure", "AI", "large"]], tokens: [] });
    expect(review.listed).toMatchObject([{ drivers: { requests: { last7: 10_500, prior7: 7_000 } } }]);
    expect(text).toContain("**Requests** of large (Azure) are told of some days alone: they are not counted.");
  });

  test("of all days of a week, or with days of a hundredth of the cost untold, they count", () => {
    const later = of(row().map((charge) => (charge.day < "2026-11-16" ? { ...charge, requests: null } : charge)));
    expect(later.requests?.cost).toMatchObject({ last7: { count: units(7_000) }, prior7: null });
    const untold = (cost: number) =>
      of(week(week(row(), "2026-11-17", "2026-11-23", costing(99)), "2026-11-16", "2026-11-17", { ...costing(cost), requests: null }));
    expect([untold(6).review.untold.requests, untold(6.01).review.untold.requests]).toEqual([[], [large]]);
  });

  test("a refund on a day untold weighs as what was paid", () => {
    const refund = { ...costing(-5), requests: null };
    const large = of(week(row(), "2026-11-18", "2026-11-19", { ...refund, ...costing(-50) }));
    const small = of(week(row(), "2026-11-18", "2026-11-19", refund));
    expect([small.review.untold.requests, large.review.untold.requests]).toEqual([[], [["OpenAI", "Inference", "large"]]]);
  });

  test("what names no model may be many things, of which some are not counted", () => {
    expect(of([...row(), ...week(row({ model: "" }), "2026-11-18", "2026-11-20", { requests: null })]).review.untold.requests).toEqual([]);
  });

  test("a row without them beside one that tells them leaves nothing out", () => {
    expect(of([...row(), ...row({ requests: null, ...noTokens })]).review.untold).toEqual({ requests: [], tokens: [] });
  });
});

test("requests to a model without a price are set against no cost", () => {
  const unpriced = week(row({ model: "new", cost: 0n, estimated: true, requests: 10 }), "2026-11-16", "2026-11-23", { requests: 9_000 });
  expect(of([...row({ estimated: true }), ...unpriced]).requests?.cost).toMatchObject({
    last7: { count: units(7_000) },
    prior7: { count: units(7_000) },
    percent: 0,
  });
  // What a bill says costs nothing does.
  const free = unpriced.map((charge) => ({ ...charge, estimated: false }));
  expect(of([...row(), ...free]).requests?.cost).toMatchObject({ last7: { count: units(70_000) } });
});
