import { Problem } from "../../../core/problem.ts";
import type { Query } from "../../engine/duckdb.ts";
import { parquetSql } from "../../engine/literal.ts";
import { headerNames, unreadable } from "./csv.ts";
import { isParquet, type SourceFile } from "./source-file.ts";

/** The columns that are read, by their FOCUS 1.4 names; every other column is passed over. */
export const focusColumns = [
  "BilledCost",
  "EffectiveCost",
  "BillingCurrency",
  "BillingPeriodStart",
  "ChargePeriodStart",
  "ChargePeriodEnd",
  "ChargeCategory",
  "ChargeClass",
  "ChargeFrequency",
  "ServiceProviderName",
  "ProviderName",
  "ServiceName",
  "SubAccountId",
  "SkuMeter",
  "SkuPriceDetails",
  "ConsumedQuantity",
  "ConsumedUnit",
  "CommitmentDiscountId",
  "Tags",
  "x_Model",
  "x_Project",
  "x_ApiKey",
  "x_Estimated",
  "x_TokenType",
  "x_Requests",
  "x_RequestCount",
  "x_InputTokens",
  "x_CacheReadTokens",
  "x_CacheWriteTokens",
  "x_OutputTokens",
] as const;
export type FocusColumn = (typeof focusColumns)[number];

/** A column of a Parquet file: its name and the engine's type of it. */
export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

/** What a file says of its columns: where each that is read stands, and the plain names of all. */
export interface Header {
  readonly names: readonly string[];
  readonly positions: ReadonlyMap<FocusColumn, number>;
  /** The columns of a Parquet file; absent for CSV, where every value is text. */
  readonly parquet?: readonly TypedColumn[];
}

/** Files with the same header; they are read together. */
export interface HeaderGroup {
  readonly header: Header;
  readonly files: readonly SourceFile[];
}

/** `BilledCost`, `billed_cost` and `BILLED_COST` are one column. Source: warehouses write names in snake case or upper case. */
export const plainName = (name: string) => name.trim().toLowerCase().replaceAll("_", "");
/** What columns were called in 1.0-preview. */
const formerNames: readonly (readonly [string, FocusColumn])[] = [
  ["usagequantity", "ConsumedQuantity"],
  ["usageunit", "ConsumedUnit"],
];
const columnsByName = new Map(focusColumns.map((column) => [plainName(column), column]));

const required: readonly (readonly FocusColumn[])[] = [
  ["ChargePeriodStart"],
  ["ChargeCategory"],
  ["BillingCurrency"],
  ["BilledCost", "EffectiveCost"],
];

/**
 * Reads the header of each file and groups the files by it, in the order in which the headers first come.
 * @throws Problem for a file that is empty or unreadable, that lacks a required column, or that has one twice.
 */
export async function groupByHeader(query: Query, files: readonly SourceFile[]): Promise<HeaderGroup[]> {
  const groups = new Map<string, { header: Header; files: SourceFile[] }>();
  for (const file of files) {
    const parquet = isParquet(file) ? await columnsOfParquet(query, file) : undefined;
    const names = parquet === undefined ? await headerNames(file) : parquet.map((column) => column.name);
    if (names === null) throw emptyFile(file);
    const key = JSON.stringify([names.map(plainName), parquet]);
    const group = groups.get(key);
    if (group !== undefined) group.files.push(file);
    else groups.set(key, { header: headerOf(names, file, parquet), files: [file] });
  }
  return [...groups.values()];
}

async function columnsOfParquet(query: Query, file: SourceFile): Promise<TypedColumn[]> {
  try {
    const rows = await query(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${parquetSql([file])})`);
    return rows.map(([name, type]) => ({ name: name ?? "", type: type ?? "" }));
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function emptyFile(file: SourceFile): Problem {
  return new Problem(`${file.name} is empty; expected a header line with FOCUS column names.`, {
    remedy: "Export the file again, or take it out of path.",
    place: { file: file.name, line: 1 },
  });
}

function headerOf(names: readonly string[], file: SourceFile, parquet: readonly TypedColumn[] | undefined): Header {
  const positions = new Map<FocusColumn, number>();
  for (const [index, name] of names.entries()) {
    const column = columnsByName.get(plainName(name));
    if (column === undefined) continue;
    if (positions.has(column)) {
      throw new Problem(`${file.name} has the column ${column} twice, as column ${(positions.get(column) ?? 0) + 1} and ${index + 1}.`, {
        remedy: "Leave one of them in the export.",
        place: placeOf(file),
      });
    }
    positions.set(column, index);
  }
  for (const [former, column] of formerNames) {
    const index = names.findIndex((name) => plainName(name) === former);
    if (index >= 0 && !positions.has(column)) positions.set(column, index);
  }
  const missing = required.filter((choices) => !choices.some((column) => positions.has(column)));
  if (missing.length > 0) throw missingColumns(file, missing, names);
  return { names: names.map(plainName), positions, ...(parquet === undefined ? {} : { parquet }) };
}

/** The header: the first line of a CSV file, all of a Parquet file. */
const placeOf = (file: SourceFile) => (isParquet(file) ? { file: file.name } : { file: file.name, line: 1 });

function missingColumns(file: SourceFile, missing: readonly (readonly FocusColumn[])[], names: readonly string[]): Problem {
  const list = missing.map((choices) => choices.join(" or ")).join(", ");
  const separator =
    names.length === 1 && /[;\t|]/.test(names[0] ?? "") ? " The first line holds no comma: save the file with commas between columns." : "";
  return new Problem(`${file.name} lacks the column${missing.length === 1 ? "" : "s"} ${list}.`, {
    remedy: `Export the data in FOCUS format with ${missing.length === 1 ? "this column" : "these columns"}, or use the source type csv, which maps columns.${separator}`,
    place: placeOf(file),
  });
}
