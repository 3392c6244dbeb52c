/** The words in which story.ts tells its story. */

export type TokenType = "input" | "cached input" | "cache write" | "output";
export type Tags = Readonly<Record<string, string>>;

export type Seller = {
  readonly provider: string;
  readonly issuer: string;
  readonly subAccountId: string;
  readonly subAccountName: string;
};

/**
 * Follows a real shape. The shape is taken apart into the mean of each weekday and what is left of each day;
 * `week` and `noise` say how strongly each part is felt (0 not at all, 1 as it was).
 */
export type Follow = {
  readonly shape: string;
  readonly week: number;
  readonly noise: number;
  /** Weeks by which the shape is moved, so that two lines do not move as one. */
  readonly shift: number;
};

type Common = {
  readonly id: string;
  readonly seller: string;
  readonly service: string;
  readonly category: string;
  /** null: nobody tagged it. */
  readonly tags: Tags | null;
  readonly follows: readonly Follow[];
  readonly apiKey?: string;
  readonly project?: string;
};

export type TokenLine = Common & {
  readonly kind: "tokens";
  readonly model: string;
  /** Name of the price list when it is not the model's own; such rows carry the model in SkuPriceDetails too. */
  readonly priceOf?: string;
  /** Requests on an average day. */
  readonly requests: number;
  readonly perRequest: Readonly<Partial<Record<TokenType, number>>>;
  /** A real shape of tokens per request: `<client> input length` and `<client> output length`. */
  readonly lengths?: { readonly client: string; readonly noise: number; readonly shift: number };
  readonly from?: string;
};

export type MeterLine = Common & {
  readonly kind: "meter";
  readonly meter: string;
  readonly unit: string;
  /** Dollars for `per` units, or for one. */
  readonly price: number;
  readonly per?: number;
  /** Units on an average day. */
  readonly quantity: number;
  /** Whole units only; else three decimals. */
  readonly counted?: true;
};

export type Line = TokenLine | MeterLine;

/** A charge for a whole month, or for one day of it. */
export type Fee = {
  readonly seller: string;
  readonly service: string;
  readonly category: string;
  readonly tags: Tags | null;
  readonly charge: "Purchase" | "Tax" | "Credit";
  readonly frequency: "Recurring" | "One-Time";
  readonly about: string;
  readonly amounts: readonly { readonly start: string; readonly end: string; readonly amount: string }[];
};

export type Event = {
  readonly about: string;
  readonly lines: readonly string[];
  readonly from: string;
  /** First day after the event; without it the event lasts. */
  readonly until?: string;
  /** Factor on requests (or a meter's quantity); a list gives the first days, the last one stays. */
  readonly volume?: number | readonly number[];
  /** Factor on tokens per request. */
  readonly perRequest?: Readonly<Partial<Record<TokenType, number>>>;
};

/** An export made before `completeOn` holds only `share` of this seller's day. */
export type LateDay = {
  readonly seller: string;
  readonly day: string;
  readonly share: number;
  readonly completeOn: string;
};
