import { describe, expect, test } from "vitest";
import { focusCsv, readFiles, type ReadOptions, type Row } from "./support.ts";

const read = (rows: readonly Row[], options: ReadOptions = {}) => readFiles({ "a.csv": focusCsv(rows) }, options);

describe("times", () => {
  const daysOf = async (start: string, end: string) =>
    (await read([{ ChargePeriodStart: start, ChargePeriodEnd: end }])).charges.map((charge) => charge.day);

  test.each([
    ["2026-10-05T00:00:00Z", "2026-10-06T00:00:00Z", ["2026-10-05"]],
    ["2026-10-05 00:00:00", "2026-10-06 00:00:00", ["2026-10-05"]],
    ["2026-10-05", "2026-10-06", ["2026-10-05"]],
    ["2026-10-05T00:00:00.123Z", "2026-10-05T01:00:00.123456Z", ["2026-10-05"]],
    ["2026-10-05T01:00:00+02:00", "2026-10-05T02:00:00+02:00", ["2026-10-04"]],
    ["2026-10-05T23:00:00-0530", "2026-10-06T00:00:00-0530", ["2026-10-06"]],
    ["2026-10-05T23:00:00-05", "2026-10-06T00:00:00-05", ["2026-10-06"]],
    ["2026-10-05 23:00:00 UTC", "2026-10-06 00:00:00.000000 UTC", ["2026-10-05"]],
    ["2026-10-05T23:00Z", "2026-10-06T00:00Z", ["2026-10-05"]],
    ["2026-10-05T23:00-05:30", "2026-10-06T00:00-0530", ["2026-10-06"]],
    ["2026-10-05T23:00", "2026-10-06 00:00", ["2026-10-05"]],
    ["2026-10-05T23:00:00Z", "2026-10-06T00:00:00Z", ["2026-10-05"]],
    ["2026-10-05T23:30:00Z", "2026-10-06T00:30:00Z", ["2026-10-05"]],
    ["2026-10-05T12:00:00Z", "2026-10-06T12:00:00Z", ["2026-10-05"]],
    ["2026-10-05T00:00:00Z", "2026-10-05T00:00:00Z", ["2026-10-05"]],
    ["2026-10-05T12:00:00Z", "2026-10-06T12:00:01Z", ["2026-10-05", "2026-10-06"]],
    ["2026-10-05T00:00:00Z", "2026-10-07T00:00:00Z", ["2026-10-05", "2026-10-06"]],
    ["2026-10-05T00:00:00Z", "2026-10-07T00:00:00.000001Z", ["2026-10-05", "2026-10-06", "2026-10-07"]],
  ])("%s to %s", async (start, end, days) => {
    expect(await daysOf(start, end)).toEqual(days);
  });

  test("the billing period is a day of UTC as well", async () => {
    expect((await read([{ BillingPeriodStart: "2026-10-01T01:00:00+02:00" }])).charges[0]?.billingPeriod).toBe("2026-09-30");
  });

  test("days on or after the review date are left out", async () => {
    const { charges, settledThrough } = await read([{}, { ChargePeriodStart: "2026-10-06", ChargePeriodEnd: "2026-10-07" }], {
      asOf: "2026-10-06",
      settlingDays: 2,
    });
    expect(charges.map((charge) => charge.day)).toEqual(["2026-10-05"]);
    expect(settledThrough).toBe("2026-10-03");
  });
});

describe("amounts", () => {
  const effectiveOf = async (...texts: string[]) => {
    const { charges, warnings } = await read(texts.map((text) => ({ BilledCost: text, EffectiveCost: text })));
    return { micros: charges.map((charge) => charge.effective), warnings };
  };

  test.each([
    ["plain", ["12.5", "-0.25", ".5", "3.", "+1"], 16_750_000n],
    ["trailing zeros beyond ten decimals", ["0.00001605990", "0.000001000000000000"], 17n],
    ["exponents", ["1.2E-5", "1e3"], 1_000_000_012n],
    ["an exponent with more decimals than it shows", ["4.9999995e-7"], 0n],
    ["eleven decimals that add up past the half", ["0.00000049995", "0.00000000005"], 1n],
    ["beyond 8 digits", ["12345678901234.123456", "0.000001"], 12_345_678_901_234_123_457n],
    ["a sum beyond 8 digits of parts below", ["60000000.25", "60000000.5", "-0.000001"], 120_000_000_749_999n],
    ["float noise of an export", ["0.30000000000000004", "-0.1", "-0.2"], 0n],
    ["spaces around", [" 1.5 "], 1_500_000n],
  ])("%s", async (_, texts, micros) => {
    expect(await effectiveOf(...texts)).toEqual({ micros: [micros], warnings: [] });
  });

  test("more than 24 decimals are rounded, and said", async () => {
    expect(await effectiveOf("1.1102230246251565E-16", "1.5")).toEqual({
      micros: [1_500_000n],
      warnings: ["Amounts in 1 rows have more than 24 decimals: they were rounded at the 24th."],
    });
  });

  test("the wide way gives the same as the fast one", async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      EffectiveCost: `${index * 37}.${String((index * 7919) % 10_000_000_000).padStart(10, "0")}`,
      ServiceName: `s${index % 7}`,
    }));
    const strip = (charges: Awaited<ReturnType<typeof read>>["charges"]) => charges.filter((charge) => charge.service !== "wide");
    const wide = { EffectiveCost: "0.00000000000001", ServiceName: "wide", ChargePeriodStart: "2026-10-07", ChargePeriodEnd: "2026-10-08" };
    expect(strip((await read([...rows, wide])).charges)).toEqual((await read(rows)).charges);
  });
});

describe("counters", () => {
  test.each([
    ["beyond twelve digits", ["600000000000", "600000000000.5"], 1_200_000_000_001],
    ["parts that make a whole", ["0.4", "0.35", "0.25"], 1],
  ])("a sum %s", async (_, texts, sum) => {
    const { charges } = await read(texts.map((text) => ({ x_InputTokens: text })));
    expect(charges.map(({ inputTokens }) => inputTokens)).toEqual([sum]);
  });

  const none = { requests: null, inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null };
  const details = (value: Record<string, unknown>) => JSON.stringify(value);

  test.each<[string, Row, Partial<Record<keyof typeof none, number>>]>([
    [
      "columns of their own",
      { x_Requests: "5", x_InputTokens: "10", x_CacheReadTokens: "20", x_CacheWriteTokens: "30", x_OutputTokens: "40.0" },
      { requests: 5, inputTokens: 10, cacheReadTokens: 20, cacheWriteTokens: 30, outputTokens: 40 },
    ],
    [
      "columns win over the quantity",
      { x_InputTokens: "10", ConsumedQuantity: "99", ConsumedUnit: "Tokens", SkuMeter: "Input Tokens" },
      { inputTokens: 10 },
    ],
    [
      "the quantity where the columns are empty",
      { x_InputTokens: "", ConsumedQuantity: "99", ConsumedUnit: "Tokens", SkuMeter: "Input Tokens" },
      { inputTokens: 99 },
    ],
    ...(["x_CacheReadTokens", "x_CacheWriteTokens", "x_OutputTokens"] as const).map((column): [string, Row, Record<string, number>] => [
      `${column} alone wins over a quantity of another kind`,
      { [column]: "10", ConsumedQuantity: "99", ConsumedUnit: "Tokens", x_TokenType: "input" },
      { [`${column[2]?.toLowerCase()}${column.slice(3)}`]: 10 },
    ]),
    [
      "a column for the kind wins over the details of the price",
      { ConsumedQuantity: "3", ConsumedUnit: "Tokens", x_TokenType: "output", SkuPriceDetails: details({ x_TokenType: "input" }) },
      { outputTokens: 3 },
    ],
    ["x_RequestCount", { x_RequestCount: "7" }, { requests: 7 }],
    ["requests by unit", { ConsumedQuantity: "12.000000000000000", ConsumedUnit: "Requests" }, { requests: 12 }],
    ["thousands", { ConsumedQuantity: "1.5", ConsumedUnit: "1K Tokens", x_TokenType: "output" }, { outputTokens: 1500 }],
    ["millions", { ConsumedQuantity: "0.000245", ConsumedUnit: "1M Tokens", x_TokenType: "input" }, { inputTokens: 245 }],
    [
      "spelled out millions",
      { ConsumedQuantity: "2", ConsumedUnit: "1000000 Tokens", x_TokenType: "cache_read" },
      { cacheReadTokens: 2_000_000 },
    ],
    ["cache creation", { ConsumedQuantity: "3", ConsumedUnit: "Tokens", x_TokenType: "cache_creation_input" }, { cacheWriteTokens: 3 }],
    [
      "direction and cache: read",
      { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuPriceDetails: details({ TokenDirection: "Input", TokenCacheAction: "Read" }) },
      { cacheReadTokens: 3 },
    ],
    [
      "direction and cache: write",
      { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuPriceDetails: details({ TokenDirection: "Input", TokenCacheAction: "Write" }) },
      { cacheWriteTokens: 3 },
    ],
    [
      "direction and cache: uncached",
      {
        ConsumedQuantity: "3",
        ConsumedUnit: "Tokens",
        SkuPriceDetails: details({ TokenDirection: "Input", TokenCacheAction: "Uncached" }),
      },
      { inputTokens: 3 },
    ],
    [
      "direction alone",
      { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuPriceDetails: details({ TokenDirection: "Output" }), SkuMeter: "Input Tokens" },
      { outputTokens: 3 },
    ],
    ["meter: completion", { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuMeter: "Completion tokens" }, { outputTokens: 3 }],
    ["meter: prompt", { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuMeter: "Prompt Tokens" }, { inputTokens: 3 }],
    ["meter: cached", { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuMeter: "gpt-5 cached input" }, { cacheReadTokens: 3 }],
    ["meter: uncached", { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuMeter: "uncached input tokens" }, { inputTokens: 3 }],
    [
      "meter: cache write",
      { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuMeter: "Cache Write Input Tokens" },
      { cacheWriteTokens: 3 },
    ],
    ["meter that does not say", { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuMeter: "Solora" }, {}],
    ["another unit", { ConsumedQuantity: "3", ConsumedUnit: "Hours", SkuMeter: "Input Tokens" }, {}],
    [
      "details that are no JSON",
      { ConsumedQuantity: "3", ConsumedUnit: "Tokens", SkuPriceDetails: "{Model", SkuMeter: "Output" },
      { outputTokens: 3 },
    ],
  ])("%s", async (_, row, counters) => {
    expect((await read([row])).charges).toEqual([expect.objectContaining({ ...none, ...counters })]);
  });

  test("rows of one model with different kinds of tokens become one charge", async () => {
    const row = { ConsumedQuantity: "0.0004", ConsumedUnit: "1K Tokens", x_Model: "m", x_RequestCount: "" };
    const { charges } = await read([
      { ...row, x_TokenType: "input", x_RequestCount: "3" },
      { ...row, x_TokenType: "input" },
      { ...row, x_TokenType: "output", ConsumedQuantity: "0.007" },
    ]);
    expect(charges).toEqual([expect.objectContaining({ model: "m", requests: 3, inputTokens: 1, outputTokens: 7, effective: 3_000_000n })]);
  });

  test("fractions of tokens, as split costs have them, are added and rounded once", async () => {
    const { charges, warnings } = await read([{ x_InputTokens: "1.5" }, { x_InputTokens: "1.5" }, { x_InputTokens: "0.4" }]);
    expect(charges).toEqual([expect.objectContaining({ inputTokens: 3 })]);
    expect(warnings).toEqual([]);
  });

  test.each(["1,234", "1_000", "many", "0x10", "1e400", "1251074058782"])(
    "%s is no number of tokens: left out, and said with its place",
    async (text) => {
      const rows = [{ x_OutputTokens: "1" }, { x_OutputTokens: text }, { x_OutputTokens: text }];
      const { charges, warnings } = await read(rows);
      expect(charges).toEqual([expect.objectContaining({ outputTokens: 1, effective: 3_000_000n })]);
      expect(warnings).toEqual([
        `x_OutputTokens is "${text}" at a.csv:3, expected a number of at most 12 digits before the point, such as 1234: in 2 rows tokens or requests could not be read and are left out, their costs count.`,
      ]);
    },
  );

  test("a quantity of tokens that is no number is said as well, one of anything else is not looked at", async () => {
    const tokens = { ConsumedUnit: "Tokens", SkuMeter: "Input", ConsumedQuantity: "5,000" };
    expect((await read([tokens])).warnings).toEqual([expect.stringMatching(/^ConsumedQuantity is "5,000" at a\.csv:2, .* in 1 row /)]);
    expect((await read([{ ...tokens, ConsumedUnit: "Hours" }])).warnings).toEqual([]);
  });

  test.each([
    [{ x_Model: "a", SkuPriceDetails: details({ ModelId: "b" }) }, "a"],
    [{ x_Model: "", SkuPriceDetails: details({ ModelId: "b" }) }, "b"],
    [{ SkuPriceDetails: details({ x_Model: "c" }) }, "c"],
    [{ SkuPriceDetails: details({ x_Model: "c", ModelId: "b" }) }, "b"],
    [{ SkuPriceDetails: details({ InstanceType: "large" }) }, ""],
  ])("model of %o", async (row, model) => {
    expect((await read([row])).charges[0]?.model).toBe(model);
  });
});

describe("tags", () => {
  const tagsOf = async (texts: readonly string[], tagKeys: readonly string[] = ["team", "a/b~c\"d'é"]) => {
    const { charges, warnings } = await read(
      texts.map((Tags) => ({ Tags })),
      { tagKeys },
    );
    return { tags: charges.map((charge) => charge.tags), warnings };
  };

  test.each([
    ["kept keys only, sorted", '{"zone": "x", "team": "core", "a/b~c\\"d\'é": "1"}', `{"a/b~c\\"d'é":"1","team":"core"}`],
    ["numbers and truth values become text", '{"team": true}', '{"team":"true"}'],
    ["a number", '{"team": 12.5}', '{"team":"12.5"}'],
    ["null is no value", '{"team": null}', ""],
    ["native Azure tags have no braces", '"team": "core","owner": "x"', '{"team":"core"}'],
    ["odd characters", JSON.stringify({ team: 'a"b\\c\u0001/é\u2028😀' }), JSON.stringify({ team: 'a"b\\c\u0001/é\u2028😀' })],
    ["an empty object", "{}", ""],
    ["no tags", "", ""],
  ])("%s", async (_, text, tags) => {
    expect(await tagsOf([text])).toEqual({ tags: [tags], warnings: [] });
  });

  test("the order of keys in the file makes no difference", async () => {
    expect(await tagsOf(['{"team":"x","b":"y"}', '{"b": "y", "team": "x"}'], ["b", "team"])).toEqual({
      tags: ['{"b":"y","team":"x"}'],
      warnings: [],
    });
  });

  test("tags that are no JSON object are counted and kept out", async () => {
    expect(await tagsOf(["team=core", '["team"]', "team=core", '{"team":"x"}'])).toEqual({
      tags: ["", '{"team":"x"}'],
      warnings: ["Tags are no JSON object in 3 rows: these rows are counted without tags."],
    });
  });

  test("without tag keys the column is not read", async () => {
    expect(await tagsOf(["no json", "nor this"], [])).toEqual({ tags: [""], warnings: [] });
  });
});
