import { packedSql } from "../engine/packed.ts";
import { decimalSql, sumTextSql } from "../focus/query/values.ts";
import type { CounterField, Mapping, TextField } from "./fields.ts";
import { daySql, type TimeFormat } from "./time.ts";

/** How the texts of a file are to be understood. */
export interface Dialect {
  readonly time: TimeFormat;
  readonly decimalComma: boolean;
}

/** Rows as the engine is to read them. */
export interface Relation {
  readonly sql: string;
  /** The SQL of the text that stands in a named place; null when the files lack it. */
  readonly textOf: (place: string) => string | null;
  /** The same for a number, where the engine reads it as DOUBLE and fails where there is none; null where it is a text. */
  readonly integerOf?: (place: string) => string | null;
  /** The engine reads amounts as DOUBLE: JSON readers make one of every number, and its text costs more than the number. */
  readonly amountsAreNumbers?: boolean;
}

/** An amount has at most so many digits before the point, and after it (further ones are rounded). */
export const amountLimits = { whole: 14, decimals: 24 };
/** A number of tokens or requests of a row has at most so many digits. */
export const countDigits = 15;

const counters = [
  "requests",
  "inputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "outputTokens",
] as const satisfies readonly CounterField[];
/** Sums over all days of a line. */
const lineSums = ["roundedCount", "badNumbers", "ones"] as const;
type LineName = (typeof lineSums)[number] | `text:${TextField}` | `tag:${string}` | "unpriced" | "days";

/** The columns of the result by name; texts stand as `text:<field>`, tags as `tag:<key>`. `days` packs what `dayNames` says. */
export function resultNames(mapping: Mapping, tagKeys: readonly string[]): LineName[] {
  return [
    ...[...mapping.texts.keys()].map((field) => `text:${field}` as const),
    ...tagKeys.map((key) => `tag:${key}` as const),
    ...(mapping.emptyCost === "estimate" ? (["unpriced"] as const) : []),
    ...lineSums,
    "days",
  ];
}

const daySums = ["day", "rowCount", "exactCost", "wideCost", "costCount", "statedCount"] as const;
export type DayName = (typeof daySums)[number] | CounterField;

/** What the result holds of each day of a line, in this order. */
export function dayNames(mapping: Mapping): DayName[] {
  return [...daySums, ...counters.filter((field) => mapping.counters.has(field))];
}

/**
 * One pass over the rows that groups them by day and by the texts as they stand; groups that differ in their day alone come as one line. An amount of at most ten decimals is added as DECIMAL(18, 10);
 * any other is added on its own as the wide type, which takes three times as long. Floating point touches none.
 */
export function groupQuery(relation: Relation, mapping: Mapping, tagKeys: readonly string[], dialect: Dialect): string {
  const { textOf } = relation;
  const stated = textOf(mapping.cost) ?? nothing;
  const keys = [
    ...[...mapping.texts].map(([field, place]) => (field === "model" ? modelSql(textOf(place), mapping) : (textOf(place) ?? nothing))),
    ...tagKeys.map((key) => textOf(mapping.tags.get(key) ?? "") ?? nothing),
    ...(mapping.emptyCost === "estimate" ? [`CASE WHEN ${stated} IS NULL THEN 'yes' END`] : []),
  ];
  const names = keys.map((_, index) => `k${index}`);
  const mayBeEmpty = mapping.emptyCost !== "refuse";
  const { columns, bad } = counterColumns(relation, mapping);
  const inner = [
    `${daySql(textOf(mapping.time) ?? nothing, dialect.time)} AS day`,
    `${costSql(relation, stated, mayBeEmpty, dialect)} AS cost`,
    ...(mayBeEmpty ? [`${stated} IS NOT NULL AS stated`] : []),
    ...keys.map((key, index) => `${key} AS k${index}`),
    ...columns.map(([field, sql]) => `${sql} AS ${field}`),
    ...(bad === null ? [] : [`${bad} AS badNumber`]),
  ];
  return `SELECT ${[...names, ...lineSums.map((name) => `CAST(sum(${name}) AS VARCHAR) AS ${name}`), `${packedSql(dayNames(mapping))} AS days`].join(", ")}
    FROM (SELECT ${["day", ...sumColumns(relation, mapping, bad !== null), ...names].join(", ")} FROM (
      SELECT *, CASE WHEN exact IS NULL THEN ${wideAmount(costText(relation))} END AS wide FROM (
        SELECT *, ${relation.amountsAreNumbers ? exactNumber("cost") : exactAmount("cost")} AS exact FROM (SELECT ${inner.join(", ")} FROM ${relation.sql})))
      GROUP BY ${["day", ...names].join(", ")})
    GROUP BY ALL HAVING count(*) > 0`;
}

const nothing = "CAST(NULL AS VARCHAR)";

function modelSql(text: string | null, { modelBeforeComma }: Mapping): string {
  if (text === null) return nothing;
  return modelBeforeComma ? `regexp_replace(${text}, ', [^,]*$', '')` : text;
}

/** What a row costs: a number where the engine reads one, else a text with a decimal point. */
function costSql({ amountsAreNumbers }: Relation, stated: string, mayBeEmpty: boolean, dialect: Dialect): string {
  if (amountsAreNumbers) return mayBeEmpty ? `coalesce(${stated}, 0)` : stated;
  return withPoint(mayBeEmpty ? `coalesce(${stated}, '0')` : stated, dialect);
}

const costText = ({ amountsAreNumbers }: Relation) => (amountsAreNumbers ? "CAST(cost AS VARCHAR)" : "cost");

/** The amount with a decimal point; null where a point has no place. */
function withPoint(text: string, { decimalComma }: Dialect): string {
  return decimalComma ? `CASE WHEN NOT contains(${text}, '.') THEN replace(${text}, ',', '.') END` : text;
}

const exactType = "DECIMAL(18, 10)";

/** Only what the engine reads as it stands; the rest is left to the wide way, which looks closer. */
function exactAmount(text: string): string {
  const plain = ["e", "E", "_"].map((letter) => `NOT contains(${text}, '${letter}')`).join(" AND ") + ` AND NOT suffix(${text}, ' ')`;
  return `CASE WHEN (strlen(${text}) <= 11 OR strlen(${text}) - strpos(${text}, '.') <= 10) AND ${plain} THEN TRY_CAST(${text} AS ${exactType}) END`;
}

/** A number that ten decimals state in full; any other is left to the wide way. */
function exactNumber(number: string): string {
  const exact = `TRY_CAST(${number} AS ${exactType})`;
  return `CASE WHEN CAST(${exact} AS DOUBLE) = ${number} THEN ${exact} END`;
}

function wideAmount(text: string): string {
  return decimalSql(text, `DECIMAL(38, ${amountLimits.decimals})`);
}

/** True when an amount has more decimals than the wide type. */
function roundedAmount(text: string): string {
  const exponent = `coalesce(TRY_CAST(regexp_extract(${text}, '[eE](.*)$', 1) AS INTEGER), 0)`;
  return `strlen(regexp_extract(${text}, '[.]([0-9]*?)0*([eE]|$)', 1)) - ${exponent} > ${amountLimits.decimals}`;
}

/** The SQL of a number, and of whether a row states one that is none; null when that cannot be. */
interface NumberSql {
  readonly value: string;
  readonly bad: string | null;
}

function numberSql({ textOf, integerOf }: Relation, place: string): NumberSql | null {
  const integer = integerOf?.(place) ?? null;
  if (integer !== null) return { value: integer, bad: `(${integer} <> trunc(${integer}) OR abs(${integer}) >= 1e${countDigits})` };
  const text = textOf(place);
  if (text === null) return null;
  // As a whole number the engine would round 1.5, and read 1_000 and 0x10.
  const value = `TRY_CAST(${text} AS DECIMAL(${countDigits + 3}, 3))`;
  return { value, bad: `(${text} IS NOT NULL AND (${value} IS NULL OR ${value} % 1 <> 0 OR contains(${text}, '_')))` };
}

/** The SQL of each mapped counter, and of whether a row states one that is no number; null when that cannot be. */
function counterColumns(relation: Relation, mapping: Mapping) {
  const found = counters.flatMap((field) => {
    const places = mapping.counters.get(field);
    const numbers = places?.map((place) => numberSql(relation, place)).filter((number) => number !== null);
    return numbers === undefined
      ? []
      : [{ field, values: numbers.map(({ value }) => value), bad: numbers.flatMap(({ bad }) => bad ?? []) }];
  });
  const sql = new Map(found.map(({ field, values }) => [field, added(values)] as const));
  const bad = found.flatMap((counter) => counter.bad);
  const input = sql.get("inputTokens");
  if (mapping.inputIncludesCached && input !== undefined) {
    const cached = [sql.get("cacheReadTokens"), sql.get("cacheWriteTokens")].filter((text) => text !== undefined);
    const uncached = [input, ...cached.map((text) => `coalesce(${text}, 0)`)].join(" - ");
    sql.set("inputTokens", uncached);
    bad.push(`${uncached} < 0`);
  }
  return { columns: [...sql], bad: bad.length === 0 ? null : `coalesce(${bad.join(" OR ")}, false)` };
}

/** The sum of numbers of which some may be null. */
function added(values: readonly string[]): string {
  if (values.length < 2) return values[0] ?? `CAST(NULL AS DECIMAL(${countDigits + 3}, 3))`;
  return `CASE WHEN coalesce(${values.join(", ")}) IS NOT NULL THEN ${values.map((value) => `coalesce(${value}, 0)`).join(" + ")} END`;
}

function sumColumns(relation: Relation, mapping: Mapping, mayBeBad: boolean): string[] {
  const counted = counters.filter((field) => mapping.counters.has(field));
  return [
    "count(*) AS rowCount",
    `${sumTextSql("sum(exact)", exactType)} AS exactCost`,
    "CAST(sum(wide) AS VARCHAR) AS wideCost",
    "count(exact) + count(wide) AS costCount",
    `${mapping.emptyCost !== "refuse" ? "count_if(stated)" : "count(*)"} AS statedCount`,
    `count_if(CASE WHEN wide IS NOT NULL THEN ${roundedAmount(costText(relation))} END) AS roundedCount`,
    `${relation.amountsAreNumbers ? "count_if(cost = 1)" : "0"} AS ones`,
    `${mayBeBad ? "count_if(badNumber)" : "0"} AS badNumbers`,
    ...counted.map((field) => `CAST(sum(${field}) AS HUGEINT) AS ${field}`),
  ];
}
