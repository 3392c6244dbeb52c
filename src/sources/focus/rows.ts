import { type ChargeFrequency, chargeFrequencies } from "../../core/ledger/charge.ts";
import { compareCharges, type ExactRow } from "../../core/ledger/delivery.ts";
import type { Day } from "../../core/day.ts";
import { parseDecimal } from "../../core/money.ts";
import { type EngineLine, isComplete } from "./aggregate.ts";
import { isCurrency } from "./currency.ts";
import { categoryOf } from "./faults.ts";
import { badDay } from "./grouped.ts";
import { at, dayTexts } from "./sql.ts";

/** What belongs to one day of a line. */
type Daily = "day" | "billed" | "effective" | "requests" | "inputTokens" | "cacheReadTokens" | "cacheWriteTokens" | "outputTokens";
/** What the charges of a line share, and their days as the engine packs them. */
type Line = Omit<ExactRow, Daily> & { readonly days: readonly string[] };

/**
 * The charges that lines stand for, in the order of charges; null when one cannot be counted because its times, category, currency or amounts
 * are not what they should be.
 */
export function exactRows(engineLines: readonly EngineLine[], source: string): ExactRow[] | null {
  const lines = engineLines.map((line) => lineOf(line, source)).filter((line) => line !== null);
  if (lines.length < engineLines.length) return null;
  const byDay = new Map<Day, ExactRow[]>();
  for (const line of lines.sort((a, b) => compareCharges({ ...a, day: "" }, { ...b, day: "" }))) {
    for (let first = 0; first < line.days.length; first += dayTexts.length) {
      const day = line.days[first] ?? "";
      const rows = byDay.get(day) ?? [];
      // The text of a day stands in memory once.
      const row = rowOf(line, first, rows[0]?.day ?? day);
      if (row === null) return null;
      if (rows.push(row) === 1) byDay.set(day, rows);
    }
  }
  return [...byDay.keys()].toSorted().flatMap((day) => byDay.get(day) ?? []);
}

function lineOf(line: EngineLine, source: string): Line | null {
  const [billingPeriod, currency, category] = [line[at.billingPeriod], line[at.currency], categoryOf(line[at.category])];
  if (!billingPeriod || billingPeriod === badDay || line[at.lastDay] === badDay) return null;
  if (!currency || !isCurrency(currency) || category === undefined || !isComplete(line)) return null;
  return {
    billingPeriod,
    lastDay: line[at.lastDay] ?? null,
    provider: line[at.provider] ?? "",
    service: line[at.service] ?? "",
    category,
    correction: line[at.chargeClass]?.toLowerCase() === "correction",
    frequency: frequencyOf(line[at.frequency]),
    currency: currency.toUpperCase(),
    model: line[at.model] ?? "",
    account: line[at.account] ?? "",
    project: line[at.project] ?? "",
    apiKey: line[at.apiKey] ?? "",
    tags: line[at.tags] ?? "",
    source,
    estimated: line[at.estimated]?.toLowerCase() === "true",
    days: (line[at.days] ?? "").split(","),
  };
}

/** A sum of tokens or requests: parts of them come where a provider splits costs, and are rounded away here. */
const count = (text: string | undefined) => (text ? Math.round(Number(text)) : null);

/** The charge of one day, of which the texts begin at `first`; null when it has no day or no amount. */
function rowOf(line: Line, first: number, day: Day): ExactRow | null {
  const { days } = line;
  const billed = parseDecimal(days[first + 1] ?? "");
  const effectiveText = days[first + 2];
  const effective = effectiveText ? parseDecimal(effectiveText) : billed;
  if (day === "" || billed === null || effective === null) return null;
  return {
    day,
    lastDay: line.lastDay,
    billingPeriod: line.billingPeriod,
    provider: line.provider,
    service: line.service,
    category: line.category,
    correction: line.correction,
    frequency: line.frequency,
    currency: line.currency,
    model: line.model,
    account: line.account,
    project: line.project,
    apiKey: line.apiKey,
    tags: line.tags,
    source: line.source,
    estimated: line.estimated,
    billed,
    effective,
    requests: count(days[first + 3]),
    inputTokens: count(days[first + 4]),
    cacheReadTokens: count(days[first + 5]),
    cacheWriteTokens: count(days[first + 6]),
    outputTokens: count(days[first + 7]),
  };
}

const frequencies = new Map(chargeFrequencies.map((frequency) => [frequency.toLowerCase(), frequency]));

/** The frequency that a text names, whatever its casing (Oracle writes Usage-based); null for none and for any other text. */
export function frequencyOf(text: string | null | undefined): ChargeFrequency | null {
  return frequencies.get(text?.toLowerCase() ?? "") ?? null;
}
