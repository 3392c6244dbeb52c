import Papa from "papaparse";
import { type Charge, chargeCategories, chargeFrequencies } from "./charge.ts";
import { isDay } from "../day.ts";
import { compareCharges } from "./delivery.ts";
import { type DayKey, type Days, type LedgerFile, dayKey, splitDayKey } from "./ledger.ts";
import { microsText, parseMicros } from "../money.ts";
import { type Place, Problem } from "../problem.ts";
import { csvCell, csvCellText } from "../text.ts";

/** The columns of a ledger file, in order: FOCUS 1.4 names, own ones with `x_`. */
export const ledgerColumns = [
  "ChargePeriodStart",
  "BillingPeriodStart",
  "ServiceProviderName",
  "ServiceName",
  "ChargeCategory",
  "ChargeClass",
  "ChargeFrequency",
  "BillingCurrency",
  "BilledCost",
  "EffectiveCost",
  "x_Model",
  "x_Account",
  "x_Project",
  "x_ApiKey",
  "Tags",
  "x_Requests",
  "x_InputTokens",
  "x_CacheReadTokens",
  "x_CacheWriteTokens",
  "x_OutputTokens",
  "x_Source",
  "x_Estimated",
] as const;

type LedgerColumn = (typeof ledgerColumns)[number];

const positions = Object.fromEntries(ledgerColumns.map((column, index) => [column, index])) as Record<LedgerColumn, number>;

const countText = (count: number | null) => (count === null ? "" : String(count));

function cells(charge: Charge): string[] {
  return [
    charge.day,
    charge.billingPeriod,
    csvCell(charge.provider),
    csvCell(charge.service),
    charge.category,
    charge.correction ? "Correction" : "",
    charge.frequency ?? "",
    charge.currency,
    microsText(charge.billed),
    microsText(charge.effective),
    csvCell(charge.model),
    csvCell(charge.account),
    csvCell(charge.project),
    csvCell(charge.apiKey),
    charge.tags,
    countText(charge.requests),
    countText(charge.inputTokens),
    countText(charge.cacheReadTokens),
    countText(charge.cacheWriteTokens),
    countText(charge.outputTokens),
    csvCell(charge.source),
    charge.estimated ? "true" : "",
  ];
}

/** A day that was delivered empty: costs 0, all else but day and source empty. */
function emptyDayCells(key: DayKey): string[] {
  const { day, source } = splitDayKey(key);
  return ledgerColumns.map((column) => {
    if (column === "ChargePeriodStart") return day;
    if (column === "x_Source") return csvCell(source);
    return column === "BilledCost" || column === "EffectiveCost" ? "0" : "";
  });
}

/** True for a row as `emptyDayCells` makes it. */
function isEmptyDay(row: readonly string[]): boolean {
  const kept: readonly string[] = ["ChargePeriodStart", "x_Source", "BilledCost", "EffectiveCost"];
  const amounts = ["BilledCost", "EffectiveCost"] as const;
  const free = amounts.every((column) => parseMicros(row[ledgerColumns.indexOf(column)] ?? "") === 0n);
  return free && ledgerColumns.every((column, index) => kept.includes(column) || row[index] === "");
}

/** The text of a ledger file (`foldDays` first): rows sorted, LF, the same days give the same bytes. */
export function printLedger(days: Days): string {
  const charges = [...days.values()].flat().sort(compareCharges).map(cells);
  const emptyKeys = [...days].filter(([, list]) => list.length === 0).map(([key]) => key);
  const empty = emptyKeys.sort().map(emptyDayCells);
  const rows = [...charges, ...empty].map((row, index) => ({ row, index }));
  rows.sort((a, b) => ((a.row[0] ?? "") === (b.row[0] ?? "") ? a.index - b.index : (a.row[0] ?? "") < (b.row[0] ?? "") ? -1 : 1));
  return `${Papa.unparse({ fields: [...ledgerColumns], data: rows.map(({ row }) => row) }, { newline: "\n" })}\n`;
}

const remedy = "restore the file from git: ledger files are written by overpace only";

/** Reads a ledger file. `names` gives the present name of a source that was renamed. @throws Problem with file and line. */
export function parseLedger(name: string, text: string, file: string, names: ReadonlyMap<string, string>): LedgerFile {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ",", ...(text.includes("\r") ? {} : { newline: "\n" as const }) });
  const [header, ...rows] = data;
  const fault = errors[0];
  if (fault) throw new Problem(`not a ledger file: ${fault.message}`, { remedy, place: { file, line: (fault.row ?? 0) + 1 } });
  if (header?.join(",").replace(/^\uFEFF/, "") !== ledgerColumns.join(","))
    throw new Problem("not a ledger file: its first line does not name the ledger's columns", { remedy, place: { file, line: 1 } });
  const days = new Map<DayKey, Charge[]>();
  const known = knownTexts();
  for (const [index, row] of rows.entries()) {
    if (row.length === 1 && row[0] === "") continue;
    const parsed = parseRow(row, known, () => ({
      file,
      line: data.slice(0, index + 1).reduce((line, before) => line + linesOf(before), 1),
    }));
    const source = names.get(parsed.source) ?? parsed.source;
    const key = dayKey(source, parsed.day);
    const list = days.get(key) ?? [];
    if (parsed.charge) list.push({ ...parsed.charge, source });
    days.set(key, list);
  }
  return { name, days };
}

/** How many lines a row takes: text in quotes may hold line breaks. */
function linesOf(row: readonly string[]): number {
  return row.reduce((count, cell) => (/[\r\n]/.test(cell) ? count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0) : count), 1);
}

/** True for empty text and for a JSON object of texts: what `cells` writes. */
function isTags(text: string): boolean {
  if (text === "") return true;
  try {
    const tags: unknown = JSON.parse(text);
    return (
      typeof tags === "object" && tags !== null && !Array.isArray(tags) && Object.values(tags).every((value) => typeof value === "string")
    );
  } catch {
    return false;
  }
}

/** Remembers what is said of a text: the rows of a file repeat their days and tags. */
function remembered(ask: (text: string) => boolean): (text: string) => boolean {
  const known = new Map<string, boolean>();
  return (text) => {
    const found = known.get(text) ?? ask(text);
    known.set(text, found);
    return found;
  };
}

function knownTexts() {
  return { isDay: remembered(isDay), isTags: remembered(isTags) };
}

interface ParsedRow {
  readonly day: string;
  readonly source: string;
  readonly charge: Charge | null;
}

function parseRow(row: readonly string[], { isDay, isTags }: ReturnType<typeof knownTexts>, placeOf: () => Place): ParsedRow {
  if (row.length !== ledgerColumns.length)
    throw new Problem(`not a ledger row: it has ${row.length} cells instead of ${ledgerColumns.length}`, {
      remedy,
      place: placeOf(),
    });
  const cell = (column: LedgerColumn) => row[positions[column]] ?? "";
  const refuse = (column: LedgerColumn): never => {
    throw new Problem(`${column} "${cell(column)}" is not a ledger value`, {
      remedy,
      place: { ...placeOf(), column: positions[column] + 1 },
    });
  };
  const money = (column: "BilledCost" | "EffectiveCost") => parseMicros(cell(column)) ?? refuse(column);
  const count = (column: LedgerColumn) => {
    if (cell(column) === "") return null;
    return /^-?\d{1,16}$/.test(cell(column)) && Number.isSafeInteger(Number(cell(column))) ? Number(cell(column)) : refuse(column);
  };
  const day = isDay(cell("ChargePeriodStart")) ? cell("ChargePeriodStart") : refuse("ChargePeriodStart");
  const source = csvCellText(cell("x_Source")) || refuse("x_Source");
  const oneOf = <T extends string>(column: LedgerColumn, values: readonly T[]): T =>
    values.find((value) => value === cell(column)) ?? refuse(column);
  if (cell("ChargeCategory") === "" && isEmptyDay(row)) return { day, source, charge: null };
  const frequency = oneOf("ChargeFrequency", ["", ...chargeFrequencies]);
  const charge: Charge = {
    day,
    billingPeriod: isDay(cell("BillingPeriodStart")) ? cell("BillingPeriodStart") : refuse("BillingPeriodStart"),
    provider: csvCellText(cell("ServiceProviderName")),
    service: csvCellText(cell("ServiceName")),
    category: oneOf("ChargeCategory", chargeCategories),
    correction: oneOf("ChargeClass", ["", "Correction"]) === "Correction",
    frequency: frequency === "" ? null : frequency,
    currency: cell("BillingCurrency") || refuse("BillingCurrency"),
    billed: money("BilledCost"),
    effective: money("EffectiveCost"),
    model: csvCellText(cell("x_Model")),
    account: csvCellText(cell("x_Account")),
    project: csvCellText(cell("x_Project")),
    apiKey: csvCellText(cell("x_ApiKey")),
    tags: isTags(cell("Tags")) ? cell("Tags") : refuse("Tags"),
    requests: count("x_Requests"),
    inputTokens: count("x_InputTokens"),
    cacheReadTokens: count("x_CacheReadTokens"),
    cacheWriteTokens: count("x_CacheWriteTokens"),
    outputTokens: count("x_OutputTokens"),
    source,
    estimated: oneOf("x_Estimated", ["", "true"]) === "true",
  };
  return { day, source, charge };
}
