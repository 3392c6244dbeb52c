/**
 * The limit: the groups that a review needs, made by a bare DuckDB query from the files – columns given as text (those of Parquet as they are),
 * amounts as exact decimals, tags and price details taken apart once per group, no checks. Files with the same header are read together.
 * Prints the effective cost of the last seven days of October 2026.
 *
 *   node bench/peers/duckdb.ts <file>...
 */
import { openSync, readSync } from "node:fs";
import { tmpdir } from "node:os";
import { constants, gunzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";

const files = process.argv.slice(2);
const list = (names: readonly string[]) => `[${names.map((name) => `'${name.replaceAll("'", "''")}'`).join(", ")}]`;

function headerOf(file: string): string {
  const head = Buffer.alloc(8192);
  readSync(openSync(file, "r"), head, 0, head.length, 0);
  const plain = file.endsWith(".gz") ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }) : head;
  return plain.toString("utf8").split("\n")[0] ?? "";
}

function tableOf(header: string, files: readonly string[]): string {
  const columns = header.split(",").map((name) => `'${name}': 'VARCHAR'`);
  return `SELECT * FROM read_csv(${list(files)}, columns = {${columns.join(", ")}}, header = true, delim = ',', quote = '"', escape = '"', auto_detect = false, nullstr = ['', 'NULL', 'null'])`;
}

const tables = files[0]?.endsWith(".parquet")
  ? [`SELECT * FROM read_parquet(${list(files)})`]
  : [...Map.groupBy(files, headerOf)].map(([header, files]) => tableOf(header, files));

const query = `
WITH grouped AS MATERIALIZED (
  SELECT CAST(CAST(ChargePeriodStart AS TIMESTAMP) AS DATE) AS day,
    CASE WHEN CAST(ChargePeriodEnd AS TIMESTAMP) - CAST(ChargePeriodStart AS TIMESTAMP) > INTERVAL 1 DAY THEN CAST(CAST(ChargePeriodEnd AS TIMESTAMP) AS DATE) END AS lastDay, BillingPeriodStart, ProviderName, ServiceName, ChargeCategory, ChargeClass, ChargeFrequency,
    BillingCurrency, ConsumedUnit, SkuPriceDetails, Tags, SubAccountId, sum(CAST(BilledCost AS DECIMAL(18, 10))) AS billed,
    sum(CAST(EffectiveCost AS DECIMAL(18, 10))) AS effective, sum(CAST(ConsumedQuantity AS DECIMAL(18, 6))) AS quantity
  FROM (${tables.join(" UNION ALL BY NAME ")})
  GROUP BY ALL),
named AS (SELECT *, json_extract_string(SkuPriceDetails, ['$.ModelId', '$.TokenDirection', '$.TokenCacheAction']) AS skuFacts,
    json_extract_string(Tags, ['$.customer', '$.feature', '$.team']) AS tagFacts FROM grouped)
SELECT CAST(day AS VARCHAR) AS day, CAST(lastDay AS VARCHAR) AS lastDay, CAST(BillingPeriodStart AS VARCHAR), ProviderName, ServiceName, ChargeCategory, ChargeClass, ChargeFrequency, BillingCurrency, SubAccountId,
  skuFacts[1], tagFacts[1], tagFacts[2], tagFacts[3], CAST(sum(billed) AS VARCHAR) AS billed, CAST(sum(effective) AS VARCHAR) AS effective,
  CAST(sum(CASE WHEN skuFacts[2] = 'Output' THEN quantity END) AS VARCHAR) AS output, CAST(sum(CASE WHEN skuFacts[3] = 'Read' THEN quantity END) AS VARCHAR) AS cached,
  CAST(sum(CASE WHEN skuFacts[2] = 'Input' AND skuFacts[3] <> 'Read' THEN quantity END) AS VARCHAR) AS input
FROM named GROUP BY ALL`;

const instance = await DuckDBInstance.create(":memory:", { temp_directory: tmpdir(), memory_limit: "512MB" });
const connection = await instance.connect();
await connection.run("SET TimeZone = 'UTC'");
// One JSON text for each row, the fastest way found to hand over rows of texts.
const result = await connection.runAndReadAll(`SELECT CAST(to_json([*COLUMNS(*)]) AS VARCHAR) FROM (${query})`);
const rows = result.getColumnsJson().flatMap((column) => column.map((text) => JSON.parse(String(text)) as (string | null)[]));
const [dayAt, effectiveAt] = [0, 15];
const scaled = (text: string) => BigInt(text.replace(".", ""));
let total = 0n;
for (const row of rows) if (String(row[dayAt]) >= "2026-10-25") total += scaled(String(row[effectiveAt]));
process.stdout.write(`${rows.length} groups, ${(Number(total / 10n ** 6n) / 1e4).toFixed(2)}\n`);
