import type { Delta } from "../review/delta.ts";
import type { KindWeek, KindWeeks } from "../review/kind-weeks.ts";
import { type Dimension, pathsOf } from "../review/slice.ts";
import type { Leaf, SplitWeek } from "./lmdi.ts";
import { type Split, splitOf } from "./split.ts";

interface GrowingWeek {
  readonly leaves: Map<string, { -readonly [field in keyof Leaf]: Leaf[field] }>;
  readonly requests: Map<string, number>;
}

/** The leaves of a slice in both weeks. */
interface SplitWeeks {
  readonly before: GrowingWeek;
  readonly after: GrowingWeek;
}

const begun = (): GrowingWeek => ({ leaves: new Map(), requests: new Map() });

/** Adds what a kind did in a week, in place: there are many kinds, and each belongs to several slices. */
function add({ leaves, requests }: GrowingWeek, model: string, week: KindWeek): void {
  for (const { type, cost, tokens } of week.types.values()) {
    const key = `${model}\0${type}`;
    const leaf = leaves.get(key) ?? { model, type, cost: 0, tokens: 0 };
    leaf.cost += Number(cost);
    leaf.tokens += tokens;
    leaves.set(key, leaf);
  }
  if (week.requests !== null) requests.set(model, (requests.get(model) ?? 0) + week.requests);
}

const keyOf = (dimension: Dimension, path: readonly string[]) => [dimension, ...path].join("\0");

/** Leaves by model and token type of every slice that usage belongs to. */
function leavesOf(kinds: readonly KindWeeks[]): Map<string, SplitWeeks> {
  const bySlice = new Map<string, SplitWeeks>();
  for (const { kind, last7, prior7 } of kinds) {
    const model = [kind.provider, kind.service, kind.model].join("\0");
    for (const [dimension, path] of pathsOf(kind, kind.allocated)) {
      const key = keyOf(dimension, path);
      const slice = bySlice.get(key) ?? { before: begun(), after: begun() };
      bySlice.set(key, slice);
      add(slice.before, model, prior7);
      add(slice.after, model, last7);
    }
  }
  return bySlice;
}

const weekOf = ({ leaves, requests }: GrowingWeek): SplitWeek => ({ leaves: [...leaves.values()], requests });

/** Why each delta changed, by slice id; absent where requests or tokens are not known. */
export function splitsOf(deltas: readonly Delta[], kinds: readonly KindWeeks[]): Map<string, Split> {
  const leaves = leavesOf(kinds);
  return new Map(
    deltas.flatMap(({ slice, change }): [string, Split][] => {
      const own = leaves.get(keyOf(slice.dimension, slice.path));
      const split = own && splitOf(weekOf(own.before), weekOf(own.after), change);
      return split ? [[slice.id, split]] : [];
    }),
  );
}
