import { categoryOf, chargeCategories, chargeFrequencies, frequencyOf } from "../../core/ledger/charge.ts";
import { counterFields } from "../../core/ledger/delivery.ts";
import { parseDecimal } from "../../core/money.ts";
import { isCurrency } from "../currency.ts";
import type { Mapping } from "./fields.ts";
import { amountLimits, countDigits, type Dialect } from "./sql.ts";
import { formOf, isTime } from "./time.ts";

/** What is wrong with a row, and what to do about it. */
export interface Fault {
  readonly message: string;
  readonly remedy: string;
}

/** The text that stands in a named place of a row; undefined when there is none. */
export type Cells = (place: string) => string | undefined;

export const correctIt = "Correct it where the file is made, or in the file; nothing of this source was read.";

/** A value as a message shows it. */
export function shown(text: string | undefined): string {
  return text === undefined ? "empty" : JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

/** The first thing in a row that keeps it from being counted. `formatKey` is the key of the configuration that says how days are written. */
export function rowFault(cell: Cells, mapping: Mapping, dialect: Dialect, formatKey: string): Fault | null {
  return (
    timeFault(mapping.time, cell(mapping.time), dialect, formatKey) ??
    costFault(cell, mapping, dialect) ??
    currencyFault(cell, mapping) ??
    wordFault(cell, mapping) ??
    counterFault(cell, mapping)
  );
}

function timeFault(place: string, text: string | undefined, { time }: Dialect, formatKey: string): Fault | null {
  if (text !== undefined && isTime(text, time)) return null;
  const numbered = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/.test(text ?? "");
  const short = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}\b/.test(text ?? "");
  const remedies = [
    numbered && time !== "us" && time !== "eu" && formatKey === "dayFormat"
      ? "Say dayFormat: us (month first) or dayFormat: eu (day first) for this source in config/overpace.yaml."
      : "",
    short ? "Write years with four digits." : "",
    time === "iso" && /^\d{9,13}$/.test(text ?? "") ? `Say ${formatKey}: unix for this source in config/overpace.yaml.` : "",
  ];
  const ambiguous = (numbered || short) && time !== "us" && time !== "eu" ? " (ambiguous: month or day first?)" : "";
  return {
    message: `${place} is ${shown(text)}${ambiguous}, expected ${formOf(time)}.`,
    remedy:
      remedies.find((remedy) => remedy !== "") ??
      `Correct ${formatKey} of this source in config/overpace.yaml, or the file; nothing of this source was read.`,
  };
}

function costFault(cell: Cells, mapping: Mapping, { decimalComma }: Dialect): Fault | null {
  const text = cell(mapping.cost);
  if (text === undefined && mapping.emptyCost !== "refuse") return null;
  const plain = decimalComma ? text?.replace(/[.]/g, "x").replace(",", ".") : text;
  const amount = plain === undefined ? null : parseDecimal(plain.trim());
  if (amount === null) {
    const separators = text !== undefined && /^-?\d[\d.,]*$/.test(text) ? commaRemedy(decimalComma) : "";
    return {
      message: `${mapping.cost} is ${shown(text)}, expected a plain number such as ${decimalComma ? "1234,56" : "1234.56"}.`,
      remedy:
        text === undefined
          ? `Say emptyCost: zero for this source if a row without a cost is free, or estimate if its tokens are to be priced. ${correctIt}`
          : `${separators}${correctIt}`,
    };
  }
  const whole = (amount.units < 0n ? -amount.units : amount.units) / 10n ** BigInt(amount.scale);
  if (whole < 10n ** BigInt(amountLimits.whole)) return null;
  return {
    message: `${mapping.cost} is ${shown(text)}, expected less than ${amountLimits.whole + 1} digits before the decimal point.`,
    remedy: correctIt,
  };
}

const commaRemedy = (decimalComma: boolean) =>
  decimalComma
    ? "Export amounts without thousands separators. "
    : "Export amounts without thousands separators; if the comma is a decimal comma, say decimal: comma for this source. ";

function currencyFault(cell: Cells, mapping: Mapping): Fault | null {
  const place = mapping.texts.get("currency");
  if (place === undefined) return null;
  const text = cell(place);
  if (text !== undefined) {
    return isCurrency(text)
      ? null
      : { message: `${place} is ${shown(text)}, which is no currency of ISO 4217; expected a code such as USD.`, remedy: correctIt };
  }
  if (mapping.emptyCost !== "refuse" && cell(mapping.cost) === undefined) return null;
  return { message: `${place} is empty, expected a currency such as USD.`, remedy: correctIt };
}

function wordFault(cell: Cells, { texts }: Mapping): Fault | null {
  const [category, frequency] = [texts.get("category"), texts.get("frequency")];
  const fault = (place: string, what: string, words: readonly string[]) => ({
    message: `${place} is ${shown(cell(place))}, expected a charge ${what}: ${words.join(", ")}.`,
    remedy: correctIt,
  });
  if (category !== undefined && categoryOf(cell(category)) === null) return fault(category, "category", chargeCategories);
  const isSaid = frequency !== undefined && cell(frequency) !== undefined;
  return isSaid && frequencyOf(cell(frequency)) === null ? fault(frequency, "frequency", chargeFrequencies) : null;
}

const number = /^\s*[+-]?\d+(\.\d*)?([eE][+-]?\d+)?\s*$/;
const isWhole = (text: string) => number.test(text) && Number.isInteger(Number(text));
const isHuge = (text: string) => number.test(text) && Math.abs(Number(text)) >= 10 ** countDigits;

function counterFault(cell: Cells, mapping: Mapping): Fault | null {
  const places = counterFields.flatMap((field) => mapping.counters.get(field) ?? []);
  const bad = places.find((place) => cell(place) !== undefined && !isWhole(cell(place) ?? ""));
  if (bad !== undefined) {
    return { message: `${bad} is ${shown(cell(bad))}, expected a whole number without separators.`, remedy: correctIt };
  }
  const huge = places.find((place) => isHuge(cell(place) ?? ""));
  if (huge !== undefined) {
    return { message: `${huge} is ${shown(cell(huge))}, expected at most ${countDigits} digits.`, remedy: correctIt };
  }
  const total = (fields: readonly (typeof counterFields)[number][]) =>
    fields.flatMap((field) => mapping.counters.get(field) ?? []).reduce((sum, place) => sum + Number(cell(place) ?? 0), 0);
  const [input, cached] = [mapping.counters.get("inputTokens")?.[0], total(["cacheReadTokens", "cacheWriteTokens"])];
  if (!mapping.inputIncludesCached || input === undefined || cell(input) === undefined || total(["inputTokens"]) >= cached) return null;
  return {
    message: `${input} is ${shown(cell(input))}, less than the ${cached} cached tokens that it should contain.`,
    remedy: `Say inputIncludesCached: false for this source if cached tokens are not part of it. ${correctIt}`,
  };
}
