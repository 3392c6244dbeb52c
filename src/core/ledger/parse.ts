import { type Charge, chargeCategories, chargeFrequencies } from "./charge.ts";
import { type LedgerColumn, ledgerColumns, listColumn } from "./columns.ts";
import { isDay } from "../day.ts";
import { type DayKey, type LedgerFile, dayKey } from "./ledger.ts";
import { parseMicros } from "../money.ts";
import { type Place, Problem } from "../problem.ts";
import { type LedgerRow, ledgerRows } from "./rows.ts";
import { csvCellText } from "../text.ts";

const positions = Object.fromEntries(ledgerColumns.map((column, index) => [column, index])) as Record<LedgerColumn, number>;

/** True for a row that says of a day that it was delivered empty: costs 0, all else but day and source empty. */
function isEmptyDay(row: readonly string[]): boolean {
  const kept: readonly string[] = ["ChargePeriodStart", "x_Source", "BilledCost", "EffectiveCost"];
  const amounts = ["BilledCost", "EffectiveCost"] as const;
  const free = amounts.every((column) => parseMicros(row[ledgerColumns.indexOf(column)] ?? "") === 0n);
  return free && ledgerColumns.every((column, index) => kept.includes(column) || row[index] === "");
}

const remedy = "restore the file from git: ledger files are written by overpace only";

/** Reads a ledger file. `names` gives the present name of a source that was renamed. @throws Problem with file and line. */
export function parseLedger(name: string, text: string, file: string, names: ReadonlyMap<string, string>): LedgerFile {
  const [header, ...rows] = ledgerRows(text.replace(/^\uFEFF/, ""));
  const width = header?.cells?.length ?? 0;
  if (header?.cells?.join(",") !== [...ledgerColumns, listColumn].slice(0, Math.max(width, ledgerColumns.length)).join(","))
    throw new Problem("not a ledger file: its first line does not name the ledger's columns", { remedy, place: { file, line: 1 } });
  const days = new Map<DayKey, Charge[]>();
  const known = knownTexts();
  for (const row of rows) {
    const parsed = parseRow(row, width, known, file);
    const source = names.get(parsed.source) ?? parsed.source;
    const key = dayKey(source, parsed.day);
    const list = days.get(key) ?? [];
    if (parsed.charge) list.push({ ...parsed.charge, source });
    days.set(key, list);
  }
  return { name, days };
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

/** Texts that came from outside. */
function namesOf(cell: (column: LedgerColumn) => string) {
  return {
    provider: csvCellText(cell("ServiceProviderName")),
    service: csvCellText(cell("ServiceName")),
    model: csvCellText(cell("x_Model")),
    account: csvCellText(cell("x_Account")),
    project: csvCellText(cell("x_Project")),
    apiKey: csvCellText(cell("x_ApiKey")),
  };
}

/** What an attribution source computed; nothing for money. */
function listOf(text: string, place: Place): Pick<Charge, "list"> {
  if (text === "") return {};
  const list = parseMicros(text);
  if (list !== null) return { list };
  throw new Problem(`${listColumn} "${text}" is not a ledger value`, { remedy, place: { ...place, column: ledgerColumns.length + 1 } });
}

interface ParsedRow {
  readonly day: string;
  readonly source: string;
  readonly charge: Charge | null;
}

function parseRow(
  { line, cells: row }: LedgerRow,
  width: number,
  { isDay, isTags }: ReturnType<typeof knownTexts>,
  file: string,
): ParsedRow {
  const place = { file, line };
  if (row === null) throw new Problem("not a ledger row: a quote in it is misplaced or never closed", { remedy, place });
  if (row.length !== width) throw new Problem(`not a ledger row: it has ${row.length} cells instead of ${width}`, { remedy, place });
  const cell = (column: LedgerColumn) => row[positions[column]] ?? "";
  const refuse = (column: LedgerColumn): never => {
    throw new Problem(`${column} "${cell(column)}" is not a ledger value`, {
      remedy,
      place: { ...place, column: positions[column] + 1 },
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
    category: oneOf("ChargeCategory", chargeCategories),
    correction: oneOf("ChargeClass", ["", "Correction"]) === "Correction",
    frequency: frequency === "" ? null : frequency,
    currency: cell("BillingCurrency") || refuse("BillingCurrency"),
    billed: money("BilledCost"),
    effective: money("EffectiveCost"),
    ...namesOf(cell),
    tags: isTags(cell("Tags")) ? cell("Tags") : refuse("Tags"),
    requests: count("x_Requests"),
    inputTokens: count("x_InputTokens"),
    cacheReadTokens: count("x_CacheReadTokens"),
    cacheWriteTokens: count("x_CacheWriteTokens"),
    outputTokens: count("x_OutputTokens"),
    source,
    estimated: oneOf("x_Estimated", ["", "true"]) === "true",
    ...listOf(row[ledgerColumns.length] ?? "", place),
  };
  return { day, source, charge };
}
