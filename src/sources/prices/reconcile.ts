import { contains, type Day, type Period } from "../../core/day.ts";
import type { ComparedModel, ListPrice } from "../../core/economics/list-price.ts";
import { moneyText, percentChange, percentText } from "../../core/format.ts";
import type { Charge, SourceState } from "../../core/ledger/charge.ts";
import { type Decimal, decimalToMicros, type Micros, sum, sumOfDecimals, toCents, zero } from "../../core/money.ts";
import type { Prices } from "../../core/settings/prices-schema.ts";
import { type Pricer, priceListText, pricerOf } from "./estimate.ts";

const tokensOf = ({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge) =>
  (inputTokens ?? 0) + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) + (outputTokens ?? 0);

const exactSum = (amounts: readonly Decimal[]): Micros => decimalToMicros(sumOfDecimals(amounts));

/** The settled usage of a period that is billed, not estimated. */
function settledUsage(charges: readonly Charge[], period: Period, sources: readonly SourceState[]): Charge[] {
  const settled = new Map<string, Day | null>(sources.map(({ name, settledThrough }) => [name, settledThrough]));
  return charges.filter(
    ({ day, category, estimated, source }) =>
      category === "Usage" && !estimated && contains(period, day) && day <= (settled.get(source) ?? ""),
  );
}

/** The charges of a model with what their tokens cost at list price; `list` is null where one of them has no price. */
function atList(model: string, charges: readonly Charge[], priceOf: Pricer) {
  const priced = charges.map((charge) => ({
    charge,
    amount: tokensOf(charge) > 0 ? (priceOf({ ...charge, lastDay: null })?.amount ?? null) : zero,
  }));
  const amounts = priced.flatMap(({ amount }) => amount ?? []);
  return {
    model,
    billed: sum(charges.map(({ billed }) => billed)),
    list: amounts.length === priced.length ? exactSum(amounts) : null,
    rows: priced.map(({ charge, amount }) => ({ charge, list: decimalToMicros(amount ?? zero) })),
  };
}

const isBilledByTokens = ({ billed, rows }: Pick<ComparedModel, "billed" | "rows">) =>
  billed !== 0n && rows.some(({ charge }) => tokensOf(charge) > 0);

/**
 * Sets what was billed in a period against tokens × prices, for each source and provider. A model counts when it has money and tokens; what is
 * billed otherwise, such as a search, is left out, as are days that are not settled. Loads the price list where there is something to compare.
 */
export async function reconcile(
  charges: readonly Charge[],
  period: Period,
  sources: readonly SourceState[],
  prices: Prices,
): Promise<ListPrice[]> {
  const usage = settledUsage(charges, period, sources);
  if (!usage.some((charge) => tokensOf(charge) > 0)) return [];
  const priceOf = await pricerOf(prices);
  const groups = [...Map.groupBy(usage, ({ source, provider }) => `${source}\0${provider}`)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const priceList = await priceListText();
  return groups.flatMap(([, own]): ListPrice[] => {
    const models = [...Map.groupBy(own, ({ model }) => model)]
      .map(([model, charges]) => atList(model, charges, priceOf))
      .filter(isBilledByTokens);
    const [first] = own;
    if (first === undefined || models.length === 0) return [];
    const priced = models.flatMap(({ list, ...model }): ComparedModel[] => (list === null ? [] : [{ ...model, list }]));
    const billed = sum(priced.map((model) => model.billed));
    const list = sum(priced.map((model) => model.list));
    const unpriced = models.flatMap((model) => (model.list === null ? [model.model] : [])).toSorted();
    const { source, provider, currency } = first;
    return [{ source, provider, currency, billed, list, percent: percentChange(billed, list), unpriced, models: priced, priceList }];
  });
}

/** A difference of this many percent is something to ask about. */
const notable = 5;

/** What the review is to say of differences that are worth a question, by source. */
export function reconciledNotes(found: readonly ListPrice[]): Map<string, string[]> {
  const notes = new Map<string, string[]>();
  for (const { source, provider, currency, billed, list, percent, priceList } of found) {
    if (percent === null || Math.abs(percent) <= notable) continue;
    const money = (amount: Micros) => moneyText(toCents(amount), currency);
    const text = `${provider} billed ${money(billed)} in the settled days of this week for tokens that cost ${money(list)} at list price (${percentText(percent)}; ${priceList}). Ask why: a discount, batch or priority prices, another region, or a price that changed.`;
    notes.set(source, [...(notes.get(source) ?? []), text]);
  }
  return notes;
}
