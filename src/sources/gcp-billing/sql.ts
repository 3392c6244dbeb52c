import { addDays, type Period } from "../../core/day.ts";
import { modelPattern } from "./model.ts";
import type { ExportTable } from "./table.ts";

/** One named parameter of a query. */
export interface Parameter {
  readonly name: string;
  readonly type: "STRING" | "TIMESTAMP";
  readonly value: string;
}

/** A query with its parameters: no value stands in its text. */
export interface Statement {
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/**
 * A name as a quoted identifier. Quoted identifiers know the escapes of string literals, so that neither a backtick nor a backslash ends one early.
 * Source: GoogleSQL, lexical structure.
 */
export function identifier(parts: readonly string[]): string {
  return `\`${parts.map((part) => part.replace(/[\\`]/g, "\\$&").replace(/\s/g, " ")).join(".")}\``;
}

const label = (column: string, index: number) => `(SELECT MIN(label.value) FROM UNNEST(${column}) AS label WHERE label.key = @tag${index})`;
const tagged = (columns: readonly string[], tagKeys: readonly string[]) =>
  tagKeys.map((_, index) => `,\n    COALESCE(${columns.map((column) => label(column, index)).join(", ")}, NULL) AS tag${index}`).join("");
const sku = (service: string, description: string) =>
  `IF(REGEXP_CONTAINS(CONCAT(${service}, ' ', ${description}), @models), ${description}, '') AS sku`;

/**
 * The rows of a standard or detailed export. `cost` is before credits: each row is taken as its cost and its credits, one beside the other, so that
 * no cost is counted again per credit or label. Rows are loaded after their usage, some weeks after, so partitions have a lower bound only.
 * Source: Google's schema of the standard and detailed usage cost export.
 */
const usageRows = (table: string, tagKeys: readonly string[]) => `
  SELECT CAST(DATE(usage_start_time) AS STRING) AS day, invoice.month AS month, billing_account_id AS account, project.id AS project,
    service.description AS service, ${sku("service.description", "sku.description")},
    cost_type AS kind, part.credit AS detail, currency, part.amount AS amount, part.amount AS effective${tagged(["labels", "project.labels"], tagKeys)}
  FROM ${table}, UNNEST(ARRAY_CONCAT(
    [STRUCT('' AS credit, CAST(cost AS BIGNUMERIC) AS amount)],
    ARRAY(SELECT AS STRUCT COALESCE(given.type, 'OTHER') AS credit, CAST(given.amount AS BIGNUMERIC) AS amount FROM UNNEST(credits) AS given)
  )) AS part
  WHERE usage_start_time >= @start AND usage_start_time < @end`;

/**
 * The rows of an export in FOCUS columns; corrections come as rows of their own, so all rows add up.
 * Source: FOCUS 1.2; Google's schema of the FOCUS usage cost export.
 */
const focusRows = (table: string, tagKeys: readonly string[]) => `
  SELECT CAST(DATE(ChargePeriodStart) AS STRING) AS day, FORMAT_TIMESTAMP('%Y%m', BillingPeriodStart) AS month, BillingAccountId AS account,
    SubAccountId AS project, ServiceName AS service, ${sku("ServiceName", "ChargeDescription")},
    ChargeCategory AS kind, ChargeClass AS detail, BillingCurrency AS currency, CAST(BilledCost AS BIGNUMERIC) AS amount,
    CAST(EffectiveCost AS BIGNUMERIC) AS effective${tagged(["Tags"], tagKeys)}
  FROM ${table}
  WHERE ChargePeriodStart >= @start AND ChargePeriodStart < @end`;

const time = (name: string, day: string): Parameter => ({ name, type: "TIMESTAMP", value: `${day} 00:00:00+00:00` });

/**
 * What was spent on each UTC day on which a charge began, by invoice month, account, project, service, SKU (where it may name a model), kind of
 * charge with its detail (credit, or FOCUS ChargeClass), currency and the tag keys asked for. Sums are exact, as text: BIGNUMERIC holds what a
 * FLOAT64 stands for. `dayTotal` is the sum of the whole day.
 */
export function statementFor(
  place: { readonly project: string; readonly dataset: string },
  { id, kind, labelled, partitioned }: ExportTable,
  asked: Period,
  tagKeys: readonly string[],
): Statement {
  const keys = labelled ? tagKeys : [];
  const table = identifier([place.project, place.dataset, id]);
  const tags = keys.map((_, index) => `tag${index}`);
  const columns = ["day", "month", "account", "project", "service", "sku", "kind", "detail", "currency", ...tags].join(", ");
  const rows = kind === "focus" ? focusRows(table, keys) : usageRows(table, keys);
  return {
    text: `SELECT ${columns}, CAST(SUM(amount) AS STRING) AS amount, CAST(SUM(effective) AS STRING) AS effective,
  CAST(SUM(SUM(amount)) OVER (PARTITION BY day) AS STRING) AS dayTotal
FROM (${rows}${partitioned ? " AND _PARTITIONTIME >= @loaded" : ""}
)
GROUP BY ${columns}`,
    parameters: [
      { name: "models", type: "STRING", value: modelPattern },
      time("start", asked.start),
      time("end", asked.end),
      ...(partitioned ? [time("loaded", addDays(asked.start, -1))] : []),
      ...keys.map((key, index): Parameter => ({ name: `tag${index}`, type: "STRING", value: key })),
    ],
  };
}
