import type { ListPrice } from "../economics/list-price.ts";
import type { Charge } from "../ledger/charge.ts";
import type { Micros } from "../money.ts";
import type { OpenAction } from "../review/effects/open-effects.ts";
import type { PastAction } from "../review/effects/past-actions.ts";
import type { ReviewInput } from "../review/input.ts";
import type { Commitment } from "../review/month/track-record.ts";
import type { Review } from "../review/review.ts";

/** A number that goes into a figure, as it is printed. */
export interface Term {
  readonly name: string;
  readonly value: string;
}

/** Where a figure comes from, so that anybody can compute it again by hand. */
export interface Explanation {
  /** As `analyze --json` prints it. */
  readonly value: string;
  /** In words, and in the names of other figures. */
  readonly formula: string;
  readonly terms: readonly Term[];
  /** How the exact amount became what is printed. */
  readonly rounding: string;
  /** The charges that are added up, with what counts of each; none where a figure comes from other figures. */
  readonly rows: readonly Row[];
}

/** A charge and what counts of it, in micro-units. */
export interface Row {
  readonly charge: Charge;
  readonly amount: Micros;
}

/** What the files of earlier reviews say, as far as this one prints it. */
export interface Earlier {
  readonly forecasts: readonly (Commitment & { readonly id: string })[];
  readonly actions: readonly (OpenAction & { readonly ageWeeks: number; readonly slips: number })[];
  readonly past: readonly PastAction[];
}

/** What figures are explained from. */
export interface Facts {
  readonly input: ReviewInput;
  readonly review: Review;
  readonly earlier: Earlier;
  /** Bills set against the price list, which the review itself does not hold. */
  readonly listPrices: readonly ListPrice[];
}

/** A figure by its name in `analyze --json`; null where the review has no such figure. */
export type Explain = (facts: Facts) => Explanation | null;

/** A figure that not every review has, by its name. */
export type Named = readonly [string, Explain];
