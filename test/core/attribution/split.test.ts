import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attributed, attributionIn, shareOnly } from "../../../src/core/attribution/attribution.ts";
import { asShare, type CountingSource } from "../../../src/core/attribution/roles.ts";
import { type Charge, costOf } from "../../../src/core/ledger/charge.ts";
import { counterFields } from "../../../src/core/ledger/delivery.ts";
import { sum } from "../../../src/core/money.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { allocator, defaultAllocation } from "../../../src/core/settings/allocation.ts";
import { charge, type ChargePart, reviewInput, units } from "../../support/charges.ts";

const bill = (part: ChargePart = {}) => charge({ source: "openai", model: "gpt-5.4-2026-03-05", cost: units(100), ...part });
const share = (feature: string, cost: number, part: ChargePart = {}) =>
  charge({
    source: "litellm",
    provider: "openai",
    service: "LiteLLM",
    model: "gpt-5.4",
    estimated: true,
    cost: units(cost),
    tags: feature === "" ? "" : JSON.stringify({ feature }),
    ...part,
  });
const sources: CountingSource[] = [{ name: "openai" }, { name: "litellm" }];
const ready = (charges: readonly Charge[], known = sources) => attributed(charges, known, allocator(defaultAllocation), "effective");

/** Cost by feature, in whole units. */
function features(charges: readonly Charge[], known = sources): Record<string, number> {
  const { parts, allocate } = ready(charges, known);
  const result: Record<string, number> = {};
  for (const part of parts) result[allocate(part).feature] = (result[allocate(part).feature] ?? 0) + Number(part.effective) / 1e6;
  return result;
}

describe("a bill is split by what a gateway saw", () => {
  test.each<[string, Charge[], Record<string, number>]>([
    ["all of it", [bill(), share("a", 75), share("b", 25)], { a: 75, b: 25 }],
    ["part of it: the rest stays with nobody", [bill(), share("a", 60), share("b", 20)], { a: 60, b: 20, "": 20 }],
    ["more than it, where the bill has a discount", [bill(), share("a", 120), share("b", 40)], { a: 75, b: 25 }],
    ["nothing on that day", [bill(), share("a", 60, { day: "2026-11-17" })], { "": 100 }],
    ["nothing of that model", [bill(), share("a", 60, { model: "gpt-6" })], { "": 100 }],
    ["all of it, and took some back", [bill(), share("a", 60), share("b", -10)], { a: 60, "": 40 }],
    ["without saying for what", [bill(), share("", 50), share("a", 50)], { "": 50, a: 50 }],
    ["more was given back than billed: that is nobody's", [bill({ cost: units(-20) }), share("a", 60)], { "": -20 }],
    [
      "a tax beside it is no part of what it could have seen",
      [bill(), bill({ category: "Tax", cost: units(50) }), share("a", 60)],
      { a: 60, "": 90 },
    ],
    ["several charges of a cell, alike", [bill(), bill({ project: "p", cost: units(20) }), share("a", 60)], { a: 60, "": 60 }],
  ])("%s", (_, charges, expected) => {
    expect(features(charges)).toEqual(expected);
  });

  test("what a charge says itself stays, what it does not say is completed", () => {
    const own = bill({ tags: JSON.stringify({ team: "core" }) });
    const { parts, allocate } = ready([own, share("a", 100, { tags: JSON.stringify({ feature: "a", team: "other" }) })]);
    expect(parts.map(allocate)).toEqual([{ feature: "a", customer: "", team: "core" }]);
    expect(features([bill({ tags: JSON.stringify({ feature: "x", customer: "y", team: "z" }) }), share("a", 100)])).toEqual({ x: 100 });
  });

  test("by tokens where both count them, by money where one does not", () => {
    const tokens = { inputTokens: 500, outputTokens: 500 };
    expect(features([bill(tokens), share("a", 10, { inputTokens: 250, outputTokens: 250 })])).toEqual({ a: 50, "": 50 });
    expect(features([bill(), share("a", 10, { inputTokens: 250 })])).toEqual({ a: 10, "": 90 });
    const all = { inputTokens: 10, cacheReadTokens: 20, cacheWriteTokens: 30, outputTokens: 40 };
    for (const seen of ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens"] as const)
      expect(features([bill(all), share("a", 1, { [seen]: all[seen] })])).toEqual({ a: all[seen], "": 100 - all[seen] });
  });

  test("a model that the gateway has no price for weighs by tokens, and is not split where the bill counts none", () => {
    const free = [share("a", 0, { inputTokens: 300 }), share("b", 0, { inputTokens: 100 })];
    expect(features([bill({ inputTokens: 400 }), ...free])).toEqual({ a: 75, b: 25 });
    expect(features([bill(), ...free])).toEqual({ "": 100 });
    expect(features([bill({ inputTokens: 400 }), share("a", 0, { requests: 3 })])).toEqual({ "": 100 });
  });

  test("a bill without models takes all that the gateway saw of its provider; a cloud's does not", () => {
    expect(features([bill({ model: "" }), share("a", 30), share("b", 20, { model: "gpt-6" })])).toEqual({ a: 30, b: 20, "": 50 });
    const cloud = [bill({ provider: "AWS", model: "" }), share("a", 30, { provider: "bedrock" })];
    expect(features(cloud)).toEqual({ "": 100 });
  });

  test("credits, fees and taxes are not split", () => {
    expect(features([bill(), bill({ category: "Credit", cost: units(-50) }), share("a", 100)])).toEqual({ a: 100, "": -50 });
  });

  test("counters of the bill are split with it, those of the gateway are not added", () => {
    const { parts } = ready([bill({ requests: 7, inputTokens: 10 }), share("a", 60, { requests: 900 }), share("b", 40, { requests: 1 })]);
    expect(parts.map(({ requests, inputTokens }) => [requests, inputTokens])).toEqual([
      [4, 6],
      [3, 4],
    ]);
  });

  test("whatever the provider, where the source does not name it", () => {
    const known: CountingSource[] = [{ name: "openai" }, { name: "litellm", counts: "attribution" }];
    expect(features([bill(), share("a", 60, { provider: "" })], known)).toEqual({ a: 60, "": 40 });
  });

  test("a second source completes what the first leaves open", () => {
    const known: CountingSource[] = [...sources, { name: "langfuse", counts: "attribution" }];
    const second = share("b", 100, { source: "langfuse", provider: "" });
    const found = ready([bill(), share("a", 60), second], known);
    expect(features([bill(), share("a", 60), second], known)).toEqual({ a: 60, b: 40 });
    expect(found.parts.map(found.isShared)).toEqual([true, true]);
    const team = share("", 10, { source: "langfuse", provider: "", tags: JSON.stringify({ team: "core" }) });
    const { parts, isShared } = ready([bill(), share("a", 60), team], known);
    expect(parts.map((part) => [Number(part.effective) / 1e6, isShared(part)])).toEqual([
      [6, true],
      [54, true],
      [4, true],
      [36, false],
    ]);
  });
});

test("the review says how much of each bill is known, and what was computed beside it", () => {
  const charges = [bill(), share("a", 60), bill({ provider: "Anthropic", model: "claude" })];
  const week = { start: "2026-11-16", end: "2026-11-23" };
  expect(attributionIn(ready(charges), sources, week, "effective")).toEqual([
    { provider: "OpenAI", billed: 10_000n, attributed: 6_000n, percent: 60, computed: [{ source: "litellm", amount: 6_000n }] },
  ]);
});

test("a bill is held against a gateway's word without taxes, and where it is estimated itself, too", () => {
  const known: CountingSource[] = [{ name: "log", counts: "money" }, { name: "litellm" }];
  const estimated = bill({ source: "log", estimated: true });
  const week = { start: "2026-11-16", end: "2026-11-23" };
  const tax = bill({ source: "log", category: "Tax", cost: units(19) });
  expect(attributionIn(ready([estimated, tax, share("a", 60)], known), known, week, "effective")).toMatchObject([
    { billed: 10_000n, attributed: 6_000n, percent: 60 },
  ]);
});

test("a source that is said to attribute is no money, though its charges are no estimates; what was a share is money again without that", () => {
  const other = bill({ source: "other", provider: "Anthropic" });
  const counted = (counts: "attribution" | undefined, charges: readonly Charge[]) =>
    ready(charges, [{ name: "openai", counts }, { name: "other" }]).money.map(({ source, effective }) => [source, effective]);
  expect(counted("attribution", [bill(), other])).toEqual([["other", units(100)]]);
  expect(counted(undefined, [asShare(bill()), other])).toEqual([
    ["openai", units(100)],
    ["other", units(100)],
  ]);
});

test("a bill that comes late is not held against what a gateway computed for days that it lacks", () => {
  const week = { start: "2026-11-16", end: "2026-11-23" };
  const charges = [bill({ day: "2026-11-16" }), share("a", 60, { day: "2026-11-16" }), share("a", 70, { day: "2026-11-18" })];
  expect(attributionIn(ready(charges), sources, week, "effective")).toMatchObject([
    { billed: 10_000n, computed: [{ source: "litellm", amount: 6_000n }] },
  ]);
});

test("a source of shares alone does not delay the review", () => {
  const state = (name: string, settledThrough: string) => ({ name, settledThrough, problem: null, notes: [] });
  const review = reviewOf(
    reviewInput({
      charges: [bill(), share("a", 60)],
      sources: [state("openai", "2026-11-22"), state("litellm", "2026-11-10")],
      counting: sources,
    }),
  );
  expect([review.settledThrough, review.shareOnly]).toEqual(["2026-11-22", ["litellm"]]);
});

describe("what a source estimated before the bill began", () => {
  const charges = [share("a", 60, { day: "2026-11-16" }), bill({ day: "2026-11-18" }), share("a", 70, { day: "2026-11-18" })];
  const week = { start: "2026-11-16", end: "2026-11-23" };

  test("is money, but no bill that its own word is held against", () => {
    expect(ready(charges).money).toHaveLength(2);
    expect(attributionIn(ready(charges), sources, week, "effective")).toEqual([
      { provider: "OpenAI", billed: 10_000n, attributed: 7_000n, percent: 70, computed: [{ source: "litellm", amount: 7_000n }] },
    ]);
  });

  test("makes of it a source of money, which settles and delays the review", () => {
    expect([...shareOnly(ready(charges), sources)]).toEqual([]);
    expect([...shareOnly(ready(charges.slice(1)), sources)]).toEqual(["litellm"]);
  });
});

const days = ["2026-11-10", "2026-11-16", "2026-11-17"];
const models = ["gpt-5.4", "gpt-6", ""];
const count = fc.option(fc.nat(1000), { nil: null });
const anyBill = fc
  .record({
    day: fc.constantFrom(...days),
    model: fc.constantFrom(...models),
    cost: fc.bigInt(-1_000_000n, 1_000_000_000n),
    requests: count,
    inputTokens: count,
    tags: fc.constantFrom("", '{"feature":"own"}', '{"team":"own"}'),
    project: fc.constantFrom("p", "q"),
  })
  .map(bill);
const anyShare = fc
  .record({
    day: fc.constantFrom(...days),
    model: fc.constantFrom(...models),
    cost: fc.bigInt(0n, 1_000_000_000n),
    inputTokens: count,
    requests: count,
    provider: fc.constantFrom("openai", "Anthropic", ""),
  })
  .chain((part) => fc.constantFrom("", "a", "b", "own").map((feature) => share(feature, 0, part)));

test("parts add up to their money in cost and counters, whatever the shares and their order", () => {
  const known: CountingSource[] = [{ name: "openai" }, { name: "litellm", counts: "attribution" }];
  fc.assert(
    fc.property(fc.array(anyBill, { maxLength: 12 }), fc.array(anyShare, { maxLength: 12 }), fc.nat(), (bills, shares, turn) => {
      const { parts, money, allocate } = ready([...bills, ...shares], known);
      expect(money).toEqual(bills);
      for (const basis of ["effective", "billed"] as const)
        expect(sum(parts.map((part) => costOf(part, basis)))).toBe(sum(bills.map((one) => costOf(one, basis))));
      for (const field of counterFields)
        expect(parts.reduce((total, part) => total + (part[field] ?? 0), 0)).toBe(
          bills.reduce((total, one) => total + (one[field] ?? 0), 0),
        );
      const turned = [...shares.slice(turn % (shares.length + 1)), ...shares.slice(0, turn % (shares.length + 1))];
      const again = ready([...turned, ...bills], known);
      expect(again.parts).toEqual(parts);
      expect(again.parts.map(again.allocate)).toEqual(parts.map(allocate));
    }),
    { numRuns: process.env["OVERPACE_LONG"] === "1" ? 2000 : 100 },
  );
});

test("with or without an attribution source all totals, providers, services and models are the same", () => {
  fc.assert(
    fc.property(fc.array(anyBill, { minLength: 1, maxLength: 10 }), fc.array(anyShare, { maxLength: 10 }), (bills, shares) => {
      const counting: CountingSource[] = [{ name: "openai" }, { name: "litellm", counts: "attribution" }];
      const state = (name: string) => ({ name, settledThrough: "2026-11-22", problem: null, notes: [] });
      const review = (charges: readonly Charge[], names: readonly string[]) => {
        const found = reviewOf(reviewInput({ charges, sources: names.map(state), counting }));
        const tree = found.deltas.filter(({ slice }) => ["provider", "service", "model"].includes(slice.dimension));
        return {
          total: found.total,
          month: found.month,
          anomalies: found.anomalies,
          verdict: found.verdict,
          settledThrough: found.settledThrough,
          arrivals: found.arrivals.filter(({ source }) => source === "openai"),
          incomplete: found.incomplete,
          splits: tree.map(({ slice }) => found.splits.get(slice.id)),
          tree,
        };
      };
      expect(review([...bills, ...shares], ["openai", "litellm"])).toEqual(review(bills, ["openai"]));
    }),
    { numRuns: process.env["OVERPACE_LONG"] === "1" ? 500 : 30 },
  );
});
