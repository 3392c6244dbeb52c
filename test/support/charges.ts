import { type Day, type Period, eachDay, monthOf } from "../../src/core/day.ts";
import type { Charge, SourceState } from "../../src/core/ledger/charge.ts";
import { microsPerUnit } from "../../src/core/money.ts";
import type { ReviewInput } from "../../src/core/review/input.ts";
import { defaultAllocation } from "../../src/core/settings/allocation.ts";
import type { Thresholds } from "../../src/core/settings/config.ts";

/** The rhythm's own thresholds. */
export const thresholds: Thresholds = {
  week: 20,
  pace: 10,
  escalate: 20,
  below: 10,
  listed: 2,
  listedMost: 6,
  anomaly: 30,
  anomalyShare: 2,
};

/** Whole units of the currency as micro-units. */
export const units = (amount: number) => BigInt(Math.round(amount * Number(microsPerUnit)));

/** What a charge has of its own; `cost` stands for both costs. */
export type ChargePart = Partial<Charge> & { readonly cost?: bigint };

/** A usage charge of OpenAI · Inference from the source `focus`; `cost` in micro-units counts on both bases. */
export function charge(part: ChargePart = {}): Charge {
  const { cost = 0n, ...rest } = part;
  const day = part.day ?? "2026-11-16";
  return {
    day,
    billingPeriod: `${monthOf(day)}-01`,
    provider: "OpenAI",
    service: "Inference",
    category: "Usage",
    correction: false,
    frequency: "Usage-Based",
    currency: "USD",
    model: "",
    account: "",
    project: "",
    apiKey: "",
    tags: "",
    source: "focus",
    estimated: false,
    requests: null,
    inputTokens: null,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    outputTokens: null,
    billed: cost,
    effective: cost,
    ...rest,
  };
}

/** The same charge on every day of a period. */
export function daily(period: Period, part: ChargePart): Charge[] {
  return eachDay(period).map((day) => charge({ ...part, day }));
}

/** An amount over the days of a period: even, the odd micro-units on the first day, so that it adds up. */
export function over(period: Period, amount: bigint, part: Partial<Charge> = {}): Charge[] {
  const days = eachDay(period);
  const each = amount / BigInt(days.length);
  return days.map((day, index) => charge({ ...part, day, cost: index === 0 ? amount - each * BigInt(days.length - 1) : each }));
}

export function source(settledThrough: Day | null, name = "focus", problem: string | null = null): SourceState {
  return { name, settledThrough, problem, notes: [] };
}

/** What a review of 2026-11-23 with everything settled is computed from. */
export function reviewInput(part: Partial<ReviewInput> = {}): ReviewInput {
  return {
    asOf: "2026-11-23",
    currency: "USD",
    costBasis: "effective",
    charges: [],
    history: new Map(),
    sources: [source("2026-11-22")],
    plan: null,
    allocation: defaultAllocation,
    thresholds,
    growth: null,
    metrics: [],
    candidateConfig: { cheaperThan: {} },
    lastReview: null,
    restatements: [],
    rebilled: [],
    events: [],
    ignore: [],
    ...part,
  };
}
