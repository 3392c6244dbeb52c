import Papa from "papaparse";
import { type Charge, type ChargeFrequency, chargeCategories, chargeFrequencies } from "./charge.ts";
import { isDay } from "./day.ts";
import { compareCharges } from "./delivery.ts";
import { fold } from "./ledger-fold.ts";
import { type DayKey, type Days, type LedgerFile, dayKey, splitDayKey } from "./ledger.ts";
import { microsText, parseMicros } from "./money.ts";
import { Problem } from "./problem.ts";
import { csvCell, csvCellText } from "./text.ts";

/** The columns of a ledger file, in order: FOCUS 1.4 names, own ones with `x_`. */
export const ledgerColumns = [
  "ChargePeriodStart", "BillingPeriodStart", "ServiceProviderName", "ServiceName", "ChargeCategory", "ChargeClass", "ChargeFrequency",
  "BillingCurrency", "BilledCost", "EffectiveCost", "x_Model", "x_Account", "x_Project", "x_ApiKey", "Tags", "x_Requests", "x_InputTokens",
  "x_CacheReadTokens", "x_CacheWriteTokens", "x_OutputTokens", "x_Source", "x_Estimated",
] as const;

/** More rows than this in one file are folded. */
export const mostLedgerRows = 50_000;

const countText = (count: number | null) => (count === null ? "" : String(count));

function cells(charge: Charge): string[] {
  return [
    charge.day, charge.billingPeriod, csvCell(charge.provider), csvCell(charge.service), charge.category, charge.correction ? "Correction" : "",
    charge.frequency ?? "", charge.currency, microsText(charge.billed), microsText(charge.effective), csvCell(charge.model), csvCell(charge.account),
    csvCell(charge.project), csvCell(charge.apiKey), charge.tags, countText(charge.requests), countText(charge.inputTokens),
    countText(charge.cacheReadTokens), countText(charge.cacheWriteTokens), countText(charge.outputTokens), csvCell(charge.source),
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

/** The text of a ledger file: rows sorted, LF, the same days give the same bytes. */
export function printLedger(days: Days): string {
  const charges = [...fold([...days.values()].flat(), mostLedgerRows)].sort(compareCharges).map(cells);
  const empty = [...days].filter(([, list]) => list.length === 0).map(([key]) => emptyDayCells(key));
  const rows = [...charges, ...empty].map((row, index) => ({ row, index }));
  rows.sort((a, b) => ((a.row[0] ?? "") === (b.row[0] ?? "") ? a.index - b.index : (a.row[0] ?? "") < (b.row[0] ?? "") ? -1 : 1));
  return `${Papa.unparse({ fields: [...ledgerColumns], data: rows.map(({ row }) => row) }, { newline: "\n" })}\n`;
}

const remedy = "restore the file from git: ledger files are written by overpace only";

/** Reads a ledger file. `names` gives the present name of a source that was renamed. @throws Problem with file and line. */
export function parseLedger(name: string, text: string, file: string, names: ReadonlyMap<string, string>): LedgerFile {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: ",", skipEmptyLines: true });
  const [header, ...rows] = data;
  const fault = errors[0];
  if (fault) throw new Problem(`not a ledger file: ${fault.message}`, { remedy, place: { file, line: (fault.row ?? 0) + 1 } });
  if (header?.join(",").replace(/^\uFEFF/, "") !== ledgerColumns.join(","))
    throw new Problem("not a ledger file: its first line does not name the ledger's columns", { remedy, place: { file, line: 1 } });
  const days = new Map<DayKey, Charge[]>();
  rows.forEach((row, index) => {
    const parsed = parseRow(row, { file, line: index + 2 });
    const source = names.get(parsed.source) ?? parsed.source;
    const key = dayKey(source, parsed.day);
    const list = days.get(key) ?? [];
    if (parsed.charge) list.push({ ...parsed.charge, source });
    days.set(key, list);
  });
  return { name, days };
}

interface ParsedRow {
  readonly day: string;
  readonly source: string;
  readonly charge: Charge | null;
}

function parseRow(row: readonly string[], place: { file: string; line: number }): ParsedRow {
  const cell = (column: (typeof ledgerColumns)[number]) => row[ledgerColumns.indexOf(column)] ?? "";
  const refuse = (column: (typeof ledgerColumns)[number]): never => {
    throw new Problem(`${column} "${cell(column)}" is not a ledger value`, { remedy, place: { ...place, column: ledgerColumns.indexOf(column) + 1 } });
  };
  const money = (column: "BilledCost" | "EffectiveCost") => parseMicros(cell(column)) ?? refuse(column);
  const count = (column: (typeof ledgerColumns)[number]) => {
    if (cell(column) === "") return null;
    return Number.isSafeInteger(Number(cell(column))) ? Number(cell(column)) : refuse(column);
  };
  const day = isDay(cell("ChargePeriodStart")) ? cell("ChargePeriodStart") : refuse("ChargePeriodStart");
  const source = csvCellText(cell("x_Source")) || refuse("x_Source");
  if (cell("ChargeCategory") === "") return { day, source, charge: null };
  const frequency = cell("ChargeFrequency");
  const charge: Charge = {
    day,
    billingPeriod: isDay(cell("BillingPeriodStart")) ? cell("BillingPeriodStart") : refuse("BillingPeriodStart"),
    provider: csvCellText(cell("ServiceProviderName")),
    service: csvCellText(cell("ServiceName")),
    category: chargeCategories.find((name) => name === cell("ChargeCategory")) ?? refuse("ChargeCategory"),
    correction: cell("ChargeClass") === "Correction",
    frequency: frequency === "" ? null : (chargeFrequencies.find((name): name is ChargeFrequency => name === frequency) ?? refuse("ChargeFrequency")),
    currency: cell("BillingCurrency") || refuse("BillingCurrency"),
    billed: money("BilledCost"),
    effective: money("EffectiveCost"),
    model: csvCellText(cell("x_Model")),
    account: csvCellText(cell("x_Account")),
    project: csvCellText(cell("x_Project")),
    apiKey: csvCellText(cell("x_ApiKey")),
    tags: cell("Tags"),
    requests: count("x_Requests"),
    inputTokens: count("x_InputTokens"),
    cacheReadTokens: count("x_CacheReadTokens"),
    cacheWriteTokens: count("x_CacheWriteTokens"),
    outputTokens: count("x_OutputTokens"),
    source,
    estimated: cell("x_Estimated") === "true",
  };
  return { day, source, charge };
}
