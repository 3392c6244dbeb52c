import * as z from "zod/mini";
import { addDays, type Period } from "../../core/day.ts";
import type { Counters } from "../../core/ledger/charge.ts";
import { askJson } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { amount } from "../http/money.ts";

const count = z.optional(z.nullable(z.int().check(z.minimum(0))));
const text = z.optional(z.nullable(z.string()));
const result = z.object({
  day: text,
  model: text,
  provider: text,
  tag: text,
  user: text,
  /** What Vercel charges: nothing for the use of own keys. */
  total_cost: amount,
  /** What it would cost at list prices. */
  market_cost: z.optional(z.nullable(amount)),
  input_tokens: count,
  output_tokens: count,
  cached_input_tokens: count,
  cache_creation_input_tokens: count,
  request_count: count,
});
export type Result = z.output<typeof result>;
const report = z.object({ results: z.array(result) });

/** Rows of a report over the days of a range. Vercel's last day belongs to the range, and each such request is billed. */
export async function resultsOf(peer: Peer, { start, end }: Period, groupBy: string): Promise<Result[]> {
  const dates = { start_date: start, end_date: addDays(end, -1) };
  const query = { ...dates, group_by: groupBy, date_part: groupBy === "day" ? "day" : undefined };
  return (await askJson(peer, { path: "/report", query }, report)).results;
}

/** Disjoint counters: cached tokens and those written to a cache are taken for a part of the input, as in Vercel's AI SDK. */
export function countersOf(used: Result): Counters {
  const [cached, written] = [used.cached_input_tokens ?? 0, used.cache_creation_input_tokens ?? 0];
  return {
    requests: used.request_count ?? null,
    inputTokens: typeof used.input_tokens === "number" ? Math.max(0, used.input_tokens - cached - written) : null,
    cacheReadTokens: used.cached_input_tokens ?? null,
    cacheWriteTokens: used.cache_creation_input_tokens ?? null,
    outputTokens: used.output_tokens ?? null,
  };
}
