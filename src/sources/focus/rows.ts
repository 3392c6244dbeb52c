import { type ChargeFrequency, chargeFrequencies } from "../../core/ledger/charge.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { type Decimal, parseDecimal } from "../../core/money.ts";
import { type EngineRow, isComplete } from "./aggregate.ts";
import { categoryOf } from "./faults.ts";
import { badDay } from "./sql.ts";

/**
 * The charge that a group of rows stands for; null when it cannot be counted because its times, category, currency or amounts are not what they
 * should be.
 */
export function exactRow(row: EngineRow, source: string): ExactRow | null {
  const [day, lastDay, billingPeriod, currency] = [row("day"), row("lastDay"), row("billingPeriod"), row("currency")];
  const [billed, effective, category] = [decimal(row("billed")), decimal(row("effective")), categoryOf(row("category"))];
  if (day === null || lastDay === badDay || billingPeriod === null || billingPeriod === badDay || currency === null) return null;
  if (billed === null || effective === null || category === undefined || !isComplete(row)) return null;
  return {
    day,
    lastDay,
    billingPeriod,
    provider: row("provider") ?? "",
    service: row("service") ?? "",
    category,
    correction: row("chargeClass")?.toLowerCase() === "correction",
    frequency: frequencyOf(row("frequency")),
    currency: currency.toUpperCase(),
    model: row("model") ?? "",
    account: row("account") ?? "",
    project: row("project") ?? "",
    apiKey: row("apiKey") ?? "",
    tags: row("tags") ?? "",
    source,
    estimated: row("estimated")?.toLowerCase() === "true",
    billed,
    effective,
    requests: count(row("requests")),
    inputTokens: count(row("inputTokens")),
    cacheReadTokens: count(row("cacheReadTokens")),
    cacheWriteTokens: count(row("cacheWriteTokens")),
    outputTokens: count(row("outputTokens")),
  };
}

const decimal = (text: string | null): Decimal | null => (text === null ? null : parseDecimal(text));
const count = (text: string | null) => (text === null ? null : Number(text));

/** The frequency that a text names, whatever its casing (Oracle writes Usage-based); null for none and for any other text. */
export function frequencyOf(text: string | null): ChargeFrequency | null {
  return chargeFrequencies.find((frequency) => frequency.toLowerCase() === text?.toLowerCase()) ?? null;
}
