import type { Day } from "../day.ts";
import { matchesGlob } from "../glob.ts";
import { type Charge, type Counters, namesOf } from "../ledger/charge.ts";
import { type Decimal, sumOfDecimals, zero } from "../money.ts";
import type { Prices } from "./prices-schema.ts";

/** Without `prices.yaml`. */
export const noPrices: Prices = { currency: "USD", prices: [], factors: [] };

/** What a price is looked up for. */
export interface Usage extends Counters, Pick<Charge, "otherNames"> {
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
  return attributes.every((name) => entry[name] === undefined || namesOf(usage, name).some((text) => matchesGlob(entry[name] ?? "", text)));
}

const times = (price: Decimal, count: number, millionths: boolean): Decimal => ({
  units: price.units * BigInt(count),
  scale: price.scale + (millionths ? 6 : 0),
});

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
  const parts = tokens.map(([price, count]) => times(price ?? zero, count ?? 0, true));
  return sumOfDecimals([...parts, ...(entry.request === undefined ? [] : [times(entry.request, usage.requests ?? 0, false)])]);
}

/** What a price is multiplied by, such as one half for a project that uses a batch API; null where no factor covers the usage. */
export function factorOf({ factors }: Prices, usage: Usage): Decimal | null {
  return factors.find((candidate) => covers(candidate, usage))?.factor ?? null;
}
