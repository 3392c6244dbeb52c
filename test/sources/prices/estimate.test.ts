import { describe, expect, test } from "vitest";
import { sourceSchema } from "../../../src/sources/index.ts";
import { type Entry, folderWith, readEntry, refusalOf, type Setting } from "../support.ts";

const fields = {
  time: "ts",
  currency: { constant: "USD" },
  provider: "vendor",
  model: "model",
  inputTokens: "in",
  cacheReadTokens: "cached",
  outputTokens: "out",
};
const request = { ts: "2026-11-16T08:00:00Z", vendor: "openai", model: "gpt-5.4", in: 1000, cached: 400, out: 100 };
const lines = (...rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const entry = { type: "log", path: "a.jsonl", fields, emptyCost: "estimate", inputIncludesCached: true };
const read = (text: string, more: Record<string, unknown> = {}, setting: Setting = {}) =>
  readEntry(folderWith({ "a.jsonl": text }), { ...entry, ...more } as Entry, setting);
const listed = "Some usage comes without a cost: it is estimated from its tokens at list prices (genai-prices 0.1.8 of 2026-09-23).";

describe("a log without costs", () => {
  test("is priced from its tokens, each charge marked as estimated, with the version of the prices", async () => {
    const { charges, warnings } = await read(lines(request, request));
    // 600 at 2.5, 400 at 0.25, 100 at 15 for a million, twice.
    expect(charges).toMatchObject([{ billed: 6200n, effective: 6200n, estimated: true, requests: 2, inputTokens: 1200 }]);
    expect(warnings).toEqual([listed]);
  });

  test("prices of the configuration go before the list, and are named", async () => {
    const prices = { prices: [{ model: "gpt-*", input: 1, output: 1 }], factors: [{ model: "*", factor: 0.5 }] };
    const { charges, warnings } = await read(lines(request), {}, { prices });
    expect(charges).toMatchObject([{ billed: 550n, estimated: true }]);
    expect(warnings).toEqual([listed.replace(/list prices .*\./, 'the prices of config/prices.yaml for "gpt-5.4".')]);
    const both = await read(lines(request, { ...request, vendor: "anthropic", model: "claude-sonnet-4-5" }), {}, { prices });
    expect(both.warnings).toEqual([listed.replace(")", '; config/prices.yaml for "gpt-5.4")')]);
  });

  test("a factor is applied to the list too, and only by configuration", async () => {
    const { charges } = await read(lines(request), {}, { prices: { factors: [{ model: "*", factor: 0.5 }] } });
    expect(charges).toMatchObject([{ billed: 1550n }]);
  });

  test("a model without a price is named with its tokens, and its tokens stay", async () => {
    const own = { ...request, vendor: "acme", model: "acme-7b" };
    const { charges, warnings } = await read(lines(request, own, { ...own, ts: "2026-11-18T00:00:00Z" }));
    expect(charges.filter(({ model }) => model === "acme-7b")).toMatchObject([{ billed: 0n, outputTokens: 100 }, { billed: 0n }]);
    expect(warnings[1]).toBe(
      'No price known for the model "acme-7b" of "acme" (2,000 input and 200 output tokens, 2 requests, from 2026-11-16 to 2026-11-18): its cost is missing from all figures. Add its price to config/prices.yaml.',
    );
  });

  test("days are named from the first to the last, whatever their order; one without any token needs no price", async () => {
    const own = { ...request, vendor: "acme", model: "acme-7b", cached: 0 };
    const nothing = { ...own, model: "acme-idle", in: 0, out: 0 };
    const fieldsWithout = { fields: { ...fields, requests: "n", cacheWriteTokens: "written" } };
    const days = ["2026-11-18", "2026-11-16", "2026-11-17"].map((day) => ({ ...own, ts: `${day}T00:00:00Z`, n: 1, written: 50 }));
    const { warnings } = await read(lines(...days, { ...nothing, n: 0, written: 0 }), { ...fieldsWithout, inputIncludesCached: false });
    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toContain('"acme-7b" of "acme" (3,150 input and 300 output tokens, 3 requests, from 2026-11-16 to 2026-11-18)');
    const one = await read(lines({ ...own, ts: "2026-11-18T00:00:00Z" }));
    expect(one.warnings[1]).toContain("100 output tokens, 1 request, on 2026-11-18)");
  });

  test("of many models without a price the ten largest are named, and the number of the others", async () => {
    const many = Array.from({ length: 13 }, (_, n) => ({ ...request, vendor: "acme", model: `acme-${n}`, out: 10 * n }));
    const { warnings } = await read(lines(...many));
    expect(warnings).toHaveLength(12);
    expect(warnings[1]).toContain('"acme-12"');
    expect(warnings.at(-1)).toBe("No price known for 3 more models.");
    expect((await read(lines(...many.slice(2)))).warnings.at(-1)).toBe("No price known for 1 more model.");
  });

  test("a price in another currency than the source's is none", async () => {
    const euro = { fields: { ...fields, currency: { constant: "EUR" } } };
    expect((await read(lines(request), euro)).warnings[1]).toContain("No price known");
    const prices = { currency: "EUR", prices: [{ model: "*", input: 1, output: 1 }] };
    expect((await read(lines(request), euro, { prices })).charges).toMatchObject([{ billed: 1100n, currency: "EUR" }]);
    // In dollars the list counts: the configuration speaks of euros.
    expect((await read(lines(request), {}, { prices })).charges).toMatchObject([{ billed: 3100n, currency: "USD" }]);
  });

  test("requests on or after the review date are neither counted nor named", async () => {
    const later = { ...request, ts: "2026-11-20T00:00:00Z", model: "acme-7b" };
    const { charges, warnings } = await read(lines(request, later), {}, { asOf: "2026-11-20" });
    expect([charges.length, warnings]).toEqual([1, [listed]]);
  });
});

describe("a log with costs on some lines", () => {
  const withCost = { fields: { ...fields, cost: "cost" } };

  test("money that is stated stays, a stated 0 too; only what has none is estimated", async () => {
    const { charges, warnings } = await read(
      lines({ ...request, cost: 7 }, { ...request, cost: 0 }, request, { ...request, cost: "" }),
      withCost,
    );
    expect(charges).toMatchObject([
      { billed: 7_000_000n, estimated: false, requests: 2 },
      { billed: 6200n, estimated: true, requests: 2 },
    ]);
    expect(warnings).toEqual([listed]);
  });

  test("costs on every line leave nothing to estimate, and nothing to say", async () => {
    const { charges, warnings } = await read(lines({ ...request, cost: "0.5" }), withCost);
    expect(charges).toMatchObject([{ billed: 500_000n, estimated: false }]);
    expect(warnings).toEqual([]);
  });

  test("without emptyCost a line without a cost is refused as before", async () => {
    const problem = await refusalOf(read(lines(request), { ...withCost, emptyCost: undefined }));
    expect(problem.remedy).toContain("or estimate if its tokens are to be priced");
  });

  test("a fault in another field is still found", async () => {
    const problem = await refusalOf(read(lines(request, { ...request, in: "many" }), withCost));
    expect(problem.message).toContain("in is");
  });
});

test("a csv without a column of costs is priced too", async () => {
  const text = "day,model,in,out\n2026-11-16,gpt-5.4,1000000,0\n2026-11-16,gpt-5.4,,100000\n";
  const columns = { day: "day", model: "model", inputTokens: "in", outputTokens: "out", provider: { constant: "OpenAI" } };
  const source = { type: "csv", path: "a.csv", columns: { ...columns, currency: { constant: "USD" } }, emptyCost: "estimate" } as Entry;
  const { charges } = await readEntry(folderWith({ "a.csv": text }), source);
  expect(charges).toMatchObject([{ billed: 4_000_000n, estimated: true, inputTokens: 1_000_000, outputTokens: 100_000 }]);
});

test("estimating needs tokens and models, which the configuration must name", () => {
  const { inputTokens, model, ...rest } = fields;
  expect(sourceSchema().safeParse({ ...entry, fields: rest }).error?.issues[0]?.message).toContain("names no field for model, inputTokens");
});
