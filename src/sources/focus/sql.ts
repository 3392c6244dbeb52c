import { badDay, counterColumns, groupedSql, keyColumns, type QueryOptions } from "./grouped.ts";
import type { HeaderGroup } from "./header.ts";
import { literal } from "./literal.ts";
import { kindOf } from "./table.ts";
import { tagTextsSql } from "./tags.ts";
import { countedKindSql, unitFactorSql } from "./tokens.ts";
import { dayInUseSql, timeSql } from "./values.ts";

/** The columns that the query gives, in this order, all of them text. */
export const resultColumns = [
  "day",
  "lastDay",
  "billingPeriod",
  "provider",
  "service",
  "category",
  "chargeClass",
  "frequency",
  "currency",
  "model",
  "account",
  "project",
  "apiKey",
  "estimated",
  "tags",
  "billed",
  "effective",
  "requests",
  "inputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "outputTokens",
  "noBillingPeriod",
  "badTags",
  "badAmounts",
  "badNumbers",
  "roundedAmounts",
] as const;
export type ResultColumn = (typeof resultColumns)[number];
/** Where each column stands in a row of the result. */
export const at = Object.fromEntries(resultColumns.map((name, position) => [name, position])) as Readonly<Record<ResultColumn, number>>;

const keys = Object.keys(keyColumns);
/** About the order of charges, which are then sorted in no time. */
const resultOrder = [
  "day",
  "billingPeriod",
  "provider",
  "service",
  "category",
  "chargeClass",
  "frequency",
  "currency",
  "model",
  "account",
  "project",
  "apiKey",
  "tags",
] as const satisfies readonly ResultColumn[];
/** The texts about the thing that is priced. */
const skuKeys = ["model", "details", "unit", "meter", "tokenType"] as const;
const counters = Object.keys(counterColumns);

/**
 * The query for the files of one header. One pass over the rows groups them by the texts as they stand; what is costly (JSON, kinds of tokens)
 * is taken apart once per group of equal texts. Amounts are decimals throughout, never floating point. Columns that the files do not have come
 * in after the grouping, which they would slow down.
 */
export function aggregateQuery(group: HeaderGroup, options: QueryOptions): string {
  return `WITH grouped AS MATERIALIZED (${groupedSql(group, options, false)}), ${namedSql(group, options.tagKeys)}`;
}

/** The same in two steps, which also tells the files apart: a statement that keeps the groups of each file in the temporary table `grouped`, and the query over it. */
export function aggregateByFile(group: HeaderGroup, options: QueryOptions): { readonly keep: string; readonly query: string } {
  return {
    keep: `CREATE OR REPLACE TEMP TABLE grouped AS ${groupedSql(group, options, true)}`,
    query: `WITH ${namedSql(group, options.tagKeys)}`,
  };
}

function namedSql(group: HeaderGroup, tagKeys: readonly string[]): string {
  return `tagTexts AS (${tagTextsSql(tagKeys)}),
skuTexts AS (${skuTextsSql()}),
named AS (SELECT ${namedColumns(group)} FROM grouped LEFT JOIN tagTexts USING (tagText) LEFT JOIN skuTexts ON ${skuKeys.map((name) => `grouped.${name} IS NOT DISTINCT FROM skuTexts.${name}`).join(" AND ")})
SELECT ${finalColumns()} FROM named GROUP BY ALL
ORDER BY ${resultOrder.map((name) => `${name} NULLS FIRST`).join(", ")}`;
}

/** Each distinct text about the thing that is priced: the model it names, what its quantity counts, and how much one of its unit is worth. */
function skuTextsSql(): string {
  const kindText = "coalesce(tokenType, facts[3], nullif(concat_ws(' ', facts[4], 'cache ' || facts[5]), ''), meter)";
  return `SELECT ${skuKeys.join(", ")}, coalesce(model, facts[1], facts[2]) AS skuModel, ${countedKindSql("unit", kindText)} AS kind, ${unitFactorSql("unit")} AS factor
    FROM (SELECT DISTINCT ${skuKeys.join(", ")}, CASE WHEN json_valid(details)
      THEN json_extract_string(details, ['/ModelId', '/x_Model', '/x_TokenType', '/TokenDirection', '/TokenCacheAction']) END AS facts FROM grouped)`;
}

/** Each group of equal texts: what the texts mean. */
function namedColumns({ header }: HeaderGroup): string {
  const counted = (name: string, kind: string, known: string) =>
    `CASE WHEN ${known} IS NULL AND kind = ${literal(kind)} THEN quantity * factor ELSE ${name} END AS ${name}Sum`;
  const billingDay = `CAST(${timeSql("billingText", kindOf(header, "BillingPeriodStart"))} AS DATE)`;
  const tokens = "coalesce(inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens)";
  return `${dayInUseSql("day")} AS day, lastDay, CASE WHEN billingText IS NULL THEN CAST(date_trunc('month', day) AS DATE)
      ELSE coalesce(${dayInUseSql(billingDay)}, DATE ${literal(badDay)}) END AS billingPeriod, ${keys.join(", ")}, tags, skuModel AS model,
    ${counted("requests", "requests", "requests")}, ${counted("inputTokens", "input", tokens)}, ${counted("cacheReadTokens", "cacheRead", tokens)},
    ${counted("cacheWriteTokens", "cacheWrite", tokens)}, ${counted("outputTokens", "output", tokens)},
    billed, effective, badAmounts, badNumbers, roundedAmounts,
    CASE WHEN billingText IS NULL THEN rowCount END AS noBillingPeriod, CASE WHEN badTags THEN rowCount END AS badTags`;
}

function finalColumns(): string {
  const texts: readonly string[] = ["day", "lastDay", "billingPeriod", ...keys, "model", "tags"];
  const counts: readonly string[] = counters;
  const amounts: readonly string[] = ["billed", "effective"];
  return resultColumns
    .map((name) => {
      if (texts.includes(name)) return `CAST(${name} AS VARCHAR) AS ${name}`;
      if (counts.includes(name)) return `CAST(CAST(round(sum(${name}Sum)) AS HUGEINT) AS VARCHAR) AS ${name}`;
      // How many rows are not as they should be: null where all are, as nearly always.
      return amounts.includes(name) ? `CAST(sum(${name}) AS VARCHAR) AS ${name}` : `CAST(nullif(sum(${name}), 0) AS VARCHAR) AS ${name}`;
    })
    .join(", ");
}
