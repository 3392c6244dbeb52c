import type { Day } from "../../core/day.ts";
import type { ChargeKey, Counters } from "../../core/ledger/charge.ts";
import { compareCharges, type ExactRow } from "../../core/ledger/delivery.ts";

/**
 * Lines: charges that differ in their day alone. The engine hands a line over as one row, with the texts about its days in one more text: a row for
 * each day takes far longer to print, to read and to put in order, and there are far fewer lines than charges.
 */

/** A line: what its charges share, and the texts about its days, one day after the other. */
export interface Line<T extends Omit<ChargeKey, "day">> {
  readonly shared: T;
  readonly texts: readonly string[];
}

/** What belongs to one day of a line. */
export type Daily = Pick<ExactRow, "day" | "billingPeriod" | "billed" | "effective" | keyof Counters>;

/** What the charges of a line share. Their billing period is given with each day, from which it may follow. */
export type Shared = Omit<ExactRow, keyof Daily>;

/** The charge of one day of a line, written out: there are many. */
export function dailyRow(shared: Shared, daily: Daily): ExactRow {
  return {
    day: daily.day,
    lastDay: shared.lastDay,
    billingPeriod: daily.billingPeriod,
    provider: shared.provider,
    service: shared.service,
    category: shared.category,
    correction: shared.correction,
    frequency: shared.frequency,
    currency: shared.currency,
    model: shared.model,
    account: shared.account,
    project: shared.project,
    apiKey: shared.apiKey,
    tags: shared.tags,
    source: shared.source,
    estimated: shared.estimated,
    billed: daily.billed,
    effective: daily.effective,
    requests: daily.requests,
    inputTokens: daily.inputTokens,
    cacheReadTokens: daily.cacheReadTokens,
    cacheWriteTokens: daily.cacheWriteTokens,
    outputTokens: daily.outputTokens,
  };
}

/** The SQL that packs the texts about the days of a line, the day first; none of them holds a comma, null is an empty text. */
export function packedSql(texts: readonly string[]): string {
  return `string_agg(concat(${texts.join(", ',', ")}), ',')`;
}

/** The texts that `packedSql` packed. */
export function unpacked(text: string | null | undefined): readonly string[] {
  return text ? text.split(",") : [];
}

/**
 * The rows of all lines in the order of charges; null as soon as `rowOf` gives null. It is given the position of a day's first text, of which
 * each day has `perDay`, and the day, whose text then stands in memory once.
 */
export function rowsOf<T extends Omit<ChargeKey, "day">, R extends { readonly day: Day }>(
  lines: readonly Line<T>[],
  perDay: number,
  rowOf: (line: Line<T>, first: number, day: Day) => R | null,
): R[] | null {
  const byDay = new Map<Day, R[]>();
  for (const line of lines.toSorted((a, b) => compareCharges({ ...a.shared, day: "" }, { ...b.shared, day: "" }))) {
    for (let first = 0; first < line.texts.length; first += perDay) {
      const text = line.texts[first] ?? "";
      const rows = byDay.get(text) ?? [];
      const row = rowOf(line, first, rows[0]?.day ?? text);
      if (row === null) return null;
      if (rows.push(row) === 1) byDay.set(text, rows);
    }
  }
  return [...byDay.keys()].toSorted().flatMap((day) => byDay.get(day) ?? []);
}
