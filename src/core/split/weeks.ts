import { type Prices, tokenTypes } from "../economics/prices.ts";
import { modelKey } from "../economics/usage.ts";
import type { Delta } from "../slices/delta.ts";
import { type Dimension, pathsOf, unnamed } from "../slices/slice.ts";
import type { KindWeek, KindWeeks, TypeSums } from "./kind-weeks.ts";
import type { Leaf, SplitWeek } from "./lmdi.ts";
import { type Split, splitOf } from "./split.ts";

interface GrowingWeek {
  readonly leaves: Map<string, { -readonly [field in keyof Leaf]: Leaf[field] }>;
  readonly requests: Map<string, number>;
}

/** What a kind did in a week, ready to be added to each slice that it belongs to. */
interface KindLeaves {
  readonly leaves: readonly { readonly key: string; readonly leaf: Leaf }[];
  readonly requests: number | null;
}

/** The leaves of a slice in both weeks. */
interface SplitWeeks {
  readonly before: GrowingWeek;
  readonly after: GrowingWeek;
}

const begun = (): GrowingWeek => ({ leaves: new Map(), requests: new Map() });

/** What a token of each type of a model costs, by its key; null where the bill does not tell it. */
export type PricesOf = (model: string) => Prices | null;

/**
 * A leaf for each type of tokens that charges hold together, their cost shared out by the prices that the bill tells; one for all of them where it
 * tells none. A ledger keeps a day of a model in one row.
 */
function leavesIn(model: string, { type, cost, tokens, counts }: TypeSums, pricesOf: PricesOf): Leaf[] {
  const used = tokenTypes.flatMap((name, index) => ((counts[index] ?? 0) > 0 ? [{ type: name, tokens: counts[index] ?? 0 }] : []));
  const prices = used.length > 1 && cost > 0n ? pricesOf(model) : null;
  const worth = used.map((one) => one.tokens * (prices?.[one.type] ?? 0));
  const all = worth.reduce((total, amount) => total + amount, 0);
  if (prices === null || worth.some((amount) => amount <= 0)) return [{ model, type, cost: Number(cost), tokens }];
  return used.map((one, index) => ({ model, ...one, cost: (Number(cost) * (worth[index] ?? 0)) / all }));
}

function kindLeaves(model: string, { types, requests }: KindWeek, pricesOf: PricesOf): KindLeaves {
  const leaves: { key: string; leaf: Leaf }[] = [];
  for (const sums of types.values())
    for (const leaf of leavesIn(model, sums, pricesOf)) leaves.push({ key: `${model}\0${leaf.type}`, leaf });
  return { leaves, requests };
}

/** Adds what a kind did in a week, in place: there are many kinds, and each belongs to several slices. */
function add(week: GrowingWeek, model: string, { leaves, requests }: KindLeaves): void {
  for (const { key, leaf } of leaves) {
    const sums = week.leaves.get(key);
    if (sums) {
      sums.cost += leaf.cost;
      sums.tokens += leaf.tokens;
    } else week.leaves.set(key, { ...leaf });
  }
  if (requests !== null) week.requests.set(model, (week.requests.get(model) ?? 0) + requests);
}

/** A leaf that holds several types of tokens, whichever they are. */
const mixed = "+";

/** The leaves of a week with the types of tokens of these models as one. */
function mixedIn({ leaves, requests }: GrowingWeek, models: ReadonlySet<string>): GrowingWeek {
  const week: GrowingWeek = { leaves: new Map(), requests };
  for (const leaf of leaves.values()) {
    const type = models.has(leaf.model) && leaf.tokens > 0 ? mixed : leaf.type;
    add(week, leaf.model, { leaves: [{ key: `${leaf.model}\0${type}`, leaf: { ...leaf, type } }], requests: null });
  }
  return week;
}

/**
 * Models with a leaf that holds several types have one leaf in both weeks: which types come together differs from day to day, and a set of them
 * that is there in one week only has not begun or ended.
 */
function comparable({ before, after }: SplitWeeks): SplitWeeks {
  const leaves = [...before.leaves.values(), ...after.leaves.values()];
  const models = new Set(leaves.filter(({ type }) => type.includes(mixed)).map(({ model }) => model));
  return models.size === 0 ? { before, after } : { before: mixedIn(before, models), after: mixedIn(after, models) };
}

/** Types of tokens are told apart: no leaf holds several, and some model has several leaves. */
function isTyped({ before, after }: SplitWeeks): boolean {
  const leaves = [...before.leaves.values(), ...after.leaves.values()];
  const types = Map.groupBy(leaves, ({ model }) => model);
  return (
    leaves.every(({ type }) => !type.includes(mixed)) && [...types.values()].some((own) => new Set(own.map(({ type }) => type)).size > 1)
  );
}

const keyOf = (dimension: Dimension, path: readonly string[]) => [dimension, ...path].join("\0");

/** Leaves by model and token type of every slice that usage belongs to. */
function leavesOf(kinds: readonly KindWeeks[], pricesOf: PricesOf): Map<string, SplitWeeks> {
  const bySlice = new Map<string, SplitWeeks>();
  for (const { kind, last7, prior7 } of kinds) {
    const model = modelKey({ provider: kind.provider || unnamed, service: kind.service || unnamed, model: kind.model });
    const [before, after] = [kindLeaves(model, prior7, pricesOf), kindLeaves(model, last7, pricesOf)];
    for (const [dimension, path] of pathsOf(kind, kind.allocated)) {
      const key = keyOf(dimension, path);
      const slice = bySlice.get(key) ?? { before: begun(), after: begun() };
      bySlice.set(key, slice);
      add(slice.before, model, before);
      add(slice.after, model, after);
    }
  }
  return bySlice;
}

const weekOf = ({ leaves, requests }: GrowingWeek): SplitWeek => ({ leaves: [...leaves.values()], requests });

/** Why deltas changed, by slice id; absent where requests or tokens are not known. */
export interface Splits {
  readonly splits: ReadonlyMap<string, Split>;
  /** Those in which types of tokens are told apart. */
  readonly typed: ReadonlySet<string>;
  /** What is split: both weeks of each. */
  readonly splitWeeks: ReadonlyMap<string, SplitPair>;
}

/** Both weeks of a split. */
export interface SplitPair {
  readonly before: SplitWeek;
  readonly after: SplitWeek;
}

/** Splits each delta by the kinds of usage of both weeks; `pricesOf` gives what the bill tells of the prices of a model. */
export function splitsOf(deltas: readonly Delta[], kinds: readonly KindWeeks[], pricesOf: PricesOf): Splits {
  const leaves = leavesOf(kinds, pricesOf);
  const told = deltas.flatMap(({ slice, change }) => {
    const found = leaves.get(keyOf(slice.dimension, slice.path));
    const own = found && comparable(found);
    const pair = own && { before: weekOf(own.before), after: weekOf(own.after) };
    const split = pair && splitOf(pair.before, pair.after, change);
    return own && split ? [{ id: slice.id, split, pair, typed: isTyped(own) }] : [];
  });
  return {
    splits: new Map(told.map(({ id, split }) => [id, split])),
    typed: new Set(told.flatMap(({ id, typed }) => (typed ? [id] : []))),
    splitWeeks: new Map(told.map(({ id, pair }) => [id, pair])),
  };
}
