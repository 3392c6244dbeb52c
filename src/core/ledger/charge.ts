import type { Day } from "../day.ts";
import type { Micros } from "../money.ts";

/** FOCUS ChargeCategory. */
export const chargeCategories = ["Usage", "Purchase", "Tax", "Credit", "Adjustment"] as const;
export type ChargeCategory = (typeof chargeCategories)[number];

/** FOCUS ChargeFrequency. */
export const chargeFrequencies = ["Usage-Based", "Recurring", "One-Time"] as const;
export type ChargeFrequency = (typeof chargeFrequencies)[number];

function wordOf<T extends string>(words: readonly T[]): (text: string | null | undefined) => T | null {
  const known = new Map(words.map((word) => [word.toLowerCase(), word]));
  return (text) => known.get(text?.toLowerCase() ?? "") ?? null;
}

/** The category that a text names, whatever its casing; null for none and for any other text. */
export const categoryOf = wordOf(chargeCategories);

/** The frequency that a text names, whatever its casing (Oracle writes Usage-based); null for none and for any other text. */
export const frequencyOf = wordOf(chargeFrequencies);

/** Disjoint counters: cached tokens are not part of input. Null = the source does not say. */
export interface Counters {
  readonly requests: number | null;
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly outputTokens: number | null;
}

/** What vendors tell apart by ids of their own and people by names, with the field that holds the id. */
export const idFields = { account: "accountId", project: "projectId", apiKey: "apiKeyId" } as const;
export type Identified = keyof typeof idFields;
/** The fields that `idFields` names. */
export const identified = Object.keys(idFields) as Identified[];

/** The ids of what stands in a charge by name; each left out where the source knows none, or has no name for it and shows the id. */
export type Ids = { readonly [field in (typeof idFields)[Identified]]?: string };

/** What tells one daily charge from another. Empty text = not known. */
export interface ChargeKey extends Ids {
  readonly day: Day;
  /** First day of the FOCUS billing period. */
  readonly billingPeriod: Day;
  readonly provider: string;
  readonly service: string;
  readonly category: ChargeCategory;
  /** FOCUS ChargeClass `Correction`. */
  readonly correction: boolean;
  readonly frequency: ChargeFrequency | null;
  readonly currency: string;
  readonly model: string;
  readonly account: string;
  readonly project: string;
  readonly apiKey: string;
  /** JSON object text with sorted keys, only keys named in the config; empty when there are none. */
  readonly tags: string;
  readonly source: string;
  readonly estimated: boolean;
}

/** A daily row of cost: one per day and combination of attributes. */
export interface Charge extends ChargeKey, Counters {
  readonly billed: Micros;
  readonly effective: Micros;
  /** What an attribution source computed: no money, both costs are 0. Left out for money. */
  readonly list?: Micros;
  /** The id and the earlier names of what has an id, the id first: rules may name it by them too. Set on reading (`underPresentNames`), never in the ledger. */
  readonly otherNames?: OtherNames;
}

/** By field, the id and the earlier names of what stands there. */
export type OtherNames = { readonly [field in Identified]?: readonly string[] };

/** What an account, project or key is told apart by: its id, else its name. */
export function identityOf(charge: Pick<ChargeKey, Identified> & Ids, field: Identified): string {
  return charge[idFields[field]] ?? charge[field];
}

const isIdentified = (field: string): field is Identified => Object.hasOwn(idFields, field);

/** All names that a rule may call something by, the present one first. */
export function namesOf<F extends string>(
  named: { readonly [field in F]: string } & Pick<Charge, "otherNames">,
  field: F,
): readonly string[] {
  const others = isIdentified(field) ? named.otherNames?.[field] : undefined;
  return others === undefined ? [named[field]] : [named[field], ...others];
}

/** FOCUS EffectiveCost (amortized), or BilledCost (as invoiced). */
export type CostBasis = "effective" | "billed";

/** What a charge costs on a basis. */
export function costOf(charge: Pick<Charge, CostBasis>, basis: CostBasis): Micros {
  return basis === "effective" ? charge.effective : charge.billed;
}

/** A correction of an earlier billing period: it counts in the month that bills it, not on its day. */
export function isLateCorrection(charge: Pick<Charge, "correction" | "day" | "billingPeriod">): boolean {
  return charge.correction && charge.day < charge.billingPeriod;
}

/** What a review knows of a source. */
export interface SourceState {
  readonly name: string;
  readonly settledThrough: Day | null;
  /** The day after its last one, of a source that has ended: it costs nothing any more, and nothing of it is missing. */
  readonly until?: Day | undefined;
  /** Why it could not be read this time, else null. */
  readonly problem: string | null;
  /** What had to be tolerated when it was read, in sentences: shown in the review. */
  readonly notes: readonly string[];
}
