import { literal } from "../../engine/literal.ts";
import { packedSql } from "../../engine/packed.ts";
import type { HeaderGroup } from "../files/header.ts";
import { badDay, counterColumns, groupedSql, type QueryOptions } from "./grouped.ts";
import { tagTextsSql } from "./tags.ts";
import { keyColumns, skuTextsOf, tagTextsOf } from "./texts.ts";
import { countedKindSql, unitFactorSql } from "./tokens.ts";
import { type AmountType, amountTextSql, countTextSql, dayInUseSql, timeSql } from "./values.ts";

const keys = Object.keys(keyColumns);
/** What tells one line of charges from another, besides the day. */
const lineTexts = ["billingPeriod", "lastDay", ...(keys as (keyof typeof keyColumns)[]), "model", "tags"] as const;
/** How many rows of a line are not as they should be; null where all are, as nearly always. */
const oddRows = ["noBillingPeriod", "badTags", "badAmounts", "badNumbers", "roundedAmounts"] as const;

/** The columns that the query gives, in this order, all of them text. */
const resultColumns = [...lineTexts, ...oddRows, "days"] as const;
export type ResultColumn = (typeof resultColumns)[number];
/** Where each column stands in a row of the result. */
export const at = Object.fromEntries(resultColumns.map((name, position) => [name, position])) as Readonly<Record<ResultColumn, number>>;

const counters = Object.keys(counterColumns);
/** What `days` holds of each day, with commas between all texts. */
export const dayTexts = ["day", "billed", "effective", ...counters] as const;

/**
 * The query for all files. One pass over the rows groups them by day and by the texts as they stand; what is costly (JSON, kinds
 * of tokens) is taken apart once per group of equal texts. Charges that differ in their day alone come as one row, which packs their days into
 * one text: a row for each takes far longer to hand over. Amounts are decimals throughout, never floating point.
 */
export function linesQuery(groups: readonly HeaderGroup[], options: QueryOptions): string {
  return `WITH grouped AS MATERIALIZED (${groupedSql(groups, options, false)}), ${linesSql(groups, options)}`;
}

/** The same in two steps, which also tells the files apart: a statement that keeps the groups of each file in the temporary table `grouped`, and the query over it. */
export function linesByFile(groups: readonly HeaderGroup[], options: QueryOptions): { readonly keep: string; readonly query: string } {
  return {
    keep: `CREATE OR REPLACE TEMP TABLE grouped AS ${groupedSql(groups, options, true)}`,
    query: `WITH ${linesSql(groups, options)}`,
  };
}

function linesSql(groups: readonly HeaderGroup[], { tagKeys, amounts, texts }: QueryOptions): string {
  const odd = oddRows.map((name) => `CAST(nullif(sum(${name}), 0) AS VARCHAR) AS ${name}`);
  const sku = skuTextsOf(groups, texts);
  return `tagTexts AS (${tagTextsSql(tagKeys, tagTextsOf(groups, tagKeys, texts))}),
skuTexts AS (${skuTextsSql(sku)}),
named AS (SELECT ${namedColumns()} FROM grouped LEFT JOIN tagTexts USING (tagKey) LEFT JOIN skuTexts ${sku.join}),
daily AS (SELECT ${dailyColumns()} FROM named GROUP BY ALL)
SELECT ${[...lineTexts.map((name) => `CAST(${name} AS VARCHAR) AS ${name}`), ...odd].join(", ")}, ${packedDays(amounts)} AS days FROM daily GROUP BY ${lineTexts.join(", ")}`;
}

/** Each distinct text about the thing that is priced: the model it names, what its quantity counts, and how much one of its unit is worth. */
function skuTextsSql({ key, sql }: Pick<ReturnType<typeof skuTextsOf>, "key" | "sql">): string {
  const kindText = "coalesce(tokenType, facts[3], nullif(concat_ws(' ', facts[4], 'cache ' || facts[5]), ''), meter)";
  return `SELECT ${key}, coalesce(model, facts[1], facts[2]) AS skuModel, ${countedKindSql("unit", kindText)} AS kind, ${unitFactorSql("unit")} AS factor
    FROM (SELECT *, CASE WHEN json_valid(details)
      THEN json_extract_string(details, ['/ModelId', '/x_Model', '/x_TokenType', '/TokenDirection', '/TokenCacheAction']) END AS facts FROM (${sql}))`;
}

/** Each group of equal texts: what the texts mean. */
function namedColumns(): string {
  const counted = (name: string, kind: string, known: string) =>
    `CASE WHEN ${known} IS NULL AND kind = ${literal(kind)} THEN quantity * factor ELSE ${name} END AS ${name}Sum`;
  const billingDay = `CAST(${timeSql("billingText", "text")} AS DATE)`;
  const tokens = "coalesce(inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens)";
  return `${dayInUseSql("day")} AS day, lastDay, CASE WHEN billingText IS NULL THEN CAST(date_trunc('month', day) AS DATE)
      ELSE coalesce(${dayInUseSql(billingDay)}, DATE ${literal(badDay)}) END AS billingPeriod, ${keys.join(", ")}, tags, skuModel AS model,
    ${counted("requests", "requests", "requests")}, ${counted("inputTokens", "input", tokens)}, ${counted("cacheReadTokens", "cacheRead", tokens)},
    ${counted("cacheWriteTokens", "cacheWrite", tokens)}, ${counted("outputTokens", "output", tokens)},
    billed, effective, badAmounts, badNumbers, roundedAmounts,
    CASE WHEN billingText IS NULL THEN rowCount END AS noBillingPeriod, CASE WHEN badTags THEN rowCount END AS badTags`;
}

/** Each line on each day: all that is added up. */
function dailyColumns(): string {
  const added = ["billed", "effective", ...oddRows].map((name) => `sum(${name}) AS ${name}`);
  const counted = counters.map((name) => `sum(${name}Sum) AS ${name}`);
  return ["day", ...lineTexts, ...added, ...counted].join(", ");
}

/** The days of a line, one after the other, each as `dayTexts` says; nothing for null, and for an effective cost that is the billed one. */
function packedDays(amounts: AmountType): string {
  const numbers = [
    "day",
    amountTextSql("billed", amounts),
    `CASE WHEN effective IS DISTINCT FROM billed THEN ${amountTextSql("effective", amounts)} END`,
    ...counters.map(countTextSql),
  ];
  return packedSql(numbers);
}
