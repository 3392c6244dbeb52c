import { contains } from "../day.ts";
import { tokenTypes } from "../economics/prices.ts";
import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { addCounter } from "../ledger/delivery.ts";
import type { Micros } from "../money.ts";
import type { Kind } from "../slices/kind.ts";
import type { Weeks } from "../weeks.ts";

/** What charges of one kind that hold the same token types add up to. */
export interface TypeSums {
  readonly type: string;
  readonly cost: Micros;
  readonly tokens: number;
  /** Of each type, in the order of `tokenTypes`. */
  readonly counts: readonly number[];
}

/** What charges of one kind add up to in one week: by the token types that they hold, and what of it is estimated. */
export interface KindWeek {
  readonly types: ReadonlyMap<string, TypeSums>;
  readonly estimated: Micros;
  /** Null where no charge states any. */
  readonly requests: number | null;
}

/** Usage of one kind in both weeks. */
export interface KindWeeks {
  readonly kind: Kind;
  readonly last7: KindWeek;
  readonly prior7: KindWeek;
}

type Growing<T> = { -readonly [name in keyof T]: T[name] };
interface GrowingSums extends Growing<TypeSums> {
  readonly counts: number[];
}
interface GrowingWeek extends Growing<KindWeek> {
  readonly types: Map<string, GrowingSums>;
}

const begun = (): GrowingWeek => ({ types: new Map(), estimated: 0n, requests: null });

/** Every set of token types by its number, of which each bit stands for one. */
const typeNames = Array.from({ length: 1 << tokenTypes.length }, (_, set) => tokenTypes.filter((_, bit) => set & (1 << bit)).join("+"));

/** The token types that a charge holds: those of one type stay apart, several are a type of their own. */
function typeOf({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge): string {
  const bit = (count: number | null, value: number) => ((count ?? 0) > 0 ? value : 0);
  return typeNames[bit(inputTokens, 1) | bit(cacheReadTokens, 2) | bit(cacheWriteTokens, 4) | bit(outputTokens, 8)] ?? "";
}

/** Adds a charge, in place: there are many charges and few kinds. */
function add(week: GrowingWeek, charge: Charge, cost: Micros): void {
  const type = typeOf(charge);
  const sums = week.types.get(type) ?? { type, cost: 0n, tokens: 0, counts: [0, 0, 0, 0] };
  week.types.set(type, sums);
  sums.cost += cost;
  for (let index = 0; index < tokenTypes.length; index++) {
    const count = charge[tokenTypes[index] ?? "inputTokens"] ?? 0;
    sums.tokens += count;
    sums.counts[index] = (sums.counts[index] ?? 0) + count;
  }
  if (charge.estimated) week.estimated += cost;
  week.requests = addCounter(week.requests, charge.requests);
}

/** The usage of both weeks by kind, in one pass, for all parts of a review that ask what moved. */
export function kindWeeksOf(
  charges: readonly Charge[],
  weeks: Weeks,
  kindOf: (charge: Charge) => Kind,
  basis: CostBasis,
): readonly KindWeeks[] {
  const found = new Map<Kind, { readonly kind: Kind; readonly last7: GrowingWeek; readonly prior7: GrowingWeek }>();
  for (const charge of charges) {
    const week = contains(weeks.period, charge.day) ? "last7" : contains(weeks.prior, charge.day) ? "prior7" : null;
    if (week === null || charge.category !== "Usage") continue;
    const kind = kindOf(charge);
    const sums = found.get(kind) ?? { kind, last7: begun(), prior7: begun() };
    found.set(kind, sums);
    add(sums[week], charge, costOf(charge, basis));
  }
  return [...found.values()];
}
