import { filesLiteral, identifier, parquetSql, pathColumn } from "../../engine/literal.ts";
import type { FocusColumn, Header, HeaderGroup } from "../files/header.ts";

/** What the SQL of a column gives: text as it stands, a time in UTC, an exact number, or a floating point number. */
export type ColumnKind = "text" | "time" | "exact" | "float";

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(TIMESTAMP|DATE)/, "time"],
  [/^(DECIMAL|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?\b)/, "exact"],
  [/^(DOUBLE|FLOAT)$/, "float"],
];
const amounts: readonly FocusColumn[] = ["BilledCost", "EffectiveCost"];
const numbers: readonly FocusColumn[] = [
  "ConsumedQuantity",
  "x_Requests",
  "x_RequestCount",
  "x_InputTokens",
  "x_CacheReadTokens",
  "x_CacheWriteTokens",
  "x_OutputTokens",
];
const times: readonly FocusColumn[] = ["ChargePeriodStart", "ChargePeriodEnd", "BillingPeriodStart"];

/** Columns that another one stands in for where they are null. */
const firstChoices: readonly FocusColumn[] = ["ServiceProviderName", "x_Requests"];

/** The type of a column in the file; VARCHAR for CSV and for a column that is missing. */
export function typeOf({ parquet, positions }: Header, column: FocusColumn): string {
  return parquet?.[positions.get(column) ?? -1]?.type ?? "VARCHAR";
}

/** How a column comes out of `tableSql`: times and amounts keep the type they have in Parquet, all else is text. */
export function kindOf(header: Header, column: FocusColumn): ColumnKind {
  const kind = kinds.find(([pattern]) => pattern.test(typeOf(header, column)))?.[1] ?? "text";
  if (kind === "time") return times.includes(column) ? kind : "text";
  return amounts.includes(column) || numbers.includes(column) ? kind : "text";
}

interface TableOptions {
  readonly parallel?: boolean;
  /** Adds the path of each row's file. */
  readonly paths?: boolean;
  /** Leaves words for null in the texts of Parquet files, where looking at each row costs more than looking at each group (`cleanSql`). */
  readonly wordsForNull?: boolean;
  /** Further columns of Parquet files. */
  readonly more?: readonly string[];
}

/** The rows of the files as a table: the column at position n is `c<n>`. */
export function tableSql(
  { header, files }: HeaderGroup,
  { parallel = true, paths = false, wordsForNull = false, more = [] }: TableOptions = {},
): string {
  if (header.parquet !== undefined) {
    const columns = [...header.positions].map(
      ([column, position]) => `${parquetColumn(header, column, wordsForNull && !firstChoices.includes(column))} AS c${position}`,
    );
    return `(SELECT ${[...columns, ...more, ...(paths ? [pathColumn] : [])].join(", ")} FROM ${parquetSql(files, { paths })})`;
  }
  // All columns as text, named by their position, so that no header can confuse the engine.
  const columns = header.names.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  return `read_csv(${filesLiteral(files)}, columns = {${columns}}, header = true, delim = ',', quote = '"', escape = '"',
    nullstr = ['', 'NULL', 'null'], auto_detect = false, hive_partitioning = false, parallel = ${parallel}${paths ? `, filename = '${pathColumn}'` : ""})`;
}

/** A column of a Parquet file as `kindOf` says; words for null count as null there too, unless they are left for later. */
export function parquetColumn(header: Header, column: FocusColumn, wordsForNull = false): string {
  const name = identifier(header.parquet?.[header.positions.get(column) ?? -1]?.name ?? "");
  const kind = kindOf(header, column);
  if (kind === "time") return `CAST(${name} AS TIMESTAMP)`;
  if (kind !== "text") return name;
  const type = typeOf(header, column);
  // Objects come as JSON text, whatever way the file holds them: a map, a struct, or a list of keys and values.
  const text = /^(MAP|STRUCT)|\[\]$/.test(type)
    ? `CAST(to_json(${name}) AS VARCHAR)`
    : type === "VARCHAR"
      ? name
      : `CAST(${name} AS VARCHAR)`;
  return wordsForNull ? text : cleanSql(text);
}

/** A text, null for the words that stand for null. */
export function cleanSql(text: string): string {
  return `CASE WHEN ${text} NOT IN ('', 'NULL', 'null') THEN ${text} END`;
}

/** The first of the columns that is not null; null when the files have none of them. */
export function columnOf({ header }: HeaderGroup, names: readonly FocusColumn[]): string | null {
  const found = names.filter((name) => header.positions.has(name)).map((name) => `c${header.positions.get(name)}`);
  return found.length > 1 ? `coalesce(${found.join(", ")})` : (found[0] ?? null);
}
