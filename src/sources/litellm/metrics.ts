import * as z from "zod/mini";
import type { Counters } from "../../core/ledger/charge.ts";
import { type Decimal, sumOfDecimals, zero } from "../../core/money.ts";
import { amount } from "../http/money.ts";

const count = z._default(z.int().check(z.minimum(0)), 0);

/** What the proxy counts; the savings among it are not spend, and are left out. */
const sent = z.object({
  spend: amount,
  prompt_tokens: count,
  completion_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  successful_requests: count,
});

/** Computed cost, and counts as the proxy keeps them: `prompt` holds cached and cache-written tokens. */
export interface Metrics {
  readonly spend: Decimal;
  readonly prompt: number;
  readonly completion: number;
  readonly read: number;
  readonly written: number;
  readonly requests: number;
}

/** The counts and the spend of one group, as the proxy sends them. */
export const metrics = z.pipe(
  sent,
  z.transform((value): Metrics => ({
    spend: value.spend,
    prompt: value.prompt_tokens,
    completion: value.completion_tokens,
    read: value.cache_read_input_tokens,
    written: value.cache_creation_input_tokens,
    requests: value.successful_requests,
  })),
);

/** What an empty group has. */
export const nothing: Metrics = { spend: zero, prompt: 0, completion: 0, read: 0, written: 0, requests: 0 };

function combined(a: Metrics, b: Metrics, sign: 1 | -1): Metrics {
  return {
    spend: sumOfDecimals([a.spend, { ...b.spend, units: BigInt(sign) * b.spend.units }]),
    prompt: a.prompt + sign * b.prompt,
    completion: a.completion + sign * b.completion,
    read: a.read + sign * b.read,
    written: a.written + sign * b.written,
    requests: a.requests + sign * b.requests,
  };
}

/** Both together. */
export const plus = (a: Metrics, b: Metrics): Metrics => combined(a, b, 1);

/** What is left of a whole beside its parts. */
export function rest(whole: Metrics, parts: readonly Metrics[]): Metrics {
  return parts.reduce((left, part) => combined(left, part, -1), whole);
}

/** Sums of floating-point numbers are off by dust: less than this is nothing, in units of the currency. */
const dust = 9;

/** True where nothing is left, but for what floating-point sums are off by. */
export function isNothing({ spend, prompt, completion, requests }: Metrics): boolean {
  const size = spend.units < 0n ? -spend.units : spend.units;
  return size * 10n ** BigInt(dust) <= 10n ** BigInt(spend.scale) && prompt === 0 && completion === 0 && requests === 0;
}

/** True where the parts are more than the whole: some were counted twice. */
export function isOverdrawn({ spend, prompt, completion }: Metrics): boolean {
  return spend.units * 10n ** BigInt(dust) < -(10n ** BigInt(spend.scale)) || prompt < 0 || completion < 0;
}

/** Disjoint counters: LiteLLM counts cached and cache-written tokens inside its prompt tokens. */
export function countersOf({ prompt, completion, read, written, requests }: Metrics): Counters {
  return {
    requests,
    inputTokens: Math.max(0, prompt - read - written),
    cacheReadTokens: read,
    cacheWriteTokens: written,
    outputTokens: completion,
  };
}
