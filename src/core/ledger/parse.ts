import { isDay } from "../day.ts";
import { parseMicros } from "../money.ts";
import { type Place, Problem } from "../problem.ts";
import { remembering } from "../remember.ts";
import { csvCellText } from "../text.ts";
import { type Charge, chargeCategories, chargeFrequencies, type Ids } from "./charge.ts";
import { type FurtherColumn, furtherColumns, type LedgerColumn, ledgerColumns } from "./columns.ts";
import { type DayKey, type LedgerFile, dayKey } from "./ledger.ts";
import { type LedgerRow, ledgerRows } from "./rows.ts";

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
  const further = furtherColumns.filter((column) => header?.cells?.includes(column));
  if (header?.cells?.join(",") !== [...ledgerColumns, ...further].join(","))
    throw new Problem("not a ledger file: its first line does not name the ledger's columns", { remedy, place: { file, line: 1 } });
  const days = new Map<DayKey, Charge[]>();
  const known = knownTexts();
  for (const row of rows) {
    const { day, source, charge } = parseRow(row, { width, further, known, names, file });
    const key = dayKey(source, day);
    const list = days.get(key) ?? [];
    if (charge) list.push(charge);
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

/** The rows of a file repeat their days and tags. */
function knownTexts() {
  return { isDay: remembering(isDay), isTags: remembering(isTags) };
}

interface ParsedRow {
  readonly day: string;
  readonly source: string;
  readonly charge: Charge | null;
}

/** How the rows of a file are read. */
interface Reading {
  readonly width: number;
  readonly further: readonly FurtherColumn[];
  readonly known: ReturnType<typeof knownTexts>;
  readonly names: ReadonlyMap<string, string>;
  readonly file: string;
}

const countPattern = /^-?\d{1,16}$/;
const classes = ["", "Correction"] as const;
const frequencies = ["", ...chargeFrequencies] as const;
const marks = ["", "true"] as const;

/** The values of one row by column; what is none is refused with its place. */
function cellsOf(row: readonly string[], place: Place) {
  const cell = (column: LedgerColumn) => row[positions[column]] ?? "";
  const refuse = (column: LedgerColumn): never => {
    const text = cell(column);
    throw new Problem(`${column} "${text}" is not a ledger value`, { remedy, place: { ...place, column: positions[column] + 1 } });
  };
  return {
    text: cell,
    name: (column: LedgerColumn) => csvCellText(cell(column)),
    needed: (column: LedgerColumn) => cell(column) || refuse(column),
    accepted: (column: LedgerColumn, isGood: (text: string) => boolean) => (isGood(cell(column)) ? cell(column) : refuse(column)),
    oneOf: <T extends string>(column: LedgerColumn, values: readonly T[]): T => {
      const text = cell(column);
      return values.find((value) => value === text) ?? refuse(column);
    },
    money: (column: LedgerColumn) => parseMicros(cell(column)) ?? refuse(column),
    count: (column: LedgerColumn) => {
      const text = cell(column);
      if (text === "") return null;
      return countPattern.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : refuse(column);
    },
  };
}

type Further = Pick<Charge, "list" | keyof Ids>;

/** What one cell of a further column says. */
function furtherPart(column: FurtherColumn, text: string, place: Place): Further {
  if (column === "x_AccountId") return { accountId: csvCellText(text) };
  if (column === "x_ProjectId") return { projectId: csvCellText(text) };
  if (column === "x_ApiKeyId") return { apiKeyId: csvCellText(text) };
  const list = parseMicros(text);
  if (list !== null) return { list };
  throw new Problem(`${column} "${text}" is not a ledger value`, { remedy, place });
}

/** What the further columns of a row say; nothing where they are empty. */
function furtherOf(row: readonly string[], columns: readonly FurtherColumn[], place: Place): Further {
  let further: Further = {};
  for (const [index, column] of columns.entries()) {
    const at = ledgerColumns.length + index;
    if (row[at] !== "") further = { ...further, ...furtherPart(column, row[at] ?? "", { ...place, column: at + 1 }) };
  }
  return further;
}

function parseRow({ line, cells: row }: LedgerRow, { width, further, known, names, file }: Reading): ParsedRow {
  const place = { file, line };
  if (row === null) throw new Problem("not a ledger row: a quote in it is misplaced or never closed", { remedy, place });
  if (row.length !== width) throw new Problem(`not a ledger row: it has ${row.length} cells instead of ${width}`, { remedy, place });
  const { text, name, needed, accepted, oneOf, money, count } = cellsOf(row, place);
  const day = accepted("ChargePeriodStart", known.isDay);
  const stated = csvCellText(needed("x_Source"));
  const source = names.get(stated) ?? stated;
  if (text("ChargeCategory") === "" && isEmptyDay(row)) return { day, source, charge: null };
  const charge: Charge = {
    day,
    billingPeriod: accepted("BillingPeriodStart", known.isDay),
    provider: name("ServiceProviderName"),
    service: name("ServiceName"),
    category: oneOf("ChargeCategory", chargeCategories),
    correction: oneOf("ChargeClass", classes) === "Correction",
    frequency: oneOf("ChargeFrequency", frequencies) || null,
    currency: needed("BillingCurrency"),
    billed: money("BilledCost"),
    effective: money("EffectiveCost"),
    model: name("x_Model"),
    account: name("x_Account"),
    project: name("x_Project"),
    apiKey: name("x_ApiKey"),
    tags: accepted("Tags", known.isTags),
    requests: count("x_Requests"),
    inputTokens: count("x_InputTokens"),
    cacheReadTokens: count("x_CacheReadTokens"),
    cacheWriteTokens: count("x_CacheWriteTokens"),
    outputTokens: count("x_OutputTokens"),
    source,
    estimated: oneOf("x_Estimated", marks) === "true",
  };
  return { day, source, charge: further.length === 0 ? charge : { ...charge, ...furtherOf(row, further, place) } };
}
