import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { withEngine } from "../../../src/sources/engine/duckdb.ts";
import { aggregate } from "../../../src/sources/focus/aggregate.ts";
import { groupByHeader } from "../../../src/sources/focus/files/header.ts";
import { awsTypes, parquetOf } from "./parquet.ts";
import { focusCsv, folderWith, readFiles, refusalOf, type Row } from "./support.ts";

const fixtures = join(import.meta.dirname, "../../fixtures/focus");
const path = "**/*.{csv,parquet}";
const plain = "SELECT * FROM csv";
const readParquet = async (rows: readonly Row[], query = plain, options: Parameters<typeof readFiles>[1] = {}) =>
  readFiles({ "a.parquet": await parquetOf(query, focusCsv(rows)) }, { path, ...options });
const one = (replace: string, more = "") => `SELECT * REPLACE (${replace})${more} FROM csv`;

describe("a Parquet file gives the charges of the CSV file that it was made from", () => {
  test.each([
    ["servegen-14d-12clients.focus.csv", plain],
    ["mybinder-gcp-2017-12_2018-08.focus.csv", awsTypes],
    ["focus-1.0-real-sample-300.csv", plain],
    [
      "burstgpt-ai-2023-11-08_2023-12-12.focus.csv",
      one(
        "CAST(BilledCost AS DECIMAL(38, 18)) AS BilledCost, CAST(EffectiveCost AS DECIMAL(18, 9)) AS EffectiveCost, CAST(ChargePeriodStart AS TIMESTAMPTZ) AS ChargePeriodStart",
      ),
    ],
  ])("%s", async (name, query) => {
    const csv = readFileSync(join(fixtures, name), "utf8");
    const options = { path, tagKeys: ["client", "team"] };
    const expected = await readFiles({ "a.csv": csv }, options);
    expect(await readFiles({ "a.parquet": await parquetOf(query, csv) }, options)).toEqual(expected);
  });
});

describe("amounts keep every digit whatever their type", () => {
  const cast = (type: string) => one(`CAST(BilledCost AS ${type}) AS BilledCost, CAST(EffectiveCost AS ${type}) AS EffectiveCost`);
  const effectiveOf = async (texts: readonly string[], type: string) =>
    (
      await readParquet(
        texts.map((text) => ({ BilledCost: text, EffectiveCost: text })),
        cast(type),
      )
    ).charges.map((charge) => charge.effective);

  test.each([
    ["DECIMAL(10, 2)", ["0.10", "0.20", "-0.05"], 250_000n],
    ["DECIMAL(38, 18)", ["1.000000499999999999"], 1_000_000n],
    ["DECIMAL(38, 10)", ["12345678901234.1", "0.1"], 12_345_678_901_234_200_000n],
    ["DOUBLE", ["0.1", "0.2", "0.3"], 600_000n],
    ["DOUBLE", ["0.00000049996"], 0n],
    ["DOUBLE", ["1.2e-5", "123456789012.25"], 123_456_789_012_250_012n],
    ["FLOAT", ["0.1", "0.7"], 800_000n],
    ["BIGINT", ["7", "-2"], 5_000_000n],
    ["VARCHAR", ["1.2E-5", "3.5"], 3_500_012n],
  ])("%s %j", async (type, texts, micros) => {
    expect(await effectiveOf(texts, type)).toEqual([micros]);
  });

  test("billed as text, effective as number", async () => {
    const { charges } = await readParquet(
      [{ BilledCost: "1.50", EffectiveCost: "1.5" }],
      one("CAST(EffectiveCost AS DOUBLE) AS EffectiveCost"),
    );
    expect(charges.map(({ billed, effective }) => [billed, effective])).toEqual([[1_500_000n, 1_500_000n]]);
  });
});

describe("other types", () => {
  test("a folder that is called like a column says nothing about its files", async () => {
    const file = await parquetOf(plain, focusCsv([{ SubAccountId: "7" }]));
    const { charges } = await readFiles({ "BillingPeriodStart=2020-01-01/SubAccountId=8/a.parquet": file }, { path });
    expect(charges).toEqual([expect.objectContaining({ account: "7", billingPeriod: "2026-10-01" })]);
  });

  test("a time with a zone is a day of UTC, a date is its midnight", async () => {
    const query = one(
      "CAST('2026-10-05 23:30:00-05' AS TIMESTAMPTZ) AS ChargePeriodStart, CAST('2026-10-07' AS DATE) AS ChargePeriodEnd, CAST('2026-10-01' AS DATE) AS BillingPeriodStart",
    );
    const { charges } = await readParquet([{}], query);
    expect(charges.map(({ day, billingPeriod }) => [day, billingPeriod])).toEqual([["2026-10-06", "2026-10-01"]]);
  });

  test("ids that were written as numbers are text, truth values too", async () => {
    const query = one("CAST(SubAccountId AS BIGINT) AS SubAccountId, true AS x_Estimated, 'NULL' AS x_Project, '' AS x_ApiKey");
    const { charges } = await readParquet([{ SubAccountId: "123456789012", x_Estimated: "", x_Project: "", x_ApiKey: "" }], query);
    expect(charges[0]).toMatchObject({ account: "123456789012", estimated: true, project: "", apiKey: "" });
  });

  test.each([
    ["map", "MAP{'team': 'core', 'zone': 'x'}"],
    ["struct", "{'team': 'core', 'other': NULL}"],
    ["JSON text", `'{"team": "core"}'`],
    ["list of keys and values", "[{'key': 'team', 'value': 'core'}, {'key': 'zone', 'value': 'x'}]"],
    ["list as BigQuery wraps it", "{'list': [{'element': {'key': 'team', 'value': 'core'}}]}"],
  ])("tags as %s", async (_, tags) => {
    const { charges, warnings } = await readParquet([{ Tags: "" }], one(`${tags} AS Tags`), { tagKeys: ["team", "other"] });
    expect(charges.map((charge) => charge.tags)).toEqual(['{"team":"core"}']);
    expect(warnings).toEqual([]);
  });

  test("price details as a struct, quantities as numbers", async () => {
    const query = one(
      "{'ModelId': 'm1', 'TokenDirection': 'Output'} AS SkuPriceDetails, CAST(ConsumedQuantity AS DOUBLE) AS ConsumedQuantity",
    );
    const { charges } = await readParquet([{ SkuPriceDetails: "", ConsumedQuantity: "1500", ConsumedUnit: "Tokens" }], query);
    expect(charges[0]).toMatchObject({ model: "m1", outputTokens: 1500 });
  });

  test("files of different types are read together", async () => {
    const rows = [{ ServiceName: "A" }, { ServiceName: "B" }];
    const files = {
      "a.parquet": await parquetOf(plain, focusCsv(rows)),
      "b.parquet": await parquetOf(awsTypes, focusCsv([{ ServiceName: "C" }])),
      "c.csv": focusCsv([{ ServiceName: "D" }]),
    };
    expect((await readFiles(files, { path })).charges.map((charge) => charge.service)).toEqual(["A", "B", "C", "D"]);
  });
});

describe("refusals name the row and the column", () => {
  test.each([
    [{ BilledCost: "$5.00" }, plain, /^Row 2: BilledCost is "\$5\.00", expected a plain decimal/],
    [{ ChargePeriodStart: "10/5/26" }, plain, /^Row 2: ChargePeriodStart is "10\/5\/26" \(ambiguous/],
    [{ BilledCost: "NaN" }, awsTypes, /^Row 2: BilledCost is "nan", expected a plain decimal/],
    [{ EffectiveCost: "" }, awsTypes, /^Row 2: EffectiveCost is empty/],
    [{ BillingCurrency: "EUR" }, plain, /^Row 2: BillingCurrency is "EUR" at a\.parquet, but "USD" at a\.parquet/],
  ])("%j", async (bad, query, message) => {
    const problem = await refusalOf(readParquet([{}, bad, {}], query));
    expect(problem.message).toMatch(message);
    expect(problem.place).toEqual({ file: "a.parquet" });
  });

  test("missing columns", async () => {
    const problem = await refusalOf(readParquet([{}], "SELECT * EXCLUDE (BilledCost, EffectiveCost) FROM csv"));
    expect(problem.message).toBe("a.parquet lacks the column BilledCost or EffectiveCost.");
    expect(problem.place).toEqual({ file: "a.parquet" });
  });
});

describe("long texts, by whose hashes the rows of Parquet files are grouped", () => {
  const tokens = { ConsumedUnit: "Tokens", ConsumedQuantity: "5" };
  const rows: readonly Row[] = [
    { Tags: '{"team":"a"}', SkuPriceDetails: '{"ModelId":"m1","TokenDirection":"Input"}', ...tokens },
    { Tags: '{"team":"b"}', SkuPriceDetails: '{"ModelId":"m1","TokenDirection":"Output"}', ...tokens },
    { Tags: '{"team":"b","more":"x"}', SkuMeter: "Output Tokens", ...tokens },
    { Tags: "NULL", SkuPriceDetails: "null", ConsumedUnit: "", ConsumedQuantity: "5" },
    { Tags: "", SkuMeter: "Input Tokens", ...tokens },
  ];
  const options = { path, tagKeys: ["team"] };
  const inCsv = () => readFiles({ "a.csv": focusCsv(rows) }, options);

  test("files that lack columns of others say the same as one CSV file", async () => {
    const parts = {
      "1.parquet": await parquetOf(plain, focusCsv(rows.slice(0, 2))),
      "2.parquet": await parquetOf(plain, focusCsv(rows.slice(2, 3))),
      "3.parquet": await parquetOf(plain, focusCsv(rows.slice(3))),
    };
    expect((await readFiles(parts, options)).charges).toEqual((await inCsv()).charges);
  });

  test("of two texts with one hash none is taken for the other: the file is read by its texts", async () => {
    const root = folderWith({ "a.parquet": await parquetOf(plain, focusCsv(rows)) });
    const file = { name: "a.parquet", path: join(root, "a.parquet") };
    const read = (prepare: string) =>
      withEngine(root, async (engine) => {
        await engine.run(prepare);
        const groups = await groupByHeader(engine.query, [file]);
        return (await aggregate(engine, groups, { tagKeys: ["team"], byFile: false })).lines.toSorted();
      });
    const alike = await read("CREATE TEMP MACRO hash(a) AS 1, (a, b, c, d, e) AS 1");
    expect(alike).toEqual(await read("SELECT 1"));
    expect(alike.length).toBeGreaterThan(3);
  });
});
