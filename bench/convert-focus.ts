/**
 * Turns the file of make-focus.ts into what other exports look like, for measuring.
 *
 *   node bench/convert-focus.ts <csv> gzip <file>        one CSV.gz
 *   node bench/convert-focus.ts <csv> parquet <file>     one Parquet file: times as timestamps, amounts and quantities as DOUBLE
 *   node bench/convert-focus.ts <csv> split <folder>     30 CSV files, every second one without the first column
 */
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";

const parts = 30;

async function toParquet(csv: string, file: string): Promise<void> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const cast = (type: string, ...names: readonly string[]) => names.map((name) => `CAST(${name} AS ${type}) AS ${name}`);
  const columns = [
    ...cast("TIMESTAMP", "ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart", "BillingPeriodEnd"),
    ...cast("DOUBLE", "BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "ConsumedQuantity", "PricingQuantity"),
  ];
  await connection.run(`COPY (SELECT * REPLACE (${columns.join(", ")}) FROM read_csv('${csv}', all_varchar = true, header = true))
    TO '${file}' (FORMAT parquet, COMPRESSION snappy)`);
  connection.closeSync();
}

async function split(csv: string, folder: string): Promise<void> {
  const outputs = Array.from({ length: parts }, (_, index) => createWriteStream(join(folder, `${String(index).padStart(2, "0")}.csv`)));
  const lines = createInterface({ input: createReadStream(csv) });
  const first = new Date("2026-10-01T00:00:00Z").getTime();
  let header = true;
  for await (const line of lines) {
    const rest = line.slice(line.indexOf(",") + 1);
    // One file for each day, as daily exports are.
    const start = header ? -1 : Math.floor((Date.parse(line.match(/,(2026-10-\d\dT\d\d:00:00Z),(?=,)/)?.[1] ?? "") - first) / 86_400_000);
    const targets = header ? outputs.keys() : [start];
    for (const index of targets) {
      const output = outputs[index];
      if (output !== undefined && !output.write(`${index % 2 === 0 ? line : rest}\n`)) await once(output, "drain");
    }
    header = false;
  }
  await Promise.all(outputs.map((output) => once(output.end(), "close")));
}

const [csv = "", form, target = ""] = process.argv.slice(2);
if (form === "gzip") await pipeline(createReadStream(csv), createGzip({ level: 1 }), createWriteStream(target));
else if (form === "parquet") await toParquet(csv, target);
else if (form === "split") await split(csv, target);
else throw new Error("usage: node bench/convert-focus.ts <csv> gzip|parquet|split <target>");
