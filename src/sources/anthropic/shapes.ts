import * as z from "zod/mini";
import type { Day } from "../../core/day.ts";
import type { Counters } from "../../core/ledger/charge.ts";
import type { Decimal } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";
import { amount, fromCents } from "../http/money.ts";
import { dayAt } from "../http/range.ts";

/** Whom a row belongs to, by id; empty for nobody. */
interface Owner {
  readonly day: Day;
  readonly model: string;
  readonly workspace: string;
  readonly key: string;
}

/** What a day cost, in the currency's own unit. */
export interface Spent extends Owner {
  readonly amount: Decimal;
  readonly currency: string;
}

/** What was used on a day. */
export interface Used extends Owner {
  readonly counters: Counters;
}

/** Null both where something was not grouped by and where there is none. */
export const text = z.optional(z.nullable(z.string()));
const count = z.int().check(z.minimum(0));

/** An amount as Anthropic writes it: decimal text in cents, of a fraction too; `123.45` are $1.2345. */
export const cents = z.pipe(amount, z.transform(fromCents));

/** Tokens of both usage reports. Those written to a cache are nested, by how long they are kept. */
export const tokenCounts = {
  uncached_input_tokens: count,
  cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }),
  cache_read_input_tokens: count,
  output_tokens: count,
};
type TokenCounts = z.output<z.ZodMiniObject<typeof tokenCounts>>;

/** Anthropic counts cached tokens outside its input tokens, as the ledger does. */
export function countersOf(counts: TokenCounts, requests: number | null): Counters {
  const { ephemeral_5m_input_tokens: short, ephemeral_1h_input_tokens: long } = counts.cache_creation;
  return {
    requests,
    inputTokens: counts.uncached_input_tokens,
    cacheReadTokens: counts.cache_read_input_tokens,
    cacheWriteTokens: short + long,
    outputTokens: counts.output_tokens,
  };
}

/** What is paid for: the model where it is tokens, else the name of the rest, such as `web search`. */
export function modelOf(model: string | null | undefined, costType: string | null | undefined): string {
  return !costType || costType === "tokens" ? (model ?? "") : costType.replaceAll("_", " ");
}

/** The UTC day that a row begins on. @throws Problem when it begins within one. */
export function dayOfStart(startingAt: string): Day {
  const day = dayAt(Date.parse(startingAt) / 1000);
  if (day !== null) return day;
  throw new Problem("Anthropic answered with a time range that does not begin with a UTC day", {
    remedy: "Please report this; nothing of this source was read.",
  });
}

/** A day as the reports want it. */
export const midnight = (day: Day): string => `${day}T00:00:00Z`;
