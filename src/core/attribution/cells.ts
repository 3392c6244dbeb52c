import type { Charge } from "../ledger/charge.ts";
import { remembering } from "../remember.ts";
import { type Allocated, allocationTargets } from "../settings/allocation.ts";
import { isCloud, modelKey, providerKey } from "./names.ts";

/** What shares of one day, provider and model say together. */
export interface Cell {
  /** What was computed for them. */
  readonly list: bigint;
  readonly tokens: bigint;
  /** Weights by where the shares belong, in the order of `allocatedKey`. */
  readonly parts: readonly { readonly allocated: Allocated; readonly weight: bigint }[];
}

/** Finds the cell that a charge belongs to, as text; null when there can be none. */
export type CellName = (charge: Charge) => string | null;

/** Feature, customer and team as one text. */
export const allocatedKey = (allocated: Allocated) => allocationTargets.map((name) => allocated[name]).join("\0");

/** All tokens of a charge; 0 when none are known. */
export function tokensOf({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge): bigint {
  return BigInt((inputTokens ?? 0) + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) + (outputTokens ?? 0));
}

/**
 * Names cells. A charge belongs to the shares of its day, provider and model; to those of its day and model where the shares name no
 * provider; and, where a provider bills no model at all on a day, to all shares of that provider and day. Clouds are left out of the last:
 * they bill much besides models.
 */
export function cellNames(money: readonly Charge[], shares: readonly Charge[]): { ofMoney: CellName; ofShare: CellName } {
  const [provider, model] = [remembering(providerKey), remembering(modelKey)];
  const named = new Set(money.filter((charge) => charge.model !== "").map(({ day, provider: name }) => `${day}\0${provider(name)}`));
  const exact = (charge: Charge, by: string) => `${charge.day}\0${by}\0${model(charge.model)}`;
  const ofShare = (charge: Charge) => {
    const by = provider(charge.provider);
    const isWhole = by !== "" && !isCloud(by) && !named.has(`${charge.day}\0${by}`);
    if (isWhole) return `${charge.day}\0${by}`;
    return charge.model === "" ? null : exact(charge, by);
  };
  const known = new Set(shares.map(ofShare));
  const ofMoney = (charge: Charge) => {
    const by = provider(charge.provider);
    const names = charge.model === "" ? [`${charge.day}\0${by}`] : [exact(charge, by), exact(charge, "")];
    return names.find((name) => known.has(name)) ?? null;
  };
  return { ofMoney, ofShare };
}

function cellOf(shares: readonly Charge[], allocate: (charge: Charge) => Allocated): Cell {
  const listed = (charge: Charge) => (charge.list !== undefined && charge.list > 0n ? charge.list : 0n);
  const total = (of: (charge: Charge) => bigint) => shares.reduce((sum, charge) => sum + of(charge), 0n);
  const [list, tokens] = [total(listed), total(tokensOf)];
  // A gateway that has no price for a model counts it as free: its tokens weigh then.
  const weightOf = list > 0n ? listed : tokensOf;
  const parts = new Map<string, { allocated: Allocated; weight: bigint }>();
  for (const charge of shares) {
    const allocated = allocate(charge);
    const key = allocatedKey(allocated);
    parts.set(key, { allocated, weight: (parts.get(key)?.weight ?? 0n) + weightOf(charge) });
  }
  const ordered = [...parts].sort(([a], [b]) => (a < b ? -1 : 1));
  return { list, tokens, parts: ordered.map(([, part]) => part).filter(({ weight }) => weight > 0n) };
}

/** The cells of shares by name. */
export function cellsOf(shares: readonly Charge[], name: CellName, allocate: (charge: Charge) => Allocated): Map<string, Cell> {
  const groups = new Map<string, Charge[]>();
  for (const share of shares) {
    const key = name(share);
    if (key === null) continue;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(share);
  }
  return new Map([...groups].map(([key, group]) => [key, cellOf(group, allocate)]));
}
