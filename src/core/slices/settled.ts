import type { Day } from "../day.ts";
import type { SourceState } from "../ledger/charge.ts";
import type { Slice } from "./slice.ts";

/** The earliest of the days that are known; null for none. */
export const earliest = (days: readonly (Day | null)[]): Day | null => days.filter((day) => day !== null).sort()[0] ?? null;

/** The last day through which every source without a problem is final. */
export function settledThroughOf(sources: readonly SourceState[]): Day | null {
  return earliest(sources.map(({ settledThrough, problem }) => (problem === null ? settledThrough : null)));
}

/** The last settled day of a slice: the earliest of its sources, those with a problem too. */
export function settledOf(sources: readonly Pick<SourceState, "name" | "settledThrough">[]): (slice: Pick<Slice, "sources">) => Day | null {
  const known = new Map(sources.map(({ name, settledThrough }) => [name, settledThrough]));
  return (slice) => earliest([...slice.sources].map((name) => known.get(name) ?? null));
}
