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

/**
 * What was spent on each UTC day on which usage began, by invoice month, account, project, service, SKU (where it may name a model), kind of cost,
 * credit, currency and the tag keys asked for. `cost` is before credits: each row is taken as its cost and its credits, one beside the other, so
 * that no cost is counted again per credit or label. Sums are exact (BIGNUMERIC holds what a FLOAT64 stands for), as text; `dayTotal` is the sum of
 * the whole day. Rows are loaded after their usage, some weeks after, so partitions have a lower bound only.
 * Source: Google's schema of the standard and detailed usage cost export.
 */
export function statementFor(
  place: { readonly project: string; readonly dataset: string },
  { id, partitioned }: ExportTable,
  asked: Period,
  tagKeys: readonly string[],
): Statement {
  const tags = tagKeys.map((_, index) => `tag${index}`);
  const columns = ["day", "month", "account", "project", "service", "sku", "kind", "credit", "currency", ...tags].join(", ");
  const taken = tagKeys.map((_, index) => `,\n    COALESCE(${label("labels", index)}, ${label("project.labels", index)}) AS tag${index}`);
  const text = `SELECT ${columns}, CAST(SUM(amount) AS STRING) AS amount,
  CAST(SUM(SUM(amount)) OVER (PARTITION BY day) AS STRING) AS dayTotal
FROM (
  SELECT CAST(DATE(usage_start_time) AS STRING) AS day, invoice.month AS month, billing_account_id AS account, project.id AS project,
    service.description AS service,
    IF(REGEXP_CONTAINS(CONCAT(service.description, ' ', sku.description), @models), sku.description, '') AS sku,
    cost_type AS kind, part.credit AS credit, currency, part.amount AS amount${taken.join("")}
  FROM ${identifier([place.project, place.dataset, id])}, UNNEST(ARRAY_CONCAT(
    [STRUCT('' AS credit, CAST(cost AS BIGNUMERIC) AS amount)],
    ARRAY(SELECT AS STRUCT COALESCE(given.type, 'OTHER') AS credit, CAST(given.amount AS BIGNUMERIC) AS amount FROM UNNEST(credits) AS given)
  )) AS part
  WHERE usage_start_time >= @start AND usage_start_time < @end${partitioned ? " AND _PARTITIONTIME >= @loaded" : ""}
)
GROUP BY ${columns}`;
  const time = (name: string, day: string): Parameter => ({ name, type: "TIMESTAMP", value: `${day} 00:00:00+00:00` });
  return {
    text,
    parameters: [
      { name: "models", type: "STRING", value: modelPattern },
      time("start", asked.start),
      time("end", asked.end),
      ...(partitioned ? [time("loaded", addDays(asked.start, -1))] : []),
      ...tagKeys.map((key, index): Parameter => ({ name: `tag${index}`, type: "STRING", value: key })),
    ],
  };
}
