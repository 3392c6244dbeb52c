import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { type Period, contains } from "../day.ts";
import type { Kind } from "../review/kind.ts";
import { type Dimension, pathsOf } from "../review/slice.ts";
import type { Delta } from "../review/delta.ts";
import type { Leaf, SplitWeek } from "./lmdi.ts";
import { type Split, splitOf } from "./split.ts";

interface GrowingWeek {
  readonly leaves: Map<string, { -readonly [field in keyof Leaf]: Leaf[field] }>;
  readonly requests: Map<string, number>;
}

/** The leaves of a slice in both weeks. */
interface SplitWeeks {
  readonly before: SplitWeek;
  readonly after: SplitWeek;
}

const counters = ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "outputTokens"] as const;

/** Every set of token types by its number, of which each bit stands for one. */
const typeNames = Array.from({ length: 1 << counters.length }, (_, set) => counters.filter((_, bit) => set & (1 << bit)).join("+"));

/** The token types that a row holds: rows of one type stay apart, a row of several is one leaf. */
function typeOf(charge: Charge): string {
  let set = 0;
  for (let bit = 0; bit < counters.length; bit++) if ((charge[counters[bit] ?? "inputTokens"] ?? 0) > 0) set |= 1 << bit;
  return typeNames[set] ?? "";
}

const tokensOf = (charge: Charge) => counters.reduce((total, counter) => total + (charge[counter] ?? 0), 0);

/** Adds to the leaf of a model and type, in place: there are many charges. */
function add(week: GrowingWeek, key: string, { model, type, cost, tokens }: Leaf): void {
  const leaf = week.leaves.get(key);
  if (leaf === undefined) week.leaves.set(key, { model, type, cost, tokens });
  else {
    leaf.cost += cost;
    leaf.tokens += tokens;
  }
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
  readonly model: string;
  readonly paths: ReturnType<typeof pathsOf>;
  readonly before: GrowingWeek;
  readonly after: GrowingWeek;
}

const groupOf = (kind: Kind): Group => ({
  model: [kind.provider, kind.service, kind.model].join("\0"),
  paths: pathsOf(kind, kind.allocated),
  before: begin(),
  after: begin(),
});

function groupsOf(charges: readonly Charge[], weeks: Weeks, kindOf: (charge: Charge) => Kind, basis: CostBasis): Iterable<Group> {
  const groups = new Map<Kind, Group>();
  for (const charge of charges) {
    const week = contains(weeks.period, charge.day) ? "after" : contains(weeks.prior, charge.day) ? "before" : null;
    if (week === null || charge.category !== "Usage") continue;
    const kind = kindOf(charge);
    const group = groups.get(kind) ?? groupOf(kind);
    groups.set(kind, group);
    const [{ model }, type] = [group, typeOf(charge)];
    // All charges of a group are of one model.
    add(group[week], type, { model, type, cost: Number(costOf(charge, basis)), tokens: tokensOf(charge) });
    if (charge.requests !== null) addRequests(group[week], group.model, charge.requests);
  }
  return groups.values();
}

/** Leaves by model and token type of every slice that usage belongs to. */
function leavesOf(charges: readonly Charge[], weeks: Weeks, kindOf: (charge: Charge) => Kind, basis: CostBasis): Map<string, SplitWeeks> {
  const bySlice = new Map<string, { before: GrowingWeek; after: GrowingWeek }>();
  for (const group of groupsOf(charges, weeks, kindOf, basis)) {
    for (const [dimension, path] of group.paths) {
      const key = keyOf(dimension, path);
      const slice = bySlice.get(key) ?? { before: begin(), after: begin() };
      bySlice.set(key, slice);
      for (const week of ["before", "after"] as const) {
        for (const leaf of group[week].leaves.values()) add(slice[week], `${leaf.model}\0${leaf.type}`, leaf);
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
  kindOf: (charge: Charge) => Kind,
  basis: CostBasis,
): Map<string, Split> {
  const leaves = leavesOf(charges, weeks, kindOf, basis);
  return new Map(
    deltas.flatMap(({ slice, change }): [string, Split][] => {
      const own = leaves.get(keyOf(slice.dimension, slice.path));
      const split = own && splitOf(own.before, own.after, change);
      return split ? [[slice.id, split]] : [];
    }),
  );
}
