import { describe, expect, test } from "vitest";
import { microsText, decimalToMicros } from "../../../src/core/money.ts";
import { pricesSchema } from "../../../src/core/settings/prices-schema.ts";
import { factorOf, ownPrice, type Usage } from "../../../src/core/settings/prices.ts";

const usage: Usage = {
  day: "2026-11-10",
  provider: "acme",
  model: "acme-large-2",
  account: "",
  project: "nightly-sums",
  apiKey: "",
  requests: 10,
  inputTokens: 1_000_000,
  cacheReadTokens: 400_000,
  cacheWriteTokens: 100_000,
  outputTokens: 50_000,
};
const priced = (prices: readonly object[], more: Partial<Usage> = {}) => {
  const found = ownPrice(pricesSchema.parse({ prices }), { ...usage, ...more });
  return found ? microsText(decimalToMicros(found)) : found;
};

describe("prices of one's own", () => {
  test.each([
    ["every kind of token and each request", { input: 2, cacheRead: 0.5, cacheWrite: "2.5", output: 10, request: 0.001 }, "2.96"],
    ["cached tokens as input where they have no price", { input: 2, output: 10 }, "3.5"],
    ["requests alone, whatever their tokens", { request: 0.25 }, "2.5"],
    ["prices beyond floating point", { input: "0.0000010000000001", output: 0 }, "0.000002"],
    ["nothing, where that is the price", { input: 0, output: 0 }, "0"],
    ["tokens without a price are not free", { input: 2 }, null],
    ["input without a price is not free either", { output: 10 }, null],
  ])("%s", (_, entry, amount) => {
    expect(priced([{ model: "acme-*", ...entry }])).toBe(amount);
  });

  test.each<[string, object, Partial<Usage>, string | null]>([
    ["one token without a price is not free", { input: 2 }, { outputTokens: 1 }, null],
    ["where there are no such tokens their price is not missed", { input: 2 }, { outputTokens: 0 }, "3"],
    ["nor where they are not counted", { output: 10 }, { inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null }, "0.5"],
    ["nor are requests where they have no price", { input: 2, output: 10 }, { requests: null }, "3.5"],
  ])("%s", (_, entry, more, amount) => {
    expect(priced([{ model: "*", ...entry }], more)).toBe(amount);
  });

  test.each(["Nightly sums", "proj_1", "Old sums"])("hold for a project by its name, its id or an earlier name: %s", (project) => {
    const named = { project: "Nightly sums", otherNames: { project: ["proj_1", "Old sums"] } };
    expect(priced([{ model: "*", project, input: 2, output: 10 }], named)).toBe("3.5");
  });

  test("requests that are not counted cannot be priced", () => {
    expect(priced([{ model: "*", request: 1 }], { requests: null })).toBeNull();
  });

  test.each([
    ["another model", { model: "other-*" }],
    ["another provider", { model: "*", provider: "globex" }],
    ["another project", { model: "*", project: "daily-*" }],
    ["before it begins", { model: "*", from: "2026-11-11" }],
    ["on the day it ends", { model: "*", until: "2026-11-10" }],
    ["after it ended", { model: "*", from: "2026-10-01", until: "2026-11-01" }],
  ])("say nothing of %s", (_, scope) => {
    expect(priced([{ ...scope, input: 1, output: 1 }])).toBeUndefined();
  });

  test("of entries that cover the same the first counts, so a change of price is two entries", () => {
    const change = [
      { model: "*", until: "2026-11-10", input: 1, output: 1 },
      { model: "*", from: "2026-11-10", input: 2, output: 1 },
    ];
    expect([priced(change, { day: "2026-11-09" }), priced(change)]).toEqual(["1.55", "3.05"]);
  });

  test("a factor counts for what it covers alone", () => {
    const prices = pricesSchema.parse({ factors: [{ model: "*", project: "nightly-*", factor: 0.5 }] });
    expect([factorOf(prices, usage), factorOf(prices, { ...usage, project: "daily" })]).toEqual([{ units: 5n, scale: 1 }, null]);
  });
});

test.each([
  ["no price", { prices: [{ model: "*" }] }, "names no price"],
  ["a price below zero", { prices: [{ model: "*", input: -1 }] }, "zero or more"],
  ["no model", { prices: [{ input: 1 }] }, "expected text"],
  ["an end before the beginning", { prices: [{ model: "*", input: 1, from: "2026-11-10", until: "2026-11-10" }] }, "ends before"],
  ["no day", { factors: [{ model: "*", factor: 1, from: "soon" }] }, "a day such as"],
  ["no currency", { currency: "dollars" }, "ISO 4217"],
])("%s is refused", (_, file, message) => {
  expect(pricesSchema.safeParse(file).error?.issues[0]?.message).toContain(message);
});
