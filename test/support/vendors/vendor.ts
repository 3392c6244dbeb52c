import type { VendorApi } from "./server.ts";

/** A source over HTTP with a server that answers as its vendor does, and what must come of it. */
export interface TestVendor {
  readonly api: VendorApi;
  /** The type of the source, where another entry of the same type has its own server. */
  readonly type?: string;
  /** Variables that the source needs; the keys in them must stand nowhere. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of its entry besides `type` and `baseUrl`. */
  readonly entry?: Readonly<Record<string, unknown>>;
  /** The review date to read for. */
  readonly asOf: string;
  /** Cost of all charges, and of each day that has some, as decimal text. */
  readonly total: string;
  readonly days: Readonly<Record<string, string>>;
  /** What charges say they are of: provider and service, each pair once, sorted. */
  readonly of: readonly string[];
  /** Tokens of all four kinds, and requests; null where the vendor does not count them. */
  readonly tokens: number | null;
  readonly requests: number | null;
}
