import type { ColumnKind } from "./table.ts";

/**
 * How amounts are read. `fast` takes up to 8 digits before and 10 after the point and leaves any other amount out (the counts then tell);
 * `wide` takes 14 and 24 and rounds at the 24th. Reading into the wide type takes three times as long.
 */
export type AmountType = "fast" | "wide";
/** Digits before and after the point that the wide type takes. */
export const wideLimits = { whole: 14, decimals: 24 };

const wideType = `DECIMAL(38, ${wideLimits.decimals})`;
const fastType = "DECIMAL(18, 10)";
const countType = "DECIMAL(18, 6)";
/** What the engine makes of sums of such numbers. */
export const sumOfCountsType = "DECIMAL(38, 6)";

/**
 * A time as UTC, null when it is none. Texts of the length of a day or a second, with or without Z, take the quick cast, which would silently
 * drop an offset; others take the slow one. The quick cast takes 4-1-25 for 25 January of the year 4: `dayInUseSql` finds that once per group.
 */
export function timeSql(value: string, kind: ColumnKind): string {
  if (kind === "time") return value;
  return `CASE WHEN strlen(${value}) IN (10, 19, 20) AND NOT contains(${value}, '/') THEN TRY_CAST(${value} AS TIMESTAMP)
      WHEN regexp_full_match(${value}, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?(Z| UTC|[+-][0-9]{2}(:?[0-9]{2})?)?|Z|[+-][0-9]{2}:?[0-9]{2})?')
      THEN CAST(TRY_CAST(${withSeconds(value)} AS TIMESTAMPTZ) AS TIMESTAMP) END`;
}

/** A time with the seconds without which the engine reads no zone: Java and others leave them out where they are 0. */
export function withSeconds(value: string): string {
  return `regexp_replace(${value}, '^(.{16})([Z+-])', '\\1:00\\2')`;
}

/** A day, null when its year has fewer than four digits. */
export function dayInUseSql(day: string): string {
  return `CASE WHEN ${day} >= DATE '1000-01-01' THEN ${day} END`;
}

/** A text as decimal, null when it is none: by itself the engine would read `1_000`, `1e0.`, `1e ` and `- ` as well. */
export function decimalSql(text: string, type: string): string {
  return `CASE WHEN regexp_full_match(${text}, ' *[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})? *') THEN TRY_CAST(${text} AS ${type}) END`;
}

/** An exact amount, null when the type cannot hold it exactly (fast) or at all (wide). */
export function amountSql(value: string, amounts: AmountType, kind: ColumnKind, type: string): string {
  // A floating point number stands for the shortest decimal that is written for it: 0.1, not 0.1000000000000000055.
  if (amounts === "wide") {
    return kind === "text"
      ? decimalSql(value, wideType)
      : `TRY_CAST(${kind === "float" ? `CAST(${value} AS VARCHAR)` : value} AS ${wideType})`;
  }
  const cast = `TRY_CAST(${value} AS ${fastType})`;
  if (kind === "exact")
    return decimalsOf(type) <= 10
      ? cast
      : decimalsOf(type) <= 30
        ? `CASE WHEN ${cast} = ${value} THEN ${cast} END`
        : `CAST(NULL AS ${fastType})`;
  if (kind === "float")
    return type === "DOUBLE" ? `CASE WHEN CAST(${cast} AS DOUBLE) = ${value} THEN ${cast} END` : `CAST(NULL AS ${fastType})`;
  const decimals = (digits: string) => `strlen(${digits}) - strpos(${digits}, '.') <= 10`;
  const plain = `NOT contains(${value}, 'e') AND NOT contains(${value}, 'E') AND NOT contains(${value}, '_') AND NOT suffix(${value}, ' ')`;
  return `CASE WHEN ${decimals(value)} AND ${plain} THEN ${cast} WHEN ${decimals(`rtrim(${value}, '0')`)} AND ${plain} THEN ${cast} END`;
}

/** A sum of amounts as text. */
export function amountTextSql(sum: string, amounts: AmountType): string {
  return amounts === "wide" ? `CAST(${sum} AS VARCHAR)` : sumTextSql(sum, fastType);
}

/** A sum of numbers of tokens or requests as text. */
export function countTextSql(sum: string): string {
  return sumTextSql(sum, countType);
}

/** A sum of decimals as text, by way of the type of its parts, into which most sums fit: printing the wide type of the sum takes far longer. */
export function sumTextSql(sum: string, narrow: string): string {
  return `coalesce(CAST(TRY_CAST(${sum} AS ${narrow}) AS VARCHAR), CAST(${sum} AS VARCHAR))`;
}

/** A number of tokens, requests or units, null when it is none. */
export function countSql(value: string, isNumber: boolean): string {
  const cast = `TRY_CAST(${value} AS ${countType})`;
  return isNumber ? cast : `CASE WHEN NOT contains(${value}, '_') THEN ${cast} END`;
}

/** True when an amount has more decimals than the wide type. */
export function roundedSql(value: string, kind: ColumnKind, type: string): string {
  if (kind === "exact" && decimalsOf(type) <= wideLimits.decimals) return "false";
  const text = kind === "text" ? value : `CAST(${value} AS VARCHAR)`;
  const exponent = `coalesce(TRY_CAST(regexp_extract(${text}, '[eE](.*)$', 1) AS INTEGER), 0)`;
  return `coalesce(strlen(regexp_extract(${text}, '[.]([0-9]*?)0*([eE]|$)', 1)) - ${exponent} > ${wideLimits.decimals}, false)`;
}

const decimalsOf = (type: string) => Number(/^DECIMAL\(\d+,\s*(\d+)\)$/.exec(type)?.[1] ?? 0);
