import { contains, type Day, type Period } from "../../core/day.ts";
import { moneyText, percentChange, percentText } from "../../core/format.ts";
import type { Charge, SourceState } from "../../core/ledger/charge.ts";
import { type Decimal, decimalToMicros, type Micros, sum, toCents } from "../../core/money.ts";
import type { Prices } from "../../core/settings/prices-schema.ts";
import { priceListText, pricerOf } from "./estimate.ts";

/** What a provider billed through a source for tokens, against the price list. */
export interface Reconciled {
  readonly source: string;
  readonly provider: string;
  readonly currency: string;
  /** Cost of models that are billed by tokens and have a price. */
  readonly billed: Micros;
  /** What their tokens cost at list price. */
  readonly list: Micros;
  /** The bill against the list; null when the list gives nothing. */
  readonly percent: number | null;
  /** Models that are billed by tokens and have no price: they are in neither amount. */
  readonly unpriced: readonly string[];
}

const tokensOf = ({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge) =>
  (inputTokens ?? 0) + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) + (outputTokens ?? 0);

function exactSum(amounts: readonly Decimal[]): Micros {
  const scale = amounts.reduce((most, amount) => Math.max(most, amount.scale), 0);
  return decimalToMicros({ units: sum(amounts.map((amount) => amount.units * 10n ** BigInt(scale - amount.scale))), scale });
}

/** The settled usage of a period that is billed, not estimated. */
function settledUsage(charges: readonly Charge[], period: Period, sources: readonly SourceState[]): Charge[] {
  const settled = new Map<string, Day | null>(sources.map(({ name, settledThrough }) => [name, settledThrough]));
  return charges.filter(
    ({ day, category, estimated, source }) =>
      category === "Usage" && !estimated && contains(period, day) && day <= (settled.get(source) ?? ""),
  );
}

/**
 * Sets what was billed in a period against tokens × prices, for each source and provider. A model counts when it has money and tokens; what is
 * billed otherwise, such as a search, is left out, as are days that are not settled. Loads the price list where there is something to compare.
 */
export async function reconcile(
  charges: readonly Charge[],
  period: Period,
  sources: readonly SourceState[],
  prices: Prices,
): Promise<Reconciled[]> {
  const usage = settledUsage(charges, period, sources);
  if (!usage.some((charge) => tokensOf(charge) > 0)) return [];
  const priceOf = await pricerOf(prices);
  const groups = [...Map.groupBy(usage, ({ source, provider }) => `${source}\0${provider}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, own]): Reconciled[] => {
    const models = [...Map.groupBy(own, ({ model }) => model)]
      .map(([model, list]) => {
        const amounts = list.filter((charge) => tokensOf(charge) > 0).map((row) => priceOf({ ...row, lastDay: null })?.amount ?? null);
        const known = amounts.filter((amount) => amount !== null);
        const atList = known.length === amounts.length ? exactSum(known) : null;
        return { model, billed: sum(list.map(({ billed }) => billed)), hasTokens: amounts.length > 0, list: atList };
      })
      .filter(({ billed, hasTokens }) => billed !== 0n && hasTokens);
    const [first] = own;
    if (first === undefined || models.length === 0) return [];
    const priced = models.filter(({ list }) => list !== null);
    const billed = sum(priced.map((model) => model.billed));
    const list = sum(priced.map((model) => model.list ?? 0n));
    const unpriced = models.flatMap(({ model, list }) => (list === null ? [model] : [])).toSorted();
    const { source, provider, currency } = first;
    return [{ source, provider, currency, billed, list, percent: percentChange(billed, list), unpriced }];
  });
}

/** A difference of this many percent is something to ask about. */
const notable = 5;

/** What the review is to say of differences that are worth a question, by source. */
export async function reconciledNotes(found: readonly Reconciled[]): Promise<Map<string, string[]>> {
  const notes = new Map<string, string[]>();
  for (const { source, provider, currency, billed, list, percent } of found) {
    if (percent === null || Math.abs(percent) <= notable) continue;
    const money = (amount: Micros) => moneyText(toCents(amount), currency);
    const text = `${provider} billed ${money(billed)} in the settled days of this week for tokens that cost ${money(list)} at list price (${percentText(percent)}; ${await priceListText()}). Ask why: a discount, batch or priority prices, another region, or a price that changed.`;
    notes.set(source, [...(notes.get(source) ?? []), text]);
  }
  return notes;
}
