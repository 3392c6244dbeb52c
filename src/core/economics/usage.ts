import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import type { Micros } from "../money.ts";
import type { Kind } from "../slices/kind.ts";
import { unnamed } from "../slices/slice.ts";
import type { Weeks } from "../weeks.ts";
import { type GrowingMoments, type Moments, type Tokens, addMoments, addRow, noMoments } from "./prices.ts";

/** What one model did for one feature in one week. */
export interface UsageWeek {
  readonly cost: Micros;
  readonly requests: number;
  readonly tokens: Tokens;
}

/** Usage of one model for one feature. */
export interface Usage {
  readonly provider: string;
  readonly service: string;
  readonly model: string;
  /** Empty where none is allocated. */
  readonly feature: string;
  readonly last7: UsageWeek;
  readonly prior7: UsageWeek;
  /** From which prices of token types are fitted, over the rows of both weeks. */
  readonly moments: Moments;
}

/** A week while charges are added. */
interface GrowingWeek extends UsageWeek {
  cost: Micros;
  requests: number;
  readonly tokens: Record<keyof Tokens, number>;
}

const beginning = (): GrowingWeek => ({
  cost: 0n,
  requests: 0,
  tokens: { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0 },
});

function tokensOf({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge): Tokens {
  return {
    inputTokens: inputTokens ?? 0,
    cacheReadTokens: cacheReadTokens ?? 0,
    cacheWriteTokens: cacheWriteTokens ?? 0,
    outputTokens: outputTokens ?? 0,
  };
}

/** Adds in place: there are many charges. */
function add(week: GrowingWeek, { tokens, cost, requests }: UsageWeek): void {
  week.cost += cost;
  week.requests += requests;
  week.tokens.inputTokens += tokens.inputTokens;
  week.tokens.cacheReadTokens += tokens.cacheReadTokens;
  week.tokens.cacheWriteTokens += tokens.cacheWriteTokens;
  week.tokens.outputTokens += tokens.outputTokens;
}

interface Growing extends Usage {
  readonly last7: GrowingWeek;
  readonly prior7: GrowingWeek;
  readonly moments: GrowingMoments;
}

type Names = Pick<Usage, "provider" | "service" | "model" | "feature">;

function usageBeginning({ provider, service, model, feature }: Names): Growing {
  return { provider, service, model, feature, last7: beginning(), prior7: beginning(), moments: noMoments() };
}

/** The names that usage of a kind is added up under. */
export function namesOf({ provider, service, model, allocated: { feature } }: Kind): Names {
  return { provider: provider || unnamed, service: service || unnamed, model, feature };
}

/** Finds the usage that charges of a kind add to, and begins it where it is new: kinds of one model and feature share it. */
function finder(found: Map<string, Growing>): (kind: Kind) => Growing {
  const known = new Map<Kind, Growing>();
  return (kind) => {
    const before = known.get(kind);
    if (before !== undefined) return before;
    const names = namesOf(kind);
    const key = usageKey(names);
    const usage = found.get(key) ?? usageBeginning(names);
    found.set(key, usage);
    known.set(kind, usage);
    return usage;
  };
}

const inOrder = (found: ReadonlyMap<string, Growing>): Usage[] => [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sums]) => sums);

/** Usage of both weeks by model and feature, in the order of their names, for charges that name a model. */
export function usageOf(charges: readonly Charge[], weeks: Weeks, kindOf: (charge: Charge) => Kind, basis: CostBasis): readonly Usage[] {
  const found = new Map<string, Growing>();
  const usageWith = finder(found);
  for (const charge of charges) {
    if (charge.day < weeks.prior.start || charge.day >= weeks.period.end || charge.category !== "Usage" || charge.model === "") continue;
    const usage = usageWith(kindOf(charge));
    const [tokens, cost] = [tokensOf(charge), costOf(charge, basis)];
    addRow(usage.moments, tokens, cost);
    add(charge.day >= weeks.period.start ? usage.last7 : usage.prior7, { tokens, cost, requests: charge.requests ?? 0 });
  }
  return inOrder(found);
}

/** The same with parts of one key added up, in the order of the keys; the names are those of the first. */
export function usageBy(usage: readonly Usage[], keyOf: (usage: Usage) => string): Usage[] {
  const found = new Map<string, Growing>();
  for (const one of usage) {
    const key = keyOf(one);
    const sums = found.get(key) ?? usageBeginning(one);
    found.set(key, sums);
    add(sums.last7, one.last7);
    add(sums.prior7, one.prior7);
    addMoments(sums.moments, one.moments);
  }
  return inOrder(found);
}

/** What tells usage of models and features apart. */
export function usageKey(names: Pick<Usage, "provider" | "service" | "model" | "feature">): string {
  return `${modelKey(names)}\0${names.feature}`;
}

/** What tells models apart. */
export function modelKey({ provider, service, model }: Pick<Usage, "provider" | "service" | "model">): string {
  return [provider, service, model].join("\0");
}
