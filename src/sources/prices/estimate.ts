import { counterFields, type ExactRow } from "../../core/ledger/delivery.ts";
import { type Decimal, zero } from "../../core/money.ts";
import { type Prices } from "../../core/settings/prices-schema.ts";
import { factorOf, ownPrice } from "../../core/settings/prices.ts";
import { shortList } from "../../core/short-list.ts";

/** A row of tokens for which the source states no money. */
export type UnpricedRow = Omit<ExactRow, "billed" | "effective" | "estimated">;

/** Rows with estimated money, and what the review is to say of them. */
export interface Estimate {
  readonly rows: readonly ExactRow[];
  readonly warnings: readonly string[];
}

/** Finds what usage costs, own prices first; null where no price is known in the row's currency. */
export type Pricer = (row: UnpricedRow) => { readonly amount: Decimal; readonly own: boolean } | null;

const product = (a: Decimal, b: Decimal | null): Decimal => (b === null ? a : { units: a.units * b.units, scale: a.scale + b.scale });

/** The prices of the configuration and, where they say nothing, those of the price list, which is loaded by this. */
export async function pricerOf(prices: Prices): Promise<Pricer> {
  const { openList, listVersion } = await import("./list.ts");
  const listPrice = openList();
  return (row) => {
    const own = row.currency === prices.currency ? ownPrice(prices, row) : undefined;
    const amount = own === undefined && row.currency === listVersion.currency ? listPrice(row) : own;
    return amount === null || amount === undefined ? null : { amount: product(amount, factorOf(prices, row)), own: own !== undefined };
  };
}

/** Which version of the price list stands behind estimates. */
export async function priceListText(): Promise<string> {
  const { name, version, date } = (await import("./list.ts")).listVersion;
  return `${name} ${version} of ${date}`;
}

/**
 * Rows without money with what their tokens cost at list price, marked as estimated. One without a known price costs nothing and is named in a
 * warning with its tokens. Rows without any token or request need no price.
 */
export async function estimated(unpriced: readonly UnpricedRow[], prices: Prices): Promise<Estimate> {
  if (unpriced.length === 0) return { rows: [], warnings: [] };
  const priceOf = await pricerOf(prices);
  const [unknown, own, listed]: [UnpricedRow[], Set<string>, Set<string>] = [[], new Set(), new Set()];
  const rows = unpriced.map((row): ExactRow => {
    const used = counterFields.some((field) => (row[field] ?? 0) > 0);
    const price = used ? priceOf(row) : { amount: zero, own: false };
    if (price === null) unknown.push(row);
    else if (used) (price.own ? own : listed).add(row.model);
    const amount = price?.amount ?? zero;
    return { ...row, estimated: true, billed: amount, effective: amount };
  });
  const ownFor = own.size === 0 ? "" : `config/prices.yaml for ${namesText([...own].sort())}`;
  const byList = `list prices (${[await priceListText(), ownFor].filter((text) => text !== "").join("; ")})`;
  const by = own.size > 0 && listed.size === 0 ? `the prices of ${ownFor}` : byList;
  return {
    rows,
    warnings: [`Some usage comes without a cost: it is estimated from its tokens at ${by}.`, ...unknownTexts(unknown)],
  };
}

const mostNamed = 10;

const namesText = (names: readonly string[]) => shortList(names.map((name) => JSON.stringify(name)));

/** A sentence for each model without a price, those with most tokens first. */
function unknownTexts(rows: readonly UnpricedRow[]): string[] {
  const models = [...Map.groupBy(rows, ({ provider, model }) => `${provider}\0${model}`).values()].map((list) => {
    const total = (field: (typeof counterFields)[number]) => list.reduce((sum, row) => sum + (row[field] ?? 0), 0);
    const input = total("inputTokens") + total("cacheReadTokens") + total("cacheWriteTokens");
    const days = list.map(({ day }) => day).sort();
    const { provider = "", model = "" } = list[0] ?? {};
    return { provider, model, input, output: total("outputTokens"), requests: total("requests"), first: days[0], last: days.at(-1) };
  });
  const ordered = models.toSorted((a, b) => b.input + b.output - a.input - a.output || (a.model < b.model ? -1 : 1));
  const more = ordered.length - mostNamed;
  const rest = more > 0 ? [`No price known for ${more} more ${more === 1 ? "model" : "models"}.`] : [];
  const count = (number: number) => number.toLocaleString("en-US");
  return [
    ...ordered.slice(0, mostNamed).map(({ provider, model, input, output, requests, first, last }) => {
      const used = `${count(input)} input and ${count(output)} output tokens, ${count(requests)} ${requests === 1 ? "request" : "requests"}`;
      const days = first === last ? `on ${first}` : `from ${first} to ${last}`;
      return `No price known for the model ${JSON.stringify(model)} of ${JSON.stringify(provider)} (${used}, ${days}): its cost is missing from all figures. Add its price to config/prices.yaml.`;
    }),
    ...rest,
  ];
}
