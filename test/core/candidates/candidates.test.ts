import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candidate } from "../../../src/core/candidates/candidate.ts";
import { addDays, eachDay } from "../../../src/core/day.ts";
import { explain } from "../../../src/core/explain/explain.ts";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { candidatesBlock } from "../../../src/document/sections/deltas/candidates.ts";
import { charge, reviewInput, units } from "../../support/charges.ts";
import { runs } from "../../support/properties.ts";
import { before, first, found, kinds, now, row, tickets } from "./input.ts";

describe("prompts that grew", () => {
  const week = (day: string, input: number, cost: number) => [
    row(day, cost, { requests: 100, inputTokens: input }),
    row(day, 100, { outputTokens: 5_000 }),
  ];
  test("are worth what their growth cost of the input, not of the output", () => {
    const charges = [...week(before, 100_000, 100), ...week(now, 125_000, 125)];
    expect(found({ charges })).toEqual([
      {
        kind: "prompts",
        path: ["OpenAI", "Inference", "large", "chat"],
        saving: units(25),
        tokensPerRequest: { last7: 1_250, prior7: 1_000 },
        requests: 100,
      },
    ]);
    expect(candidatesBlock(reviewOf(reviewInput({ charges })))).toContain(
      "**Up to $25.00 a week:** prompts of large for chat grew from 1,000 to 1,250 input tokens a request (+25.0 %) over 100 requests.",
    );
  });
  test("are no saving where they were an incident of some days that are over", () => {
    const steady = (day: string, requests: number) => row(day, requests, { requests, inputTokens: 1_000 * requests, outputTokens: 0 });
    const daily = eachDay({ start: "2026-09-14", end: "2026-11-23" }).map((day) => steady(day, 100));
    const looped = (day: string, days: number) =>
      eachDay({ start: day, end: addDays(day, days) }).map((on) => row(on, 900, { requests: 300, inputTokens: 900_000, outputTokens: 0 }));
    expect(kinds({ charges: [...daily, ...looped("2026-11-22", 1)] })).toMatchObject([["prompts", expect.anything()]]);
    expect(kinds({ charges: [...daily, ...looped("2026-11-18", 1)] })).toEqual([]);
    expect(kinds({ charges: [...daily, ...looped("2026-11-17", 6)] })).toMatchObject([["prompts", expect.anything()]]);
  });
  test("by at least 5 %; input read from a cache is input too", () => {
    const of = (input: number, cached: number) =>
      kinds({ charges: [...week(before, 100_000, 100), ...week(now, input, 100), row(now, 10, { cacheReadTokens: cached })] });
    expect([of(104_000, 0), of(90_000, 14_000), of(90_000, 15_000).length]).toEqual([[], [], 1]);
  });
  test("where rows mix types, at most the share of the input", () => {
    const mixed = (day: string, input: number) => row(day, 100, { requests: 10, inputTokens: input, outputTokens: 100 });
    expect(kinds({ charges: [mixed(before, 100), mixed(now, 300)] })).toEqual([["prompts", units(50)]]);
  });
  test("nothing without requests, or without a week before", () => {
    expect(kinds({ charges: [row(before, 100, { inputTokens: 10 }), row(now, 100, { inputTokens: 20 })] })).toEqual([]);
    expect(kinds({ charges: [...week(now, 100_000, 100), row(before, 500)] })).toEqual([]);
  });
});

describe("prompts that crept up", () => {
  const weeks = (...tokens: readonly number[]) =>
    tokens.flatMap((input, week) => {
      const day = addDays(now, 7 * (week + 1 - tokens.length));
      return [row(day, input, { requests: 100, inputTokens: input * 100 }), row(day, 100, { outputTokens: 5_000 })];
    });
  const of = (...tokens: readonly number[]) => kinds({ charges: weeks(...tokens) });

  test("over six weeks are worth what the way from the first to the last cost of the input", () => {
    const charges = weeks(1_000, 1_030, 1_060, 1_090, 1_120, 1_150);
    expect(found({ charges })).toEqual([
      {
        kind: "creep",
        path: ["OpenAI", "Inference", "large", "chat"],
        saving: units(150),
        tokensPerRequest: [1_000, 1_030, 1_060, 1_090, 1_120, 1_150],
        requests: 100,
      },
    ]);
    expect(candidatesBlock(reviewOf(reviewInput({ charges })))).toContain(
      "**Up to $150.00 a week:** prompts of large for chat grew week by week: 1,000 → 1,030 → 1,060 → 1,090 → 1,120 → 1,150 input tokens a request (+15.0 %) over 100 requests.",
    );
  });
  test("by at least 10 %, with at most one step back", () => {
    expect([of(1_000, 1_020, 1_040, 1_060, 1_080, 1_099), of(1_000, 1_020, 1_040, 1_060, 1_080, 1_100).length]).toEqual([[], 1]);
    expect([of(1_000, 1_045, 1_035, 1_075, 1_110, 1_140).length, of(1_000, 1_045, 1_035, 1_080, 1_075, 1_120)]).toEqual([1, []]);
  });
  test("nothing where a week is missing, and a step that was told when it came is told once", () => {
    expect(of(1_030, 1_060, 1_090, 1_120, 1_150)).toEqual([]);
    expect(of(1_000, 1_010, 1_100, 1_110, 1_120, 1_130)).toEqual([]);
    expect(of(1_000, 1_030, 1_060, 1_090, 1_120, 1_180)).toMatchObject([["prompts", expect.anything()]]);
  });
});

describe("a cache that serves less", () => {
  const week = (day: string, fresh: number, cached: number) => [
    row(day, fresh / 1_000, { requests: 10, inputTokens: fresh }),
    row(day, cached / 10_000, { cacheReadTokens: cached }),
  ];
  test("is worth what the tokens cost more that it no longer serves", () => {
    const charges = [...week(before, 50_000, 50_000), ...week(now, 75_000, 25_000)];
    expect(found({ charges })).toMatchObject([
      { kind: "cache", saving: units(22.5), tokens: 25_000, hitRate: { last7: 0.25, prior7: 0.5 } },
    ]);
  });
  test("a fall below five points is none, nor is one whose prices the bill does not tell", () => {
    expect(kinds({ charges: [...week(before, 50_000, 50_000), ...week(now, 54_000, 46_000)] })).toEqual([]);
    const mixed = (day: string, inputTokens: number, cacheReadTokens: number) =>
      row(day, 100, { requests: 10, inputTokens, cacheReadTokens });
    expect(kinds({ charges: [mixed(before, 50_000, 50_000), mixed(now, 75_000, 25_000)] })).toEqual([]);
  });
});

describe("requests that multiplied", () => {
  const charges = [row(before, 100, { requests: 700 }), row(now, 150, { requests: 1_050 })];
  test("are worth what the additional ones cost for each unit", () => {
    expect(found({ charges, metrics: [tickets(10)] })).toMatchObject([
      { kind: "retries", saving: units(50), requestsPerUnit: { last7: 15, prior7: 10 } },
    ]);
  });
  test("are none where days of the week before are missing, of all or of one provider", () => {
    const days = eachDay({ start: "2026-10-19", end: "2026-11-23" });
    const of = (provider: string, from: string, to: string) =>
      days.filter((day) => day < from || day >= to).map((day) => row(day, 10, { provider, requests: day < "2026-11-16" ? 100 : 150 }));
    const kindsWith = (charges: ReviewInput["charges"]) => kinds({ charges, metrics: [tickets(10)] }).length;
    expect(kindsWith([...of("AWS", "", ""), ...of("OpenAI", "", "")])).toBe(1);
    expect(kindsWith([...of("AWS", "", ""), ...of("OpenAI", "2026-11-10", "2026-11-14")])).toBe(0);
    expect(kindsWith([...of("AWS", "2026-11-10", "2026-11-14"), ...of("OpenAI", "2026-11-10", "2026-11-14")])).toBe(0);
    expect(reviewOf(reviewInput({ charges: of("AWS", "2026-10-01", "2026-11-12"), metrics: [tickets(10)] })).candidates).toEqual([]);
  });
  test("are worth what those of the models cost that multiplied, where all were there before", () => {
    const cheap = (day: string) => row(day, 10, { model: "embedding", requests: 5_000 });
    const mixed = [row(before, 100, { requests: 1_000 }), row(now, 300, { requests: 3_000 }), cheap(before), cheap(now)];
    expect(found({ charges: mixed, metrics: [tickets(10)] })).toMatchObject([{ kind: "retries", saving: units(200) }]);
    const swapped = [...mixed, row(now, 90, { model: "new", requests: 1_000 })];
    expect(found({ charges: swapped, metrics: [tickets(10)] })).toMatchObject([{ kind: "retries", saving: (units(400) * 3n) / 9n }]);
  });
  test("are none of a feature that began this week", () => {
    const began = row(now, 900, { requests: 900, tags: '{"feature":"summaries"}' });
    const asked = [row(before, 100, { requests: 700 }), row(now, 110, { requests: 760 }), began];
    expect(kinds({ charges: asked, metrics: [tickets(10)] })).toEqual([]);
    const input = reviewInput({ charges: [first, ...charges, began], metrics: [tickets(10)] });
    const review = reviewOf(input);
    expect(review.candidates).toMatchObject([{ kind: "retries", saving: units(50), requestsPerUnit: { last7: 15, prior7: 10 } }]);
    expect(candidatesBlock(review)).toContain(
      "tickets took 15 requests each instead of 10 (+50.0 %), without what began this week (summaries): look for retries and loops.",
    );
    const facts = { input, review, earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
    expect(explain("candidates.1", facts)?.explanation.rows).toHaveLength(1);
  });
  test("are told once, by the metric that growth names, else by the first: two of them are the same requests", () => {
    const people: Metric = { ...tickets(20), name: "people", kind: "users" };
    const shown = (growth: ReviewInput["growth"], ...metrics: Metric[]) => found({ charges, metrics, growth }).map(({ path }) => path);
    expect(shown(null, tickets(10), people)).toEqual([["tickets"]]);
    expect(shown({ metric: "people" }, tickets(10), people)).toEqual([["people"]]);
    expect(shown({ metric: "sales" }, tickets(10), people)).toEqual([["tickets"]]);
    expect(shown({ metric: "tickets" }, tickets(10, 45), people)).toEqual([]);
    expect(shown({ metric: "tickets" }, tickets(10, null), people)).toEqual([["people"]]);
  });
  test("not where the units grew as well, nor where a day is missing", () => {
    expect(kinds({ charges, metrics: [tickets(10, 45)] })).toEqual([]);
    expect(kinds({ charges, metrics: [tickets(10, null)] })).toEqual([]);
    expect(kinds({ charges, metrics: [{ ...tickets(10), days: [null, ...tickets(10).days.slice(1)] }] })).toEqual([]);
  });
  test.each([
    ["units", 1],
    ["users", 1],
    ["revenue", 0],
    ["requests", 0],
  ] as const)("are held against %s: %d", (kind, times) => {
    expect(kinds({ charges, metrics: [{ ...tickets(10), kind }] })).toHaveLength(times);
  });
});

describe("a cheaper model", () => {
  const candidateConfig = { cheaperThan: { large: "small" } };
  const typed = (day: string, model: string, price: number) => [
    row(day, price * 10, { model, requests: 5, inputTokens: 10_000 }),
    row(day, price * 40, { model, outputTokens: 4_000 }),
  ];
  test("by the prices of its own token types on the bill", () => {
    const charges = [...typed(before, "large", 10), ...typed(now, "large", 10), ...typed(before, "small", 1)];
    expect(found({ charges, candidateConfig })).toMatchObject([
      { kind: "cheaper", cheaper: "small", saving: units(450), cost: units(500), wouldCost: units(50) },
    ]);
    expect(kinds({ charges })).toEqual([]);
  });
  test("is said with its service where the provider bills the model in several, and explained by the rows of that one", () => {
    const elsewhere = [before, now].flatMap((day) => [row(day, 90, { service: "Batch", inputTokens: 10_000 })]);
    const input = reviewInput({
      charges: [...typed(before, "large", 10), ...typed(now, "large", 10), ...typed(before, "small", 1), ...elsewhere],
      candidateConfig,
    });
    const review = reviewOf(input);
    const text = candidatesBlock(review) ?? "";
    expect(text).toContain("the tokens of large (Inference) would have cost $50.00 instead of $500.00");
    expect(text).toContain("the tokens of large (Batch) would have cost $10.00 instead of $90.00");
    const facts = { input, review, earlier: { forecasts: [], actions: [], past: [] }, listPrices: [] };
    const rows = (name: string) => explain(name, facts)?.explanation.rows?.map(({ charge: { service } }) => service);
    expect([rows("candidates.1"), rows("candidates.2")]).toEqual([["Inference", "Inference"], ["Batch"]]);
  });
  test("at the prices of the same provider and service where they bill it, and said with the provider where two bill one of the name", () => {
    const at = (provider: string, price: number, service = "Inference") =>
      [before, now].flatMap((day) => typed(day, "small", price).map((one) => ({ ...one, provider, service })));
    const large = [before, now].flatMap((day) => typed(day, "large", 10));
    const azure = large.map((one) => ({ ...one, provider: "Azure" }));
    const would = (...charges: ReviewInput["charges"][number][][]) =>
      found({ charges: charges.flat(), candidateConfig }).map((one) => [one.path[0], "wouldCost" in one && one.wouldCost]);
    expect(would(large, azure, at("OpenAI", 1), at("Azure", 3))).toEqual([
      ["OpenAI", units(50)],
      ["Azure", units(150)],
    ]);
    expect(would(large, at("OpenAI", 1), at("OpenAI", 0.5, "Batch"))).toEqual([["OpenAI", units(50)]]);
    expect(would(large, at("OpenAI", 0.5, "Batch"), at("Azure", 3))).toEqual([["OpenAI", units(25)]]);
    expect(would(large, at("Azure", 3))).toEqual([["OpenAI", units(150)]]);
    const text = candidatesBlock(reviewOf(reviewInput({ charges: [first, ...large, ...azure, ...at("OpenAI", 1)], candidateConfig })));
    expect(text).toContain("the tokens of large (OpenAI) would have cost $50.00");
    expect(text).toContain("the tokens of large (Azure) would have cost $50.00");
  });
  test("not priced where it is not on the bill, or lacks a type; dearer is no saving", () => {
    const large = [...typed(before, "large", 10), ...typed(now, "large", 10)];
    expect(kinds({ charges: large, candidateConfig })).toEqual([]);
    expect(kinds({ charges: [...large, row(before, 1, { model: "small", inputTokens: 10 })], candidateConfig })).toEqual([]);
    expect(kinds({ charges: [...large, ...typed(now, "small", 20)], candidateConfig })).toEqual([]);
    expect(kinds({ charges: [...large, ...typed(now, "small", 10)], candidateConfig })).toEqual([]);
  });
  test("not priced at what costs nothing, as where credits cover it", () => {
    const large = [...typed(before, "large", 10), ...typed(now, "large", 10)];
    expect(kinds({ charges: [...large, ...typed(now, "small", 0)], candidateConfig })).toEqual([]);
  });
});

test("days of the ledger hold several token types: their prices are told where the days differ, else the mean price is said", () => {
  const candidateConfig = { cheaperThan: { large: "small" } };
  const mixed = (day: string, model: string, price: number, inputTokens: number, outputTokens: number) =>
    row(day, price * (inputTokens + 8 * outputTokens), { model, inputTokens, outputTokens });
  const large = [mixed(before, "large", 0.01, 1_000, 100), mixed(now, "large", 0.01, 1_000, 100)];
  const differing = [mixed(before, "small", 0.001, 4_000, 10), mixed(now, "small", 0.001, 1_000, 60)];
  const alike = [mixed(before, "small", 0.001, 4_000, 40), mixed(now, "small", 0.001, 1_000, 10)];
  expect(found({ charges: [...large, ...differing], candidateConfig })).toMatchObject([{ wouldCost: units(1.8), isMean: false }]);
  expect(found({ charges: [...large, ...alike], candidateConfig })).toMatchObject([{ isMean: true }]);
});

test("features that nobody waits for, apart from what runs as a batch already", () => {
  const candidateConfig = { cheaperThan: {}, batch: { features: ["chat"], discountPercent: 50 } };
  const charges = [row(before, 100), row(now, 100), row(now, 40, { model: "large-batch" }), row(now, 70, { tags: "" })];
  expect(kinds({ charges, candidateConfig })).toEqual([["batch", units(50)]]);
});

test("features that only a gateway knows of, as the bill is split by what it saw", () => {
  const candidateConfig = { cheaperThan: {}, batch: { features: ["chat"], discountPercent: 50 } };
  const seen = (feature: string, cost: number) => row(now, cost, { source: "gateway", tags: JSON.stringify({ feature }) });
  const charges = [row(before, 100, { tags: "" }), row(now, 100, { tags: "" }), seen("chat", 60), seen("search", 20)];
  const counting = [{ name: "focus" }, { name: "gateway", counts: "attribution" }] as const;
  expect(kinds({ charges, candidateConfig, counting })).toEqual([["batch", units(30)]]);
});

test("worth exactly 2 % of the prior week counts, less does not", () => {
  const candidateConfig = { cheaperThan: {}, batch: { features: ["chat"], discountPercent: 50 } };
  const of = (cost: number) => kinds({ charges: [row(before, 1_000), row(now, cost)], candidateConfig }).length;
  expect([of(40), of(39.99)]).toEqual([1, 0]);
});

const part = fc.record({
  day: fc.constantFrom(now, before),
  cost: fc.bigInt({ min: 0n, max: 900_000_000n }),
  model: fc.constantFrom("large", "small", "other"),
  requests: fc.option(fc.integer({ min: 0, max: 50 })),
  inputTokens: fc.option(fc.integer({ min: 0, max: 9_000 })),
  cacheReadTokens: fc.option(fc.integer({ min: 0, max: 9_000 })),
  outputTokens: fc.option(fc.integer({ min: 0, max: 900 })),
  tags: fc.constantFrom("", '{"feature":"chat"}', '{"feature":"search"}'),
});

test("at most three, the largest first, none worth more than the week cost, in one order whatever the order of charges", () => {
  const candidateConfig = { cheaperThan: { large: "small", other: "small" }, batch: { features: ["chat", "search"], discountPercent: 50 } };
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const charges = parts.map((one) => charge(one));
      const review = reviewOf(reviewInput({ charges, candidateConfig }));
      const savings = review.candidates.filter(({ kind }) => kind !== "cache").map(({ saving }) => saving);
      expect(review.candidates.length).toBeLessThanOrEqual(3);
      for (const saving of savings) expect(saving <= review.total.exact.last7).toBe(true);
      const shown = (list: readonly Candidate[]) => list.map(({ kind, path, saving }) => [kind, path, saving]);
      expect(shown(found({ charges: charges.toReversed(), candidateConfig }))).toEqual(shown(review.candidates));
    }),
    runs(60),
  );
});
