import type { Allocated } from "../settings/allocation.ts";
import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { contains } from "../day.ts";
import type { Weeks } from "../metrics/metric.ts";
import type { Micros } from "../money.ts";
import { unnamed } from "../review/slice.ts";

/** The token types of a row that holds one type only, and of all others. */
export const tokenTypes = ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens"] as const;
export type TokenType = (typeof tokenTypes)[number];

/** Cost and tokens of rows that hold one token type only: from these a price can be observed. */
export interface Priced {
  readonly cost: Micros;
  readonly tokens: number;
}

/** What one model did for one feature in one week. */
export interface UsageWeek {
  readonly cost: Micros;
  readonly requests: number;
  readonly tokens: Readonly<Record<TokenType, number>>;
  /** By the one token type of the row. */
  readonly priced: Readonly<Partial<Record<TokenType, Priced>>>;
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
}

type Growing<T> = { -readonly [K in keyof T]: T[K] extends object ? { -readonly [L in keyof T[K]]: T[K][L] } : T[K] };

const none = (): Growing<UsageWeek> => ({
  cost: 0n,
  requests: 0,
  tokens: { inputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, outputTokens: 0 },
  priced: {},
});

function add(week: Growing<UsageWeek>, charge: Charge, basis: CostBasis): void {
  const cost = costOf(charge, basis);
  week.cost += cost;
  week.requests += charge.requests ?? 0;
  const held = tokenTypes.filter((type) => (charge[type] ?? 0) > 0);
  for (const type of held) week.tokens[type] += charge[type] ?? 0;
  const [type, other] = held;
  if (type === undefined || other !== undefined) return;
  const before = week.priced[type] ?? { cost: 0n, tokens: 0 };
  week.priced[type] = { cost: before.cost + cost, tokens: before.tokens + (charge[type] ?? 0) };
}

/** Usage of both weeks by model and feature, for charges that name a model. */
export function usageOf(
  charges: readonly Charge[],
  weeks: Weeks,
  allocate: (charge: Charge) => Allocated,
  basis: CostBasis,
): readonly Usage[] {
  const found = new Map<Allocated, Map<string, Omit<Usage, "last7" | "prior7"> & Record<"last7" | "prior7", Growing<UsageWeek>>>>();
  for (const charge of charges) {
    if (charge.category !== "Usage" || charge.model === "") continue;
    const which = contains(weeks.period, charge.day) ? "last7" : contains(weeks.prior, charge.day) ? "prior7" : null;
    if (which === null) continue;
    const { provider, service, model } = charge;
    const allocated = allocate(charge);
    const alike = found.get(allocated) ?? new Map<string, never>();
    found.set(allocated, alike);
    const key = `${provider}\0${service}\0${model}`;
    const usage = alike.get(key) ?? {
      provider: provider || unnamed,
      service: service || unnamed,
      model,
      feature: allocated.feature,
      last7: none(),
      prior7: none(),
    };
    alike.set(key, usage);
    add(usage[which], charge, basis);
  }
  return [...found.values()].flatMap((alike) => [...alike.values()]);
}

function plus(a: UsageWeek, b: UsageWeek): UsageWeek {
  const sum = none();
  sum.cost = a.cost + b.cost;
  sum.requests = a.requests + b.requests;
  for (const type of tokenTypes) {
    sum.tokens[type] = a.tokens[type] + b.tokens[type];
    const [x, y] = [a.priced[type], b.priced[type]];
    if (x || y) sum.priced[type] = { cost: (x?.cost ?? 0n) + (y?.cost ?? 0n), tokens: (x?.tokens ?? 0) + (y?.tokens ?? 0) };
  }
  return sum;
}

/** The same with parts of one key added up, in the order of the keys; the names are those of the first. */
export function usageBy(usage: readonly Usage[], keyOf: (usage: Usage) => string): Usage[] {
  const groups = [...Map.groupBy(usage, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, [first, ...others]]) =>
    first === undefined
      ? []
      : [others.reduce<Usage>((sum, one) => ({ ...sum, last7: plus(sum.last7, one.last7), prior7: plus(sum.prior7, one.prior7) }), first)],
  );
}

/** What tells models apart. */
export function modelKey({ provider, service, model }: Usage): string {
  return [provider, service, model].join("\0");
}
