import { type ChargeCategory, chargeCategories } from "../../core/ledger/charge.ts";
import { isDay } from "../../core/day.ts";
import { parseDecimal } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import { type CsvRow, scanCsv } from "./csv.ts";
import type { SourceFile } from "./files.ts";
import type { FocusColumn, Header, HeaderGroup } from "./header.ts";
import { longestDays, wideLimits } from "./sql.ts";

/** What is wrong with a row, and what to do about it. */
interface Fault {
  readonly message: string;
  readonly remedy: string;
}

/** The first currency of the source and where it stands. */
interface FirstCurrency {
  readonly currency: string;
  readonly file: string;
  readonly line: number;
}

const timePattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;
const nullTexts = new Set(["", "NULL", "null"]);

/**
 * Goes through the files once more, row by row, to the first row that cannot be counted. It is only called when the engine found that
 * there is one: this pass is ten times slower.
 */
export async function locateFault(groups: readonly HeaderGroup[]): Promise<Problem | null> {
  const files = groups.flatMap(({ header, files }) => files.map((file) => ({ header, file })));
  let first: FirstCurrency | null = null;
  for (const { header, file } of files.toSorted((a, b) => (a.file.name < b.file.name ? -1 : 1))) {
    let isHeader = true;
    const problem = await scanCsv(file, (row) => {
      if (isHeader) {
        isHeader = false;
        return null;
      }
      const cell = cellsOf(row, header);
      const currency = cell("BillingCurrency")?.toUpperCase();
      const fault = rowFault(row, header, cell) ?? currencyFault(currency, first, file, row);
      if (currency !== undefined) first ??= { currency, file: file.name, line: row.line };
      return fault && new Problem(fault.message, { remedy: fault.remedy, place: { file: file.name, line: row.line } });
    });
    if (problem !== null) return problem;
  }
  return null;
}

/** The value of a column in a row; undefined when the column is missing or the value is null. */
type Cells = (column: FocusColumn) => string | undefined;

function cellsOf(row: CsvRow, header: Header): Cells {
  return (column) => {
    const text = row.fields[header.positions.get(column) ?? -1];
    return text === undefined || nullTexts.has(text) ? undefined : text;
  };
}

const shown = (text: string | undefined) =>
  text === undefined ? "empty" : JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
const correctIt = "Correct it where the file is made, or in the file; nothing of this source was read.";

function rowFault(row: CsvRow, header: Header, cell: Cells): Fault | null {
  if (row.brokenQuotes)
    return {
      message: "A double quote in this row is misplaced or never closed.",
      remedy: `Double the quotes inside quoted values. ${correctIt}`,
    };
  if (row.fields.length !== header.width) {
    return {
      message: `The row has ${row.fields.length} values, but the header names ${header.width} columns.`,
      remedy: `Put values that hold a comma or a line break in double quotes. ${correctIt}`,
    };
  }
  const has = (column: FocusColumn) => header.positions.has(column);
  return (
    timeFault("ChargePeriodStart", cell("ChargePeriodStart")) ??
    (has("ChargePeriodEnd") ? (timeFault("ChargePeriodEnd", cell("ChargePeriodEnd")) ?? spanFault(cell)) : null) ??
    (cell("BillingPeriodStart") === undefined ? null : timeFault("BillingPeriodStart", cell("BillingPeriodStart"))) ??
    categoryFault(cell("ChargeCategory")) ??
    (cell("BillingCurrency") === undefined
      ? { message: "BillingCurrency is empty, expected a code such as USD.", remedy: correctIt }
      : null) ??
    (has("BilledCost") ? amountFault("BilledCost", cell("BilledCost")) : null) ??
    (has("EffectiveCost") ? amountFault("EffectiveCost", cell("EffectiveCost")) : null)
  );
}

/** Milliseconds of an ISO time, UTC unless it says otherwise; null for any other text. */
function timeOf(text: string | undefined): number | null {
  const [, day, clock = "00:00:00", zone = "Z"] = timePattern.exec(text ?? "") ?? [];
  if (day === undefined || !isDay(day)) return null;
  const [, hours, minutes = "00"] = /^([+-]\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  const time = Date.parse(`${day}T${clock}${hours === undefined ? "Z" : `${hours}:${minutes}`}`);
  return Number.isNaN(time) ? null : time;
}

function timeFault(column: FocusColumn, text: string | undefined): Fault | null {
  if (timeOf(text) !== null) return null;
  const ambiguous = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}/.test(text ?? "") ? " (ambiguous: month or day first?)" : "";
  return {
    message: `${column} is ${shown(text)}${ambiguous}, expected an ISO time such as 2026-11-16T00:00:00Z.`,
    remedy: `Export dates as YYYY-MM-DD, with or without a time in UTC. ${correctIt}`,
  };
}

function spanFault(cell: Cells): Fault | null {
  const [start, end] = [timeOf(cell("ChargePeriodStart")), timeOf(cell("ChargePeriodEnd"))];
  if (start === null || end === null) return null;
  const texts = `ChargePeriodEnd ${shown(cell("ChargePeriodEnd"))}`;
  if (end < start)
    return {
      message: `${texts} is before ChargePeriodStart ${shown(cell("ChargePeriodStart"))}; expected a later time.`,
      remedy: correctIt,
    };
  if (end - start <= longestDays * 86_400_000) return null;
  return {
    message: `${texts} is more than ten years after ChargePeriodStart ${shown(cell("ChargePeriodStart"))}; expected the end of the charge.`,
    remedy: correctIt,
  };
}

const categories = new Map(chargeCategories.map((category) => [category.toLowerCase(), category]));

/** The category that a text names, whatever its casing. */
export function categoryOf(text: string | null | undefined): ChargeCategory | undefined {
  return categories.get(text?.toLowerCase() ?? "");
}

function categoryFault(text: string | undefined): Fault | null {
  if (categoryOf(text) !== undefined) return null;
  return { message: `ChargeCategory is ${shown(text)}, expected one of ${chargeCategories.join(", ")}.`, remedy: correctIt };
}

function amountFault(column: FocusColumn, text: string | undefined): Fault | null {
  const amount = text === undefined ? null : parseDecimal(text.trim());
  if (amount === null) {
    return {
      message: `${column} is ${shown(text)}, expected a plain decimal number such as 1234.56.`,
      remedy: `Export amounts without currency signs and thousands separators, with a decimal point; 0 where there is no cost. ${correctIt}`,
    };
  }
  const whole = (amount.units < 0n ? -amount.units : amount.units) / 10n ** BigInt(amount.scale);
  if (whole < 10n ** BigInt(wideLimits.whole)) return null;
  return {
    message: `${column} is ${shown(text)}, expected less than ${wideLimits.whole + 1} digits before the decimal point.`,
    remedy: correctIt,
  };
}

function currencyFault(currency: string | undefined, first: FirstCurrency | null, file: SourceFile, row: CsvRow): Fault | null {
  if (currency === undefined || first === null || first.currency === currency) return null;
  return {
    message: `BillingCurrency is ${shown(currency)} at ${file.name}:${row.line}, but ${shown(first.currency)} at ${first.file}:${first.line}; expected one currency.`,
    remedy: "Amounts of different currencies are never added: export each currency to files of its own and keep one of them here.",
  };
}
