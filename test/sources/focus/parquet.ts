import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";

/** The bytes of a Parquet file with the rows of a query. `FROM csv` in it stands for the CSV text, all columns text. */
export async function parquetOf(query: string, csv = "x\n"): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "overpace-test-"));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    writeFileSync(join(folder, "in.csv"), csv);
    const table = `read_csv('${join(folder, "in.csv")}', all_varchar = true, header = true, nullstr = '', auto_detect = true, delim = ',')`;
    const file = join(folder, "out.parquet");
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(`COPY (${query.replace("FROM csv", `FROM ${table}`)}) TO '${file}' (FORMAT parquet, COMPRESSION snappy)`);
    return readFileSync(file);
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

/** A Parquet file with the types that AWS writes: naive UTC timestamps, costs as DOUBLE, tags as a map. */
export const awsTypes = `SELECT * REPLACE (CAST(BilledCost AS DOUBLE) AS BilledCost, CAST(EffectiveCost AS DOUBLE) AS EffectiveCost,
  CAST(ChargePeriodStart AS TIMESTAMP) AS ChargePeriodStart, CAST(ChargePeriodEnd AS TIMESTAMP) AS ChargePeriodEnd,
  CAST(BillingPeriodStart AS TIMESTAMP) AS BillingPeriodStart) FROM csv`;
