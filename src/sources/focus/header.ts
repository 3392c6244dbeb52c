import { Problem } from "../../core/problem.ts";
import { scanCsv } from "./csv.ts";
import type { SourceFile } from "./files.ts";

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

/** What the first line of a file says: where each column that is read stands, and how many columns there are. */
export interface Header {
  readonly width: number;
  readonly positions: ReadonlyMap<FocusColumn, number>;
}

/** Files with the same header; they are read together. */
export interface HeaderGroup {
  readonly header: Header;
  readonly files: readonly SourceFile[];
}

/** `BilledCost`, `billed_cost` and `BILLED_COST` are one column. Source: warehouses write names in snake case or upper case. */
const plainName = (name: string) => name.trim().toLowerCase().replaceAll("_", "");
const columnsByName = new Map(focusColumns.map((column) => [plainName(column), column]));

const required: readonly (readonly FocusColumn[])[] = [
  ["ChargePeriodStart"],
  ["ChargeCategory"],
  ["ServiceName"],
  ["BillingCurrency"],
  ["ServiceProviderName", "ProviderName"],
  ["BilledCost", "EffectiveCost"],
];

/**
 * Reads the header of each file and groups the files by it, in the order in which the headers first come.
 * @throws Problem for a file that is empty or unreadable, that lacks a required column, or that has one twice.
 */
export async function groupByHeader(files: readonly SourceFile[]): Promise<HeaderGroup[]> {
  const groups = new Map<string, { header: Header; files: SourceFile[] }>();
  for (const file of files) {
    const names = await scanCsv(file, (row) => row.fields);
    if (names === null) throw emptyFile(file);
    const key = JSON.stringify(names.map(plainName));
    const group = groups.get(key);
    if (group !== undefined) group.files.push(file);
    else groups.set(key, { header: headerOf(names, file), files: [file] });
  }
  return [...groups.values()];
}

function emptyFile(file: SourceFile): Problem {
  return new Problem(`${file.name} is empty; expected a header line with FOCUS column names.`, {
    remedy: "Export the file again, or take it out of path.",
    place: { file: file.name, line: 1 },
  });
}

function headerOf(names: readonly string[], file: SourceFile): Header {
  const positions = new Map<FocusColumn, number>();
  for (const [index, name] of names.entries()) {
    const column = columnsByName.get(plainName(name));
    if (column === undefined) continue;
    if (positions.has(column)) {
      throw new Problem(`${file.name} has the column ${column} twice, as column ${(positions.get(column) ?? 0) + 1} and ${index + 1}.`, {
        remedy: "Leave one of them in the export.",
        place: { file: file.name, line: 1 },
      });
    }
    positions.set(column, index);
  }
  const missing = required.filter((choices) => !choices.some((column) => positions.has(column)));
  if (missing.length > 0) throw missingColumns(file, missing, names);
  return { width: names.length, positions };
}

function missingColumns(file: SourceFile, missing: readonly (readonly FocusColumn[])[], names: readonly string[]): Problem {
  const list = missing.map((choices) => choices.join(" or ")).join(", ");
  const separator =
    names.length === 1 && /[;\t|]/.test(names[0] ?? "") ? " The first line holds no comma: save the file with commas between columns." : "";
  return new Problem(`${file.name} lacks the column${missing.length === 1 ? "" : "s"} ${list}.`, {
    remedy: `Export the data in FOCUS format with ${missing.length === 1 ? "this column" : "these columns"}, or use the source type csv, which maps columns.${separator}`,
    place: { file: file.name, line: 1 },
  });
}
