import { isDay } from "../../../core/day.ts";
import { categoryOf, chargeCategories } from "../../../core/ledger/charge.ts";
import { parseDecimal } from "../../../core/money.ts";
import { placeText, Problem } from "../../../core/problem.ts";
import { isCurrency } from "../../currency.ts";
import type { Query } from "../../engine/duckdb.ts";
import { type CsvRow, scanCsv } from "../files/csv.ts";
import type { FocusColumn, Header, HeaderGroup } from "../files/header.ts";
import { isParquet, type SourceFile } from "../files/source-file.ts";
import { counterColumns, longestDays } from "../query/grouped.ts";
import { wideLimits } from "../query/values.ts";
import { scanParquet } from "./parquet.ts";

/** What is wrong with a row, and what to do about it. */
interface Fault {
  readonly message: string;
  readonly remedy: string;
}

/** The first currency of the source and where it stands. */
interface FirstCurrency {
  readonly currency: string;
  readonly at: string;
}

/** A day, or a time with or without seconds; a zone of hours alone, and ` UTC` as BigQuery writes it, follow seconds only. */
const timePattern =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2}|(?<=:\d{2}:[\d.]+)(?: UTC|[+-]\d{2}))?)?$/;
const numberColumns: readonly FocusColumn[] = [...Object.values(counterColumns).flat(), "ConsumedQuantity"];
const nullTexts = new Set(["", "NULL", "null"]);

/**
 * Goes through the files once more, row by row, to the first row that cannot be counted. It is only called when the engine found that
 * there is one: this pass is ten times slower.
 */
export async function locateFault(query: Query, groups: readonly HeaderGroup[]): Promise<Problem | null> {
  const files = groups.flatMap((group) => group.files.map((file) => ({ group, file })));
  let first: FirstCurrency | null = null;
  for (const { group, file } of files.toSorted((a, b) => (a.file.name < b.file.name ? -1 : 1))) {
    const problem = await scanRows(query, group, file, (row) => {
      const cell = cellsOf(row, group.header);
      const currency = cell("BillingCurrency")?.toUpperCase();
      const fault = rowFault(row, group.header, cell) ?? currencyFault(currency, first, file, row);
      if (currency !== undefined) first ??= { currency, at: placeText(placeOf(file, row)) };
      if (fault === null) return null;
      const where = isParquet(file) ? `Row ${row.line}: ` : "";
      return new Problem(`${where}${fault.message}`, { remedy: fault.remedy, place: placeOf(file, row) });
    });
    if (problem !== null) return problem;
  }
  return null;
}

const units = /token|request/i;

/**
 * The first number of tokens or requests that is none, with its place, as a sentence begins: such a number is left out, and said. Only called
 * when the engine found that there is one.
 */
export async function locateNumber(query: Query, groups: readonly HeaderGroup[]): Promise<string | null> {
  for (const group of groups) {
    const stated = numberColumns.filter((column) => group.header.positions.has(column));
    for (const file of stated.length === 0 ? [] : group.files) {
      const found = await scanRows(query, group, file, (row) => {
        const cell = cellsOf(row, group.header);
        const isCounted = (column: FocusColumn) => column !== "ConsumedQuantity" || units.test(cell("ConsumedUnit") ?? "");
        const bad = stated.find((column) => isCounted(column) && !isCount(cell(column)));
        return bad === undefined
          ? null
          : `${bad} is ${shown(cell(bad))} at ${isParquet(file) ? `${file.name}, row ${row.line}` : placeText(placeOf(file, row))}`;
      });
      if (found !== null) return found;
    }
  }
  return null;
}

/** True for what `countSql` reads. */
function isCount(text: string | undefined): boolean {
  const number = text === undefined ? null : parseDecimal(text.trim());
  return text === undefined || (number !== null && Math.abs(Number(text)) < 1e12);
}

/** The rows of a file in its format, without the header. */
function scanRows<T>(query: Query, group: HeaderGroup, file: SourceFile, visit: (row: CsvRow) => T | null): Promise<T | null> {
  if (isParquet(file)) return scanParquet(query, group, file, visit);
  let isHeader = true;
  return scanCsv(file, (row) => {
    if (!isHeader) return visit(row);
    isHeader = false;
    return null;
  });
}

/** A row of a Parquet file has a number, but no line. */
const placeOf = (file: SourceFile, row: CsvRow) => (isParquet(file) ? { file: file.name } : { file: file.name, line: row.line });

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
  if (row.fields.length !== header.names.length) {
    return {
      message: `The row has ${row.fields.length} values, but the header names ${header.names.length} columns.`,
      remedy: `Put values that hold a comma or a line break in double quotes. ${correctIt}`,
    };
  }
  const has = (column: FocusColumn) => header.positions.has(column);
  return (
    timeFault("ChargePeriodStart", cell("ChargePeriodStart")) ??
    (has("ChargePeriodEnd") ? (timeFault("ChargePeriodEnd", cell("ChargePeriodEnd")) ?? spanFault(cell)) : null) ??
    (cell("BillingPeriodStart") === undefined ? null : timeFault("BillingPeriodStart", cell("BillingPeriodStart"))) ??
    categoryFault(cell("ChargeCategory")) ??
    codeFault(cell("BillingCurrency")) ??
    (has("BilledCost") ? amountFault("BilledCost", cell("BilledCost")) : null) ??
    (has("EffectiveCost") ? amountFault("EffectiveCost", cell("EffectiveCost")) : null)
  );
}

/** Milliseconds of an ISO time, UTC unless it says otherwise; null for any other text. */
function timeOf(text: string | undefined): number | null {
  const [, day, clock = "00:00", zone = "Z"] = timePattern.exec(text ?? "") ?? [];
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

function categoryFault(text: string | undefined): Fault | null {
  if (categoryOf(text) !== null) return null;
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

function codeFault(text: string | undefined): Fault | null {
  if (text === undefined) return { message: "BillingCurrency is empty, expected a code such as USD.", remedy: correctIt };
  if (isCurrency(text)) return null;
  return {
    message: `BillingCurrency is ${shown(text)}, which is no currency of ISO 4217; expected a code such as USD.`,
    remedy:
      "Credits, tokens and other virtual units are not money: export the costs in the currency in which they are paid (PricingCurrency may name the unit).",
  };
}

function currencyFault(currency: string | undefined, first: FirstCurrency | null, file: SourceFile, row: CsvRow): Fault | null {
  if (currency === undefined || first === null || first.currency === currency) return null;
  return {
    message: `BillingCurrency is ${shown(currency)} at ${placeText(placeOf(file, row))}, but ${shown(first.currency)} at ${first.at}; expected one currency.`,
    remedy: "Amounts of different currencies are never added: export each currency to files of its own and keep one of them here.",
  };
}
