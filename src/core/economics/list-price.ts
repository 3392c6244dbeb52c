import { centsText, percentFigure } from "../format.ts";
import type { Charge } from "../ledger/charge.ts";
import { type Micros, toCents } from "../money.ts";

/** A charge of a compared model, and what its tokens cost at list price, to the nearest micro-unit: 0 without tokens. */
export interface AtList {
  readonly charge: Charge;
  readonly list: Micros;
}

/** A model that is billed by tokens and has a price. */
export interface ComparedModel {
  readonly model: string;
  readonly billed: Micros;
  /** What its tokens cost at list price, added exactly and then rounded. */
  readonly list: Micros;
  readonly rows: readonly AtList[];
}

/** What a provider billed through a source for tokens, against the price list. */
export interface ListPrice {
  readonly source: string;
  readonly provider: string;
  readonly currency: string;
  /** Cost of the models compared. */
  readonly billed: Micros;
  /** What their tokens cost at list price. */
  readonly list: Micros;
  /** The bill against the list; null when the list gives nothing. */
  readonly percent: number | null;
  /** Models that are billed by tokens and have no price: they are in neither amount. */
  readonly unpriced: readonly string[];
  readonly models: readonly ComparedModel[];
  /** Name, version and date of the price list. */
  readonly priceList: string;
}

/** As `analyze --json` prints it: `listPrices` is left out where nothing was compared. */
export function listPriceFigures(listPrices: readonly ListPrice[]) {
  if (listPrices.length === 0) return {};
  const text = (amount: Micros) => centsText(toCents(amount));
  return {
    listPrices: listPrices.map(({ billed, list, percent, models: _, priceList: __, ...found }) => ({
      ...found,
      billed: text(billed),
      list: text(list),
      percent: percentFigure(percent),
    })),
  };
}
