import type { Allocated } from "../settings/allocation.ts";
import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { type Period, contains } from "../day.ts";
import { type Dimension, pathsOf } from "../review/slice.ts";
import type { Delta } from "../review/delta.ts";
import type { Leaf, SplitWeek } from "./lmdi.ts";
import { type Split, splitOf } from "./split.ts";

interface GrowingWeek {
  readonly leaves: Map<string, Leaf>;
  readonly requests: Map<string, number>;
}

/** The leaves of a slice in both weeks. */
interface SplitWeeks {
  readonly before: SplitWeek;
  readonly after: SplitWeek;
}

const counters = ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens"] as const;

/** The token types that a row holds: rows of one type stay apart, a row of several is one leaf. */
function tokensOf(charge: Charge): { type: string; tokens: number } {
  const held = counters.filter((counter) => (charge[counter] ?? 0) > 0);
  return { type: held.join("+"), tokens: held.reduce((total, counter) => total + (charge[counter] ?? 0), 0) };
}

function add(week: GrowingWeek, { model, type, cost, tokens }: Leaf): void {
  const key = `${model}\0${type}`;
  const leaf = week.leaves.get(key);
  week.leaves.set(key, { model, type, cost: (leaf?.cost ?? 0) + cost, tokens: (leaf?.tokens ?? 0) + tokens });
}

function addRequests(week: GrowingWeek, model: string, requests: number): void {
  week.requests.set(model, (week.requests.get(model) ?? 0) + requests);
}

interface Weeks {
  readonly period: Period;
  readonly prior: Period;
}

const keyOf = (dimension: Dimension, path: readonly string[]) => [dimension, ...path].join("\0");

const begin = (): GrowingWeek => ({ leaves: new Map(), requests: new Map() });

/** Charges that belong to the same slices, with their leaves: there are few such groups and many charges. */
interface Group {
  readonly paths: ReturnType<typeof pathsOf>;
  readonly before: GrowingWeek;
  readonly after: GrowingWeek;
}

function groupsOf(charges: readonly Charge[], weeks: Weeks, allocate: (charge: Charge) => Allocated, basis: CostBasis): Group[] {
  const known = new Map<Allocated, Map<string, Group>>();
  for (const charge of charges) {
    const week = contains(weeks.period, charge.day) ? "after" : contains(weeks.prior, charge.day) ? "before" : null;
    if (week === null || charge.category !== "Usage") continue;
    const allocated = allocate(charge);
    const alike = known.get(allocated) ?? new Map<string, Group>();
    known.set(allocated, alike);
    const model = `${charge.provider}\0${charge.service}\0${charge.model}`;
    const group = alike.get(model) ?? { paths: pathsOf(charge, allocated), before: begin(), after: begin() };
    alike.set(model, group);
    add(group[week], { model, ...tokensOf(charge), cost: Number(costOf(charge, basis)) });
    if (charge.requests !== null) addRequests(group[week], model, charge.requests);
  }
  return [...known.values()].flatMap((alike) => [...alike.values()]);
}

/** Leaves by model and token type of every slice that usage belongs to. */
function leavesOf(
  charges: readonly Charge[],
  weeks: Weeks,
  allocate: (charge: Charge) => Allocated,
  basis: CostBasis,
): Map<string, SplitWeeks> {
  const bySlice = new Map<string, { before: GrowingWeek; after: GrowingWeek }>();
  for (const group of groupsOf(charges, weeks, allocate, basis)) {
    for (const [dimension, path] of group.paths) {
      const key = keyOf(dimension, path);
      const slice = bySlice.get(key) ?? { before: begin(), after: begin() };
      bySlice.set(key, slice);
      for (const week of ["before", "after"] as const) {
        for (const leaf of group[week].leaves.values()) add(slice[week], leaf);
        for (const [model, requests] of group[week].requests) addRequests(slice[week], model, requests);
      }
    }
  }
  const done = ({ leaves, requests }: GrowingWeek): SplitWeek => ({ leaves: [...leaves.values()], requests });
  return new Map([...bySlice].map(([key, { before, after }]) => [key, { before: done(before), after: done(after) }]));
}

/** Why each delta changed, by slice id; absent where requests or tokens are not known. */
export function splitsOf(
  deltas: readonly Delta[],
  charges: readonly Charge[],
  weeks: Weeks,
  allocate: (charge: Charge) => Allocated,
  basis: CostBasis,
): Map<string, Split> {
  const leaves = leavesOf(charges, weeks, allocate, basis);
  return new Map(
    deltas.flatMap(({ slice, change }): [string, Split][] => {
      const own = leaves.get(keyOf(slice.dimension, slice.path));
      const split = own && splitOf(own.before, own.after, change);
      return split ? [[slice.id, split]] : [];
    }),
  );
}
