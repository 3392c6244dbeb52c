import type { InputWeeks } from "../economics/input-weeks.ts";
import type { Usage, UsageWeek } from "../economics/usage.ts";
import type { Metric } from "../metrics/metric.ts";
import type { Micros } from "../money.ts";
import type { CandidateConfig } from "../settings/candidates.ts";

/** All that possible savings are looked for in. */
export interface Material {
  readonly usage: readonly Usage[];
  /** That of services whose week goes on as it was. */
  readonly lasting: readonly Usage[];
  /** The same by features that attribution sources say of a bill, too. */
  readonly attributed: readonly Usage[];
  readonly inputWeeks: InputWeeks;
  readonly metrics: readonly Metric[];
  /** The metric that growth names; null where it names none. */
  readonly growthMetric: string | null;
  /** No day of both weeks is missing on the bill: its requests can be set against all of a metric. */
  readonly isWhole: boolean;
  readonly config: CandidateConfig;
}

/** A number of both weeks. */
interface Weeks {
  readonly last7: number;
  readonly prior7: number;
}

interface Common {
  /** What it is about, from the outermost name in. */
  readonly path: readonly string[];
  /** What it is worth in a week at most, in micro-units. */
  readonly saving: Micros;
}

/** A possible saving with what it rests on. */
export type Candidate = Common &
  (
    | { readonly kind: "prompts"; readonly tokensPerRequest: Weeks; readonly requests: number }
    | { readonly kind: "creep"; readonly tokensPerRequest: readonly number[]; readonly requests: number }
    | { readonly kind: "cache"; readonly hitRate: Weeks; readonly tokens: number }
    | { readonly kind: "retries"; readonly metric: string; readonly requestsPerUnit: Weeks; readonly without: readonly string[] }
    | { readonly kind: "cheaper"; readonly cheaper: string; readonly cost: Micros; readonly wouldCost: Micros; readonly isMean: boolean }
    | { readonly kind: "batch"; readonly cost: Micros; readonly discountPercent: number }
  );

export type Detect = (material: Material) => readonly Candidate[];

/** Tokens that a week sent to a model, from a cache or not. */
export function inputOf({ tokens }: UsageWeek): number {
  return tokens.inputTokens + tokens.cacheReadTokens + tokens.cacheWriteTokens;
}

/** A part of an amount; at most the whole of it. Shares are ratios of counts, so that a floating number is as exact as they are. */
export function partOf(amount: Micros, share: number): Micros {
  return BigInt(Math.round(Number(amount) * Math.min(1, Math.max(0, share))));
}

/** Whether a ratio of counts is no less than what counts: one that is just that may miss it by the last digits of a floating number. */
export function isAtLeast(ratio: number, least: number): boolean {
  return ratio >= least - 1e-9;
}

/** Provider, service, model and feature, where one is allocated. */
export function pathOf({ provider, service, model, feature }: Usage): string[] {
  return [provider, service, model, ...(feature === "" ? [] : [feature])];
}
