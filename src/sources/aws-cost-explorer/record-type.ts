import type { ChargeCategory, ChargeFrequency } from "../../core/ledger/charge.ts";

/** What a charge is in the words of FOCUS. */
export interface Kind {
  readonly category: ChargeCategory;
  /** Null: not known, or charged hour by hour though it is a fee. */
  readonly frequency: ChargeFrequency | null;
}

const usage: Kind = { category: "Usage", frequency: "Usage-Based" };
const once: Kind = { category: "Purchase", frequency: "One-Time" };
const monthly: Kind = { category: "Purchase", frequency: "Recurring" };

/** Cost Explorer's charge types, letters alone: as its answers and as its console write them. */
const kinds: Readonly<Record<string, Kind>> = {
  usage,
  discountedusage: usage,
  reservationappliedusage: usage,
  savingsplancoveredusage: usage,
  // It takes the price on demand of covered usage back.
  savingsplannegation: usage,
  tax: { category: "Tax", frequency: "Recurring" },
  credit: { category: "Credit", frequency: "One-Time" },
  // A refund of what, Cost Explorer does not say: as usage it would be a false dip.
  refund: { category: "Adjustment", frequency: "One-Time" },
  support: monthly,
  supportfee: monthly,
  rifee: monthly,
  recurringreservationfee: monthly,
  savingsplanrecurringfee: { category: "Purchase", frequency: null },
  fee: once,
  upfrontreservationfee: once,
  savingsplanupfrontfee: once,
  outofcyclecharge: once,
  outofcyclecharges: once,
  otheroutofcyclecharges: once,
};

/** What a RECORD_TYPE of Cost Explorer is; null for one that is not known. */
export function kindOf(recordType: string): Kind | null {
  const letters = recordType.toLowerCase().replace(/[^a-z]/g, "");
  if (letters.endsWith("discount")) return { category: "Adjustment", frequency: "Usage-Based" };
  return Object.hasOwn(kinds, letters) ? (kinds[letters] ?? null) : null;
}
