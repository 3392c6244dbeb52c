import type { Day } from "../../core/day.ts";
import { categoryOf, frequencyOf } from "../../core/ledger/charge.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { parseDecimal } from "../../core/money.ts";
import { isCurrency } from "../currency.ts";
import { dailyRow, type Line, rowsOf, type Shared, unpacked } from "../engine/packed.ts";
import { type EngineLine, isComplete } from "./aggregate.ts";
import { badDay } from "./query/grouped.ts";
import { at, dayTexts } from "./query/sql.ts";

type ExactLine = Line<Shared & Pick<ExactRow, "billingPeriod">>;

/**
 * The charges that lines stand for, in the order of charges; null when one cannot be counted because its times, category, currency or amounts
 * are not what they should be.
 */
export function exactRows(engineLines: readonly EngineLine[], source: string): ExactRow[] | null {
  const lines = engineLines.map((line) => lineOf(line, source)).filter((line) => line !== null);
  return lines.length < engineLines.length ? null : rowsOf(lines, dayTexts.length, rowOf);
}

function lineOf(line: EngineLine, source: string): ExactLine | null {
  const [billingPeriod, currency, category] = [line[at.billingPeriod], line[at.currency], categoryOf(line[at.category])];
  if (!billingPeriod || billingPeriod === badDay || line[at.lastDay] === badDay) return null;
  if (!currency || !isCurrency(currency) || category === null || !isComplete(line)) return null;
  const shared = {
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
  };
  return { shared, texts: unpacked(line[at.days]) };
}

/** A sum of tokens or requests: parts of them come where a provider splits costs, and are rounded away here. */
const count = (text: string | undefined) => (text ? Math.round(Number(text)) : null);

/** The charge of one day, of which the texts begin at `first`; null when it has no day or no amount. */
function rowOf({ shared, texts }: ExactLine, first: number, day: Day): ExactRow | null {
  const billed = parseDecimal(texts[first + 1] ?? "");
  const effectiveText = texts[first + 2];
  const effective = effectiveText ? parseDecimal(effectiveText) : billed;
  if (day === "" || billed === null || effective === null) return null;
  return dailyRow(shared, {
    day,
    billingPeriod: shared.billingPeriod,
    billed,
    effective,
    requests: count(texts[first + 3]),
    inputTokens: count(texts[first + 4]),
    cacheReadTokens: count(texts[first + 5]),
    cacheWriteTokens: count(texts[first + 6]),
    outputTokens: count(texts[first + 7]),
  });
}
