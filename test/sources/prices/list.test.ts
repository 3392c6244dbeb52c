import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimalToMicros, microsText } from "../../../src/core/money.ts";
import type { Usage } from "../../../src/core/settings/prices.ts";
import { listVersion, openList } from "../../../src/sources/prices/list.ts";
import { runs } from "../../support/properties.ts";

const listPrice = openList();
const usage: Usage = {
  day: "2026-11-10",
  provider: "Anthropic",
  model: "claude-opus-5-5",
  account: "",
  project: "",
  apiKey: "",
  requests: 100,
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
};
const priced = (more: Partial<Usage>) => {
  const found = listPrice({ ...usage, ...more });
  return found && microsText(decimalToMicros(found));
};

test("the version that is shown is the one that is pinned and installed", () => {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Record<string, unknown>;
  const name = "@pydantic/genai-prices";
  expect(read("../../../package.json")["devDependencies"]).toMatchObject({ [name]: listVersion.version });
  expect(read(`../../../node_modules/${name}/package.json`)["version"]).toBe(listVersion.version);
});

describe("list prices", () => {
  test.each([
    ["input", { inputTokens: 1_000_000 }, "4"],
    ["input, with more from the cache than without it", { inputTokens: 100_000, cacheReadTokens: 900_000 }, "0.58"],
    ["what is written to a cache", { cacheWriteTokens: 1_000_000 }, "5"],
    ["output", { outputTokens: 1_000_000 }, "20"],
    ["counters that are not known", { inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: 1000 }, "0.02"],
    ["Bedrock in one region", { provider: "AWS", model: "us.anthropic.claude-opus-5-5-v1:0", inputTokens: 1_000_000 }, "4.4"],
    ["a model at one of its providers", { provider: "AWS", model: "claude-opus-4-5", inputTokens: 1_000_000 }, "5.5"],
    ["the same at another", { provider: "Anthropic", model: "claude-opus-4-5", inputTokens: 1_000_000 }, "5"],
    ["a model at the provider that serves it fast", { provider: "Groq", model: "openai/gpt-oss-120b", inputTokens: 1_000_000 }, "0.15"],
    ["a dated snapshot", { provider: "OpenAI", model: "gpt-5.4-2026-03-05", inputTokens: 1_000_000 }, "2.5"],
    ["an embedding without output", { provider: "OpenAI", model: "text-embedding-3-small", inputTokens: 1_000_000 }, "0.02"],
    ["a gateway that the list does not know", { provider: "our-gateway", inputTokens: 1_000_000 }, "4"],
    ["each request too, where a model has such a price", { provider: "perplexity", model: "sonar", inputTokens: 1_000_000 }, "2.2"],
  ])("of %s", (_, more, amount) => {
    expect(priced(more)).toBe(amount);
  });

  test.each([
    ["a model that nobody knows", { model: "acme-7b", provider: "acme", inputTokens: 5 }],
    ["a known provider's unknown model", { model: "acme-7b", provider: "OpenAI", inputTokens: 5 }],
    ["tokens of a model that is priced by the hour", { model: "whisper-1", provider: "OpenAI", inputTokens: 5 }],
    ["output of a model that has no price for it", { model: "text-embedding-3-small", provider: "OpenAI", outputTokens: 5 }],
    ["tokens that are taken back", { inputTokens: -5, outputTokens: 10 }],
    ["input that is taken back beside more that is cached", { inputTokens: -5, cacheReadTokens: 20, cacheWriteTokens: 20 }],
    ["requests that are priced but not counted", { model: "sonar", provider: "perplexity", inputTokens: 5, requests: null }],
  ])("are not known of %s: null, not 0", (_, more) => {
    expect(priced(more)).toBeNull();
  });

  test.each([
    ["claude-sonnet-4-5", "Anthropic", "3", "6"],
    ["gemini-2.5-pro", "Google", "1.25", "2.5"],
  ])("a day of %s is no long context: an average request is priced", (model, provider, short, long) => {
    const day = { model, provider, inputTokens: 1_000_000 };
    expect(priced({ ...day, requests: 100 })).toBe(short);
    expect(priced({ ...day, requests: null })).toBe(short);
    expect(priced({ ...day, requests: 1 })).toBe(long);
    expect(priced({ ...day, requests: 0 })).toBe(short);
    const both = { ...day, outputTokens: 1_000_000 };
    expect(priced({ ...both, requests: null })).toBe(priced({ ...both, requests: 1000 }));
  });

  test("a price is that of the day", () => {
    const o3 = { provider: "OpenAI", model: "o3", inputTokens: 1_000_000 };
    expect([priced({ ...o3, day: "2025-05-01" }), priced(o3)]).toEqual(["10", "2"]);
  });

  test("whatever is counted, a price comes out that is no less than the dearest share of it", () => {
    const count = fc.nat(50_000_000);
    const counters = fc.record({
      inputTokens: count,
      cacheReadTokens: count,
      cacheWriteTokens: count,
      outputTokens: count,
      requests: fc.option(fc.integer({ min: 1, max: 100_000 })),
    });
    const amountOf = (more: Partial<Usage>) => decimalToMicros(listPrice({ ...usage, ...more }) ?? { units: -1n, scale: 0 });
    fc.assert(
      fc.property(counters, (counters) => {
        const whole = amountOf(counters);
        const { requests, ...tokens } = counters;
        const parts = Object.entries(tokens).map(([field, tokens]) => amountOf({ requests, [field]: tokens }));
        const difference = parts.reduce((sum, part) => sum + part, 0n) - whole;
        // Each part is rounded to the millionth.
        expect(difference <= 4n && difference >= -4n).toBe(true);
      }),
      runs(200),
    );
  });
});
