/**
 * The limit: the groups that a review needs, made by a bare DuckDB query from one log of JSON lines – columns with the types that they have,
 * amounts as exact decimals, no checks. Prints the cost of the last seven days of October 2026.
 *
 *   node bench/peers/duckdb-log.ts <file>
 */
import { tmpdir } from "node:os";
import { DuckDBInstance } from "@duckdb/node-api";

const file = process.argv[2] ?? "";
const columns = `{startTime: 'TIMESTAMP', spend: 'DECIMAL(18, 10)', model: 'VARCHAR', custom_llm_provider: 'VARCHAR', api_key: 'VARCHAR',
  end_user: 'VARCHAR', prompt_tokens: 'BIGINT', completion_tokens: 'BIGINT', metadata: 'STRUCT(feature VARCHAR)'}`;
const query = `SELECT CAST(CAST(startTime AS DATE) AS VARCHAR), custom_llm_provider, model, api_key, end_user, metadata.feature,
    CAST(sum(spend) AS VARCHAR), CAST(count(*) AS VARCHAR), CAST(sum(prompt_tokens) AS VARCHAR), CAST(sum(completion_tokens) AS VARCHAR)
  FROM read_json('${file.replaceAll("'", "''")}', format = 'newline_delimited', columns = ${columns})
  GROUP BY CAST(startTime AS DATE), custom_llm_provider, model, api_key, end_user, metadata.feature`;

const instance = await DuckDBInstance.create(":memory:", { temp_directory: tmpdir(), memory_limit: "512MB" });
const connection = await instance.connect();
await connection.run("SET TimeZone = 'UTC'");
// One JSON text for each row, the fastest way found to hand over rows of texts.
const result = await connection.runAndReadAll(`SELECT CAST(to_json([*COLUMNS(*)]) AS VARCHAR) FROM (${query})`);
const rows = result.getColumnsJson().flatMap((column) => column.map((text) => JSON.parse(String(text)) as (string | null)[]));
const [dayAt, costAt] = [0, 6];
let total = 0n;
for (const row of rows) if (String(row[dayAt]) >= "2026-10-25") total += BigInt(String(row[costAt]).replace(".", ""));
process.stdout.write(`${rows.length} groups, ${(Number(total / 10n ** 6n) / 1e4).toFixed(2)}\n`);
