import type { Counters } from "../../core/ledger/charge.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { zero } from "../../core/money.ts";

/** What a source says that counts nothing. */
export const noCounters: Counters = {
  requests: null,
  inputTokens: null,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
};

/** What every row says. */
type Needed = Pick<ExactRow, "day" | "provider" | "service" | "currency" | "source">;

/**
 * A row of usage on one day: without an amount it costs nothing, without counters it says nothing of tokens. Rows of one key are added in
 * the ledger, so money and tokens of the same key may come in rows of their own.
 */
export function usageRow(row: Needed & Partial<ExactRow>): ExactRow {
  const billed = row.billed ?? zero;
  return {
    billingPeriod: `${row.day.slice(0, 7)}-01`,
    category: "Usage",
    correction: false,
    frequency: "Usage-Based",
    model: "",
    account: "",
    project: "",
    apiKey: "",
    tags: "",
    estimated: false,
    lastDay: null,
    ...noCounters,
    effective: billed,
    ...row,
    billed,
  };
}
