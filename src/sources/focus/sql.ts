import type { FocusColumn, HeaderGroup } from "./header.ts";
import { literal } from "./literal.ts";
import { tagTextsSql } from "./tags.ts";
import { countedKindSql, countedUnitSql, unitFactorSql } from "./tokens.ts";

/**
 * How amounts are read. `fast` takes up to 8 digits before and 10 after the point and leaves any other amount out (the counts then tell);
 * `wide` takes 14 and 24 and rounds at the 24th. Reading into the wide type takes three times as long.
 */
export type AmountType = "fast" | "wide";
export const wideLimits = { whole: 14, decimals: 24 };

export interface QueryOptions {
  readonly amounts: AmountType;
  readonly parallel: boolean;
  readonly tagKeys: readonly string[];
}

/** A charge is spread over at most so many days; an end later than that is taken for a mistake. */
export const longestDays = 3660;
/** Stands in a column of days where the text was no time, or no possible end. */
export const badDay = "0001-01-01";

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
  "rowCount",
  "billed",
  "effective",
  "billedCount",
  "effectiveCount",
  "roundedCount",
  "requests",
  "inputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "outputTokens",
  "noBillingPeriod",
  "badTags",
] as const;
export type ResultColumn = (typeof resultColumns)[number];
/** Where each column stands in a row of the result. */
export const at = Object.fromEntries(resultColumns.map((name, position) => [name, position])) as Readonly<Record<ResultColumn, number>>;

/** The texts that make a group, with the columns that hold them; of two columns the first that is not null. */
const keyColumns = {
  provider: ["ServiceProviderName", "ProviderName"],
  service: ["ServiceName"],
  category: ["ChargeCategory"],
  chargeClass: ["ChargeClass"],
  frequency: ["ChargeFrequency"],
  currency: ["BillingCurrency"],
  account: ["SubAccountId"],
  project: ["x_Project"],
  apiKey: ["x_ApiKey"],
  estimated: ["x_Estimated"],
} as const satisfies Record<string, readonly FocusColumn[]>;
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
/** The numbers that a row may state itself, with the columns that hold them. */
const counterColumns = {
  requests: ["x_Requests", "x_RequestCount"],
  inputTokens: ["x_InputTokens"],
  cacheReadTokens: ["x_CacheReadTokens"],
  cacheWriteTokens: ["x_CacheWriteTokens"],
  outputTokens: ["x_OutputTokens"],
} as const satisfies Record<string, readonly FocusColumn[]>;
const counters = Object.keys(counterColumns);

/** The SQL of columns by their names, null for those that the file does not have. */
type Columns = Readonly<Record<string, string | null>>;
const given = (columns: Columns) => Object.keys(columns).filter((name) => columns[name] !== null);
const selected = (columns: Columns) => given(columns).map((name) => `${columns[name]} AS ${name}`);
const missing = (columns: Columns, type: string) =>
  Object.keys(columns)
    .filter((name) => columns[name] === null)
    .map((name) => `CAST(NULL AS ${type}) AS ${name}`);
const sqlList = (...parts: readonly (string | readonly string[])[]) => parts.flat().join(", ");

/** A file name in which nothing is a wildcard. */
const fileLiteral = (path: string) => literal(path.replace(/[[*?]/g, "[$&]"));

/**
 * The query for the files of one header. One pass over the rows groups them by the texts as they stand; what is costly (JSON, kinds of tokens)
 * is taken apart once per group of equal texts. Amounts are decimals throughout, never floating point. Columns that the files do not have come
 * in after the grouping, which they would slow down.
 */
export function aggregateQuery(group: HeaderGroup, options: QueryOptions): string {
  const texts = textColumns(group, options.tagKeys);
  const days = dayColumns(group);
  const numbers = numberColumns(group);
  return `
WITH parsed AS (SELECT ${sqlList(timeColumns(group), selected(texts), selected(numbers), amountColumns(group, options.amounts))} FROM ${readRows(group, options)}),
grouped AS MATERIALIZED (SELECT ${sqlList("*", missing(days, "DATE"), missing(texts, "VARCHAR"), missing(numbers, "HUGEINT"))}
  FROM (SELECT ${sqlList(selected(days), given(texts), sums(numbers))} FROM parsed GROUP BY ALL)),
tagTexts AS (${tagTextsSql(options.tagKeys)}),
skuTexts AS (${skuTextsSql()}),
named AS (SELECT ${namedColumns()} FROM grouped LEFT JOIN tagTexts USING (tagText) LEFT JOIN skuTexts ON ${skuKeys.map((name) => `grouped.${name} IS NOT DISTINCT FROM skuTexts.${name}`).join(" AND ")})
SELECT ${finalColumns()} FROM named GROUP BY ALL
ORDER BY ${resultOrder.map((name) => `${name} NULLS FIRST`).join(", ")}`;
}

/** All columns as text, named by their position, so that no header can confuse the engine. */
function readCsv({ header, files }: HeaderGroup, parallel: boolean): string {
  const columns = Array.from({ length: header.width }, (_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  return `read_csv([${files.map((file) => fileLiteral(file.path)).join(", ")}], columns = {${columns}}, header = true, delim = ',', quote = '"',
    escape = '"', nullstr = ['', 'NULL', 'null'], auto_detect = false, hive_partitioning = false, parallel = ${parallel})`;
}

const none = "CAST(NULL AS VARCHAR)";

/** The first of the columns that is not null; null when the files have none of them. */
function columnOf({ header }: HeaderGroup, names: readonly FocusColumn[]): string | null {
  const found = names.filter((name) => header.positions.has(name)).map((name) => `c${header.positions.get(name)}`);
  return found.length > 1 ? `coalesce(${found.join(", ")})` : (found[0] ?? null);
}

const columnSql = (group: HeaderGroup) => (name: FocusColumn) => columnOf(group, [name]) ?? none;

/**
 * Providers with a Usage row whose EffectiveCost cannot come from rounding: it has a fraction, or it stands where nothing was billed
 * (use covered by a commitment).
 */
export function credibleEffectiveQuery(group: HeaderGroup): string {
  const column = columnSql(group);
  const amount = (name: FocusColumn) => amountSql(column(name), "wide");
  return `SELECT DISTINCT ${columnOf(group, keyColumns.provider)} FROM ${readCsv(group, false)}
    WHERE lower(${column("ChargeCategory")}) = 'usage'
      AND (${amount("EffectiveCost")} % 1 <> 0 OR (${amount("EffectiveCost")} <> 0 AND ${amount("BilledCost")} = 0))`;
}

/** The rows as they stand, with `counted` (its unit is one of tokens or requests) and `billed`, which later columns use more than once. */
function readRows(group: HeaderGroup, { amounts, parallel }: QueryOptions): string {
  const billed = columnOf(group, ["BilledCost"]) ?? columnSql(group)("EffectiveCost");
  return `(SELECT *, ${countedUnitSql(columnSql(group)("ConsumedUnit"))} AS counted, ${amountSql(billed, amounts)} AS billed FROM ${readCsv(group, parallel)})`;
}

function timeColumns(group: HeaderGroup): string[] {
  const column = columnSql(group);
  return [`${timeSql(column("ChargePeriodStart"))} AS started`, `${timeSql(column("ChargePeriodEnd"))} AS ended`];
}

/** `billed` and `effective`, which are mostly the same text and then read once. */
function amountColumns(group: HeaderGroup, amounts: AmountType): string[] {
  const [billed, effective] = [columnOf(group, ["BilledCost"]), columnOf(group, ["EffectiveCost"])];
  const differs = billed !== null && effective !== null;
  const texts = [billed, effective].filter((text) => text !== null);
  return [
    "billed",
    `${differs ? `CASE WHEN ${effective} = ${billed} THEN billed ELSE ${amountSql(effective, amounts)} END` : "billed"} AS effective`,
    `${amounts === "wide" ? texts.map(roundedSql).join(" OR ") : "false"} AS rounded`,
  ];
}

/** The texts by which rows are grouped. */
function textColumns(group: HeaderGroup, tagKeys: readonly string[]): Columns {
  const details = columnOf(group, ["SkuPriceDetails"]);
  const counted = (name: FocusColumn) => {
    const column = columnOf(group, [name]);
    return column && `CASE WHEN counted THEN ${column} END`;
  };
  return {
    billingText: columnOf(group, ["BillingPeriodStart"]),
    ...Object.fromEntries(Object.entries(keyColumns).map(([name, columns]) => [name, columnOf(group, columns)])),
    tagText: tagKeys.length > 0 ? columnOf(group, ["Tags"]) : null,
    model: columnOf(group, ["x_Model"]),
    details: details && `CASE WHEN contains(${details}, 'Model') OR contains(${details}, 'Token') THEN ${details} END`,
    unit: counted("ConsumedUnit"),
    meter: counted("SkuMeter"),
    tokenType: counted("x_TokenType"),
  };
}

function numberColumns(group: HeaderGroup): Columns {
  const quantity = columnOf(group, ["ConsumedQuantity"]);
  const stated = Object.entries(counterColumns).map(([name, columns]) => {
    const column = columnOf(group, columns);
    return [name, column && `TRY_CAST(${column} AS BIGINT)`];
  });
  return { quantity: quantity && `CASE WHEN counted THEN TRY_CAST(${quantity} AS DECIMAL(18, 6)) END`, ...Object.fromEntries(stated) };
}

/**
 * A time as UTC, null when it is none. Texts of the length of a day or a second, with or without Z, take the quick cast, which would silently
 * drop an offset; longer ones take the slow one. Anything that does not begin YYYY-MM-DD is refused: DuckDB reads 4/1/25 as 25 January of the year 4.
 */
function timeSql(text: string): string {
  return `CASE WHEN ${text} LIKE '____-__-__%' THEN
    CASE WHEN strlen(${text}) IN (10, 19, 20) THEN TRY_CAST(${text} AS TIMESTAMP)
      WHEN regexp_full_match(${text}, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}([.][0-9]+)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?')
      THEN CAST(TRY_CAST(${text} AS TIMESTAMPTZ) AS TIMESTAMP) END END`;
}

/** An exact amount, null when the type cannot hold it exactly (fast) or at all (wide). */
function amountSql(text: string, amounts: AmountType): string {
  if (amounts === "wide") return `TRY_CAST(${text} AS DECIMAL(38, ${wideLimits.decimals}))`;
  const decimals = (digits: string) => `strlen(${digits}) - strpos(${digits}, '.') <= 10`;
  return `CASE WHEN contains(${text}, 'e') OR contains(${text}, 'E') THEN NULL
      WHEN ${decimals(text)} THEN TRY_CAST(${text} AS DECIMAL(18, 10))
      WHEN ${decimals(`rtrim(${text}, '0')`)} THEN TRY_CAST(${text} AS DECIMAL(18, 10)) END`;
}

/** True when an amount has more decimals than the wide type. */
function roundedSql(text: string): string {
  const exponent = `coalesce(TRY_CAST(regexp_extract(${text}, '[eE](.*)$', 1) AS INTEGER), 0)`;
  return `coalesce(strlen(regexp_extract(${text}, '[.]([0-9]*?)0*([eE]|$)', 1)) - ${exponent} > ${wideLimits.decimals}, false)`;
}

function dayColumns({ header: { positions } }: HeaderGroup): Columns {
  const day = 86_400_000_000n;
  const length = "(epoch_us(ended) - epoch_us(started))";
  const lastDay = `CASE WHEN started IS NULL OR ${length} BETWEEN 0 AND ${day} THEN NULL
    WHEN ${length} > 0 AND ${length} <= ${BigInt(longestDays) * day} THEN CAST(ended - INTERVAL 1 MICROSECOND AS DATE) ELSE DATE ${literal(badDay)} END`;
  return { day: "CAST(started AS DATE)", lastDay: positions.has("ChargePeriodEnd") ? lastDay : null };
}

function sums(numbers: Columns): string[] {
  return [
    "count(*) AS rowCount, sum(billed) AS billed, sum(effective) AS effective",
    "count(billed) AS billedCount, count(effective) AS effectiveCount, count_if(rounded) AS roundedCount",
    ...given(numbers).map((name) => `sum(${name}) AS ${name}`),
  ];
}

/** Each distinct text about the thing that is priced: the model it names, what its quantity counts, and how much one of its unit is worth. */
function skuTextsSql(): string {
  const kindText = "coalesce(tokenType, facts[3], nullif(concat_ws(' ', facts[4], 'cache ' || facts[5]), ''), meter)";
  return `SELECT ${skuKeys.join(", ")}, coalesce(model, facts[1], facts[2]) AS skuModel, ${countedKindSql("unit", kindText)} AS kind, ${unitFactorSql("unit")} AS factor
    FROM (SELECT DISTINCT ${skuKeys.join(", ")}, CASE WHEN json_valid(details)
      THEN json_extract_string(details, ['/ModelId', '/x_Model', '/x_TokenType', '/TokenDirection', '/TokenCacheAction']) END AS facts FROM grouped)`;
}

/** Each group of equal texts: what the texts mean. */
function namedColumns(): string {
  const counted = (name: string, kind: string, known: string) =>
    `CASE WHEN ${known} IS NULL AND kind = ${literal(kind)} THEN quantity * factor ELSE ${name} END AS ${name}Sum`;
  const tokens = "coalesce(inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens)";
  return `day, lastDay, CASE WHEN billingText IS NULL THEN CAST(date_trunc('month', day) AS DATE)
      ELSE coalesce(CAST(${timeSql("billingText")} AS DATE), DATE ${literal(badDay)}) END AS billingPeriod, ${keys.join(", ")}, tags, skuModel AS model,
    ${counted("requests", "requests", "requests")}, ${counted("inputTokens", "input", tokens)}, ${counted("cacheReadTokens", "cacheRead", tokens)},
    ${counted("cacheWriteTokens", "cacheWrite", tokens)}, ${counted("outputTokens", "output", tokens)},
    rowCount, billed, effective, billedCount, effectiveCount, roundedCount,
    CASE WHEN billingText IS NULL THEN rowCount ELSE 0 END AS noBillingPeriod, CASE WHEN badTags THEN rowCount ELSE 0 END AS badTags`;
}

function finalColumns(): string {
  const texts: readonly string[] = ["day", "lastDay", "billingPeriod", ...keys, "model", "tags"];
  const counts: readonly string[] = counters;
  return resultColumns
    .map((name) => {
      if (texts.includes(name)) return `CAST(${name} AS VARCHAR) AS ${name}`;
      return counts.includes(name)
        ? `CAST(CAST(round(sum(${name}Sum)) AS HUGEINT) AS VARCHAR) AS ${name}`
        : `CAST(sum(${name}) AS VARCHAR) AS ${name}`;
    })
    .join(", ");
}
