import { DuckDBInstance } from "@duckdb/node-api";

/** A row of the export. */
export interface ExportRow {
  /** When its usage began, UTC. */
  readonly time: string;
  /** YYYYMM. */
  readonly month: string;
  readonly project: string | null;
  readonly service: string | null;
  readonly sku: string | null;
  readonly cost: number;
  readonly credits: readonly { readonly type: string | null; readonly amount: number }[];
  readonly labels: Readonly<Record<string, string>>;
  readonly projectLabels: Readonly<Record<string, string>>;
  readonly kind: "regular" | "tax" | "adjustment" | "rounding_error";
  readonly currency: string;
  /** When it was loaded, the time of its partition. */
  readonly loaded: string;
}

/** GoogleSQL as the engine of the tests speaks it: the same query, other spellings. */
function translated(sql: string): string {
  return sql
    .replace(/`[^`]+`/, "export")
    .replaceAll("BIGNUMERIC", "DECIMAL(38,15)")
    .replaceAll("ARRAY_CONCAT(", "list_concat(")
    .replace(/\bCONCAT\(/g, "joined(")
    .replaceAll("REGEXP_CONTAINS(", "regexp_matches(")
    .replace(/DATE\((\w+)\)/g, "CAST($1 AS DATE)")
    .replace(/FORMAT_TIMESTAMP\(('[^']+'), (\w+)\)/g, "strftime($2, $1)")
    .replace(/STRUCT\('' AS credit, (.+) AS amount\)/, "{'credit': '', 'amount': $1}")
    .replace(/SELECT AS STRUCT (.+) AS credit, (.+) AS amount FROM/, "SELECT {'credit': $1, 'amount': $2} FROM")
    .replace(/UNNEST\(([\w.]+)\) AS (\w+)/g, "UNNEST($1) AS t_$2($2)")
    .replace(/\)\) AS part/, ")) AS t_part(part)")
    .replace(/@(start|end|loaded)\b/g, "CAST($$$1 AS TIMESTAMP)")
    .replace(/@(\w+)/g, "$$$1");
}

const shape =
  '[{"time":"TIMESTAMP","month":"VARCHAR","project":"VARCHAR","service":"VARCHAR","sku":"VARCHAR","cost":"DOUBLE","credits":[{"type":"VARCHAR","amount":"DOUBLE"}],"labels":[{"key":"VARCHAR","value":"VARCHAR"}],"projectLabels":[{"key":"VARCHAR","value":"VARCHAR"}],"kind":"VARCHAR","currency":"VARCHAR","loaded":"TIMESTAMP"}]';
/** The same rows in Google's columns and in those of FOCUS; months of invoices begin at midnight in the Pacific. */
const columnsSql = `'01A2B3-C4D5E6-F70819' AS billing_account_id, r.time AS usage_start_time, {'month': r.month} AS invoice,
  {'id': r.project, 'labels': r.projectLabels} AS project, {'description': r.service} AS service, {'description': r.sku} AS sku,
  r.cost AS cost, r.credits AS credits, r.labels AS labels, r.kind AS cost_type, r.currency AS currency, r.loaded AS _PARTITIONTIME,
  '01A2B3-C4D5E6-F70819' AS BillingAccountId, r.project AS SubAccountId, r.time AS ChargePeriodStart, r.service AS ServiceName,
  strptime(r.month || '01 07', '%Y%m%d %H') AS BillingPeriodStart, r.sku AS ChargeDescription, r.currency AS BillingCurrency,
  CASE r.kind WHEN 'regular' THEN 'Usage' WHEN 'tax' THEN 'Tax' ELSE 'Adjustment' END AS ChargeCategory,
  CASE r.kind WHEN 'adjustment' THEN 'Correction' END AS ChargeClass,
  r.cost + coalesce(list_sum([c.amount FOR c IN r.credits]), 0) AS BilledCost, r.cost AS EffectiveCost, r.labels AS Tags`;
const pairs = (labels: Readonly<Record<string, string>>) => Object.entries(labels).map(([key, value]) => ({ key, value }));

const known = new WeakMap<readonly ExportRow[], Map<string, ReturnType<typeof compute>>>();

/** Runs a query over the rows, each query once. */
export function runQuery(rows: readonly ExportRow[], sql: string, values: Record<string, string>): ReturnType<typeof compute> {
  const results = known.get(rows) ?? new Map();
  known.set(rows, results);
  const key = JSON.stringify([sql, values]);
  const result = results.get(key) ?? compute(rows, sql, values);
  results.set(key, result);
  return result;
}

/** What comes of a query over the rows; every value as text. */
async function compute(rows: readonly ExportRow[], sql: string, values: Record<string, string>) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    const json = JSON.stringify(rows.map((row) => ({ ...row, labels: pairs(row.labels), projectLabels: pairs(row.projectLabels) })));
    await connection.run("CREATE MACRO joined(a, b, c) AS a || b || c");
    await connection.run(`CREATE TABLE export AS SELECT ${columnsSql} FROM (SELECT unnest(from_json($1, '${shape}')) AS r)`, [json]);
    const reader = await connection.runAndReadAll(translated(sql), values);
    return { names: reader.columnNames(), rows: reader.getRows().map((row) => row.map((v) => (v === null ? null : String(v)))) };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
