import * as z from "zod/mini";
import { type Day, isDay } from "../day.ts";
import { matchesGlob } from "../glob.ts";
import type { Counters } from "../ledger/charge.ts";
import { type Decimal, parseDecimal } from "../money.ts";

const amount = z.pipe(
  z.union([z.number(), z.string()], 'expected a price such as 2.5 or "0.0000025"'),
  z.transform((value, { issues }): Decimal => {
    const decimal = parseDecimal(String(value));
    if (decimal !== null && decimal.units >= 0n) return decimal;
    issues.push({ code: "custom", input: value, message: 'expected a price of zero or more, such as 2.5 or "0.0000025"' });
    return z.NEVER;
  }),
);
const day = z.string("expected a day such as 2026-11-16").check(z.refine(isDay, "expected a day such as 2026-11-16"));
const glob = z.string("expected text, * stands for anything").check(z.minLength(1, "is empty; use * for anything"));

/** Which usage an entry is about: globs, and the days from `from` to before `until`. */
const scope = {
  provider: z.optional(glob),
  model: glob,
  account: z.optional(glob),
  project: z.optional(glob),
  apiKey: z.optional(glob),
  from: z.optional(day),
  until: z.optional(day),
  note: z.optional(z.string()),
};

interface Days {
  readonly from?: Day | undefined;
  readonly until?: Day | undefined;
}
const isInOrder = ({ from, until }: Days) => from === undefined || until === undefined || from < until;
const order = {
  error: "ends before it begins; until is the first day on which it no longer holds",
  path: ["until"],
};

const priceSchema = z
  .strictObject({
    ...scope,
    /** For a million tokens. */
    input: z.optional(amount),
    cacheRead: z.optional(amount),
    cacheWrite: z.optional(amount),
    output: z.optional(amount),
    /** For each request. */
    request: z.optional(amount),
  })
  .check(
    z.refine(
      ({ input, output, request }) => (input ?? output ?? request) !== undefined,
      "names no price: input, output (for a million tokens) or request",
    ),
    z.refine(isInOrder, order),
  );

const factorSchema = z.strictObject({ ...scope, factor: amount }).check(z.refine(isInOrder, order));

/** `config/prices.yaml`: prices that go before the price list, and factors such as that of a batch API. Of each the first that matches counts. */
export const pricesSchema = z.strictObject({
  currency: z._default(
    z.string("expected a currency such as USD").check(z.regex(/^[A-Z]{3}$/, "expected an ISO 4217 currency such as USD")),
    "USD",
  ),
  prices: z._default(z.array(priceSchema), []),
  factors: z._default(z.array(factorSchema), []),
});
export type Prices = z.infer<typeof pricesSchema>;

/** Without `prices.yaml`. */
export const noPrices: Prices = pricesSchema.parse({});

/** What a price is looked up for. */
export interface Usage extends Counters {
  readonly day: Day;
  readonly provider: string;
  readonly model: string;
  readonly account: string;
  readonly project: string;
  readonly apiKey: string;
}

const attributes = ["provider", "model", "account", "project", "apiKey"] as const;
type Scope = { readonly [name in (typeof attributes)[number] | "from" | "until"]?: string | undefined };

function covers(entry: Scope, usage: Usage): boolean {
  if (usage.day < (entry.from ?? "") || (entry.until !== undefined && usage.day >= entry.until)) return false;
  return attributes.every((name) => entry[name] === undefined || matchesGlob(entry[name], usage[name]));
}

const times = (price: Decimal, count: number, millionths: boolean): Decimal => ({
  units: price.units * BigInt(count),
  scale: price.scale + (millionths ? 6 : 0),
});

function sumOf(parts: readonly Decimal[]): Decimal {
  const scale = parts.reduce((most, part) => Math.max(most, part.scale), 0);
  return { units: parts.reduce((total, part) => total + part.units * 10n ** BigInt(scale - part.scale), 0n), scale };
}

/**
 * What usage costs by the first entry of `prices.yaml` that covers it, exactly. Cached tokens cost as input where they have no price of their
 * own. Undefined where no entry covers it; null where one does, but has no price for tokens that are there, or requests are not known.
 */
export function ownPrice({ prices }: Prices, usage: Usage): Decimal | null | undefined {
  const entry = prices.find((candidate) => covers(candidate, usage));
  if (entry === undefined) return undefined;
  const byRequest = entry.input === undefined && entry.output === undefined;
  const tokens = [
    [entry.input, usage.inputTokens],
    [entry.cacheRead ?? entry.input, usage.cacheReadTokens],
    [entry.cacheWrite ?? entry.input, usage.cacheWriteTokens],
    [entry.output, usage.outputTokens],
  ] as const;
  if (entry.request !== undefined && usage.requests === null) return null;
  if (!byRequest && tokens.some(([price, count]) => price === undefined && (count ?? 0) > 0)) return null;
  const parts = tokens.map(([price, count]) => times(price ?? { units: 0n, scale: 0 }, count ?? 0, true));
  return sumOf([...parts, ...(entry.request === undefined ? [] : [times(entry.request, usage.requests ?? 0, false)])]);
}

/** What a price is multiplied by, such as one half for a project that uses a batch API; null where no factor covers the usage. */
export function factorOf({ factors }: Prices, usage: Usage): Decimal | null {
  return factors.find((candidate) => covers(candidate, usage))?.factor ?? null;
}
