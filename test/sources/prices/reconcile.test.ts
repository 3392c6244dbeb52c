import { describe, expect, test } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { pricesSchema } from "../../../src/core/settings/prices-schema.ts";
import { noPrices } from "../../../src/core/settings/prices.ts";
import { reconcile, reconciledNotes } from "../../../src/sources/prices/reconcile.ts";
import { charge, source, units } from "../../support/charges.ts";

const week = { start: "2026-11-16", end: "2026-11-23" };
const used = (part: Partial<Charge> & { cost?: bigint }) =>
  charge({ day: "2026-11-17", model: "gpt-5.4", requests: 100, inputTokens: 1_000_000, cost: units(2), ...part });
const compare = (charges: readonly Charge[], prices = noPrices) => reconcile(charges, week, [source("2026-11-21")], prices);

describe("billed against tokens at list price", () => {
  test("for each source and provider", async () => {
    expect(
      await compare([used({}), used({ provider: "Anthropic", model: "claude-opus-5-5", cost: units(4) }), used({ source: "b" })]),
    ).toMatchObject([
      { source: "focus", provider: "Anthropic", currency: "USD", billed: units(4), list: units(4), percent: 0, unpriced: [] },
      { source: "focus", provider: "OpenAI", currency: "USD", billed: units(2), list: units(2.5), percent: -20, unpriced: [] },
    ]);
  });

  test.each([
    ["days that are not settled", { day: "2026-11-22" }],
    ["days of another week", { day: "2026-11-15" }],
    ["estimated money", { estimated: true }],
    ["taxes", { category: "Tax" }],
    ["money without tokens", { inputTokens: null, model: "web search" }],
    ["tokens without money", { cost: 0n, model: "gpt-6-astra" }],
  ] as const)("%s are left out", async (_, part) => {
    expect(await compare([used({}), used(part)])).toMatchObject([{ billed: units(2), list: units(2.5) }]);
  });

  test("the last settled day counts, and tokens of each kind do", async () => {
    expect(await compare([used({ day: "2026-11-21" })])).toMatchObject([{ billed: units(2) }]);
    const none = { inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };
    for (const field of ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens"] as const)
      expect(await compare([used({ ...none, [field]: 1_000_000 })])).toMatchObject([{ models: [{ model: "gpt-5.4", billed: units(2) }] }]);
  });

  test("money and tokens of a model may stand on charges of their own", async () => {
    const [money, tokens] = [used({ inputTokens: null, requests: null }), used({ cost: 0n, apiKey: "k" })];
    expect(await compare([money, tokens])).toMatchObject([{ billed: units(2), list: units(2.5) }]);
  });

  test("a model without a price is in neither amount, and named", async () => {
    expect(await compare([used({}), used({ model: "ft:acme" })])).toMatchObject([{ billed: units(2), unpriced: ["ft:acme"] }]);
    expect(await compare([used({ model: "ft:acme" })])).toMatchObject([{ billed: 0n, list: 0n, percent: null, unpriced: ["ft:acme"] }]);
  });

  test("prices and factors of the configuration count", async () => {
    const prices = pricesSchema.parse({ factors: [{ model: "*", factor: 0.8 }] });
    expect(await compare([used({})], prices)).toMatchObject([{ list: units(2), percent: 0 }]);
  });

  test("nothing is compared where no tokens are known", async () => {
    expect(await compare([used({ inputTokens: null })])).toEqual([]);
  });
});

test.each([
  [2.376, 0],
  [2.374, 1],
  [2.624, 0],
  [2.626, 1],
  [0.001, 1],
])("a bill of %d for tokens of 2.5 is worth %d questions", async (billed, questions) => {
  const notes = reconciledNotes(await compare([used({ cost: units(billed) })]));
  expect(notes.get("focus") ?? []).toHaveLength(questions);
});

test("of one source with two providers both are asked about, each model without a price is named in order", async () => {
  const found = await compare([
    used({}),
    used({ provider: "Anthropic", model: "claude-opus-5-5" }),
    ...["z", "a"].map((model) => used({ model })),
  ]);
  expect(reconciledNotes(found).get("focus")).toHaveLength(2);
  expect(found.find(({ provider }) => provider === "OpenAI")?.unpriced).toEqual(["a", "z"]);
});
