import { type ChargeFrequency, chargeFrequencies } from "../../core/ledger/charge.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { parseDecimal } from "../../core/money.ts";
import { type EngineRow, isComplete } from "./aggregate.ts";
import { isCurrency } from "./currency.ts";
import { categoryOf } from "./faults.ts";
import { badDay } from "./grouped.ts";
import { at } from "./sql.ts";

/**
 * The charge that a group of rows stands for; null when it cannot be counted because its times, category, currency or amounts are not what they
 * should be.
 */
export function exactRow(row: EngineRow, source: string): ExactRow | null {
  const [day, billingPeriod, currency] = [row[at.day], row[at.billingPeriod], row[at.currency]];
  if (!day || !billingPeriod || billingPeriod === badDay || row[at.lastDay] === badDay) return null;
  if (!currency || !isCurrency(currency)) return null;
  const category = categoryOf(row[at.category]);
  const billed = parseDecimal(row[at.billed] ?? "");
  const effective = row[at.effective] === row[at.billed] ? billed : parseDecimal(row[at.effective] ?? "");
  if (billed === null || effective === null || category === undefined || !isComplete(row)) return null;
  return {
    day,
    lastDay: row[at.lastDay] ?? null,
    billingPeriod,
    provider: row[at.provider] ?? "",
    service: row[at.service] ?? "",
    category,
    correction: row[at.chargeClass]?.toLowerCase() === "correction",
    frequency: frequencyOf(row[at.frequency]),
    currency: currency.toUpperCase(),
    model: row[at.model] ?? "",
    account: row[at.account] ?? "",
    project: row[at.project] ?? "",
    apiKey: row[at.apiKey] ?? "",
    tags: row[at.tags] ?? "",
    source,
    estimated: row[at.estimated]?.toLowerCase() === "true",
    billed,
    effective,
    requests: count(row[at.requests]),
    inputTokens: count(row[at.inputTokens]),
    cacheReadTokens: count(row[at.cacheReadTokens]),
    cacheWriteTokens: count(row[at.cacheWriteTokens]),
    outputTokens: count(row[at.outputTokens]),
  };
}

const count = (text: string | null | undefined) => (text ? Number(text) : null);

const frequencies = new Map(chargeFrequencies.map((frequency) => [frequency.toLowerCase(), frequency]));

/** The frequency that a text names, whatever its casing (Oracle writes Usage-based); null for none and for any other text. */
export function frequencyOf(text: string | null | undefined): ChargeFrequency | null {
  return frequencies.get(text?.toLowerCase() ?? "") ?? null;
}
