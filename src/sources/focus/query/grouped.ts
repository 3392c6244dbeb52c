import { literal, pathColumn } from "../../engine/literal.ts";
import type { FocusColumn, HeaderGroup } from "../files/header.ts";
import { cleanSql, columnOf, kindOf, tableSql, typeOf } from "./table.ts";
import { type Columns, countedSql, groupedBy, isHash, keyColumns, noText, type TextForm, textColumns } from "./texts.ts";
import { type AmountType, amountSql, countSql, roundedSql, sumOfCountsType, timeSql } from "./values.ts";

export interface QueryOptions {
  readonly amounts: AmountType;
  readonly parallel: boolean;
  readonly tagKeys: readonly string[];
  readonly texts: TextForm;
  /** Commitments, in lower case, whose purchases count with an EffectiveCost of 0. */
  readonly free?: readonly string[];
}

/** A charge is spread over at most so many days; an end later than that is taken for a mistake. */
export const longestDays = 3660;
/** Stands in a column of days where the text was no time, or no possible end. */
export const badDay = "0001-01-01";

/** The numbers that a row may state itself, with the columns that hold them. */
export const counterColumns = {
  requests: ["x_Requests", "x_RequestCount"],
  inputTokens: ["x_InputTokens"],
  cacheReadTokens: ["x_CacheReadTokens"],
  cacheWriteTokens: ["x_CacheWriteTokens"],
  outputTokens: ["x_OutputTokens"],
} as const satisfies Record<string, readonly FocusColumn[]>;

const given = (columns: Columns) => Object.keys(columns).filter((name) => columns[name] !== null);
const selected = (columns: Columns) => given(columns).map((name) => `${columns[name]} AS ${name}`);
const missing = (columns: Columns, type: string) =>
  Object.keys(columns)
    .filter((name) => columns[name] === null)
    .map((name) => `CAST(NULL AS ${type}) AS ${name}`);
const sqlList = (...parts: readonly (string | readonly string[])[]) => parts.flat().join(", ");
/**
 * One pass over the rows of all files, which groups them by the texts as they stand. Columns that the files do not have come in after the grouping,
 * which they would slow down. `byFile` keeps the files apart, by their paths.
 */
export function groupedSql(groups: readonly HeaderGroup[], options: QueryOptions, byFile: boolean): string {
  return groups.map((group) => groupedOfOne(group, options, byFile)).join(" UNION ALL BY NAME ");
}

function groupedOfOne(group: HeaderGroup, options: QueryOptions, byFile: boolean): string {
  const texts = groupedBy(textColumns(group, options.tagKeys), options.texts);
  const days = dayColumns(group);
  const numbers = numberColumns(group);
  const path = byFile ? [pathColumn] : [];
  const mended = group.header.parquet === undefined ? [] : given(texts).flatMap((name) => mendedSql(group, name, options.texts));
  const all = mended.length === 0 ? "*" : `* REPLACE (${mended.join(", ")})`;
  const counted = sums(numbers, options.amounts);
  return `SELECT ${sqlList(all, missing(days, "DATE"), missing(texts, "VARCHAR"), missing(numbers, sumOfCountsType), counted.none)}
  FROM (SELECT ${sqlList(selected(days), given(texts), counted.sums, path)}
    FROM (SELECT ${sqlList(timeColumns(group), selected(texts), selected(numbers), unreadNumbers(group), amountColumns(group, options), path)}
      FROM ${readRows(group, options, byFile)}) GROUP BY ALL)`;
}

/** A text of a Parquet file as those of CSV files are: null for the words that stand for null, and a day as text. */
function mendedSql({ header }: HeaderGroup, name: string, form: TextForm): string[] {
  if (isHash(name, form)) return [];
  const isDay = name === "billingText" && kindOf(header, "BillingPeriodStart") === "time";
  return [`${isDay ? `CAST(${name} AS VARCHAR)` : cleanSql(name)} AS ${name}`];
}

const columnSql = (group: HeaderGroup) => (name: FocusColumn) => columnOf(group, [name]) ?? noText;

const timeOf = (group: HeaderGroup, name: FocusColumn) => timeSql(columnSql(group)(name), kindOf(group.header, name));

/** The SQL of an amount. */
export function amountOf(group: HeaderGroup, name: FocusColumn, amounts: AmountType): string {
  return amountSql(columnSql(group)(name), amounts, kindOf(group.header, name), typeOf(group.header, name));
}

/** The rows as they stand, with `counted` (its unit is one of tokens or requests) and `billed`, which later columns use more than once. */
function readRows(group: HeaderGroup, { amounts, parallel }: QueryOptions, paths: boolean): string {
  const billed = group.header.positions.has("BilledCost") ? "BilledCost" : "EffectiveCost";
  return `(SELECT *, ${countedSql(group)}, ${amountOf(group, billed, amounts)} AS billed
    FROM ${tableSql(group, { parallel, paths, wordsForNull: true })})`;
}

function timeColumns(group: HeaderGroup): string[] {
  return [`${timeOf(group, "ChargePeriodStart")} AS started`, `${timeOf(group, "ChargePeriodEnd")} AS ended`];
}

/** `billed` and `effective`, which are mostly the same and then read once. */
function amountColumns(group: HeaderGroup, { amounts, free = [] }: QueryOptions): string[] {
  const { header } = group;
  const [billed, effective] = [columnOf(group, ["BilledCost"]), columnOf(group, ["EffectiveCost"])];
  const own = amountOf(group, "EffectiveCost", amounts);
  const shared = typeOf(header, "BilledCost") === typeOf(header, "EffectiveCost");
  const given = (["BilledCost", "EffectiveCost"] as const).filter((name) => header.positions.has(name));
  const rounded = given.map((name) => roundedSql(columnSql(group)(name), kindOf(header, name), typeOf(header, name)));
  const stated = given.length < 2 ? "billed" : shared ? `CASE WHEN ${effective} = ${billed} THEN billed ELSE ${own} END` : own;
  return [
    "billed",
    `${withoutPurchases(group, free, stated)} AS effective`,
    ...(amounts === "wide" ? [`${rounded.join(" OR ")} AS rounded`] : []),
  ];
}

/** An EffectiveCost, 0 on purchases of these commitments. */
function withoutPurchases(group: HeaderGroup, free: readonly string[], effective: string): string {
  const id = columnOf(group, ["CommitmentDiscountId"]);
  if (id === null || free.length === 0) return effective;
  return `CASE WHEN lower(${columnOf(group, keyColumns.category)}) = 'purchase' AND lower(${id}) IN (${free.map(literal).join(", ")}) THEN 0 ELSE ${effective} END`;
}

/** Every number of things by the name it gets: the text or number that states it, null when the files do not have it. */
function statedNumbers(group: HeaderGroup): Columns {
  const stated = Object.entries(counterColumns).map(([name, columns]) => [name, statedNumber(group, columns)]);
  return { quantity: statedNumber(group, ["ConsumedQuantity"]), ...Object.fromEntries(stated) };
}

function statedNumber(group: HeaderGroup, columns: readonly FocusColumn[]): string | null {
  const column = columnOf(group, columns);
  return column === null || group.header.parquet === undefined || isNumber(group, columns)
    ? column
    : cleanSql(`CAST(${column} AS VARCHAR)`);
}

const isNumber = ({ header }: HeaderGroup, columns: readonly FocusColumn[]) =>
  columns.every((name) => !header.positions.has(name) || kindOf(header, name) !== "text");

/** Tokens may be fractions where a provider splits costs: they are added as decimals and rounded once, at the end. */
function numberColumns(group: HeaderGroup): Columns {
  const sql = ([name, stated]: readonly [string, string | null]) => {
    const columns = name === "quantity" ? (["ConsumedQuantity"] as const) : counterColumns[name as keyof typeof counterColumns];
    const number = stated && countSql(stated, isNumber(group, columns));
    return [name, name === "quantity" ? number && `CASE WHEN counted THEN ${number} END` : number];
  };
  return Object.fromEntries(Object.entries(statedNumbers(group)).map(sql));
}

/** Whether a row states a number that is none. */
function unreadNumbers(group: HeaderGroup): string[] {
  const stated = Object.entries(statedNumbers(group)).filter(([, sql]) => sql !== null);
  const unread = stated.map(([name, sql]) => `(${name === "quantity" ? "counted AND " : ""}${sql} IS NOT NULL AND ${name} IS NULL)`);
  return unread.length === 0 ? [] : [`${unread.join(" OR ")} AS badNumber`];
}

function dayColumns({ header: { positions } }: HeaderGroup): Columns {
  const lastDay = `CASE WHEN started IS NULL OR ended BETWEEN started AND started + INTERVAL 1 DAY THEN NULL
    WHEN ended BETWEEN started AND started + INTERVAL ${longestDays} DAY THEN CAST(ended - INTERVAL 1 MICROSECOND AS DATE) ELSE DATE ${literal(badDay)} END`;
  return { day: "CAST(started AS DATE)", lastDay: positions.has("ChargePeriodEnd") ? lastDay : null };
}

/** What is added up in each group, and the counts that are 0 because nothing of the kind can happen. */
function sums(numbers: Columns, amounts: AmountType): { readonly sums: readonly string[]; readonly none: readonly string[] } {
  const [mayBeBad, mayBeRounded] = [given(numbers).length > 0, amounts === "wide"];
  return {
    sums: [
      "count(*) AS rowCount, sum(billed) AS billed, sum(effective) AS effective, count_if(billed IS NULL OR effective IS NULL) AS badAmounts",
      ...given(numbers).map((name) => `sum(${name}) AS ${name}`),
      ...(mayBeBad ? ["count_if(badNumber) AS badNumbers"] : []),
      ...(mayBeRounded ? ["count_if(rounded) AS roundedAmounts"] : []),
    ],
    none: [...(mayBeBad ? [] : ["0 AS badNumbers"]), ...(mayBeRounded ? [] : ["0 AS roundedAmounts"])],
  };
}
