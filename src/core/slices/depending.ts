import type { Attributed } from "../attribution/attribution.ts";
import { allocationTargets } from "../settings/allocation.ts";
import { type Slice, unallocated } from "./slice.ts";

/** Slices of features, customers and teams that shares have a part in hang on the sources of these too: where one is late, they moved for that alone. */
export function dependingOnShares(slices: readonly Slice[], { parts, shares, allocate, isShared }: Attributed): readonly Slice[] {
  if (shares.length === 0) return slices;
  const sources = new Set(shares.map(({ source }) => source));
  const found = new Set(parts.filter(isShared).map(allocate));
  const names = new Set(
    [...found].flatMap((allocated) => allocationTargets.map((target) => `${target}\0${allocated[target] || unallocated}`)),
  );
  const isTarget = (slice: Slice) => names.has(`${slice.dimension}\0${slice.key}`) || slice.key === unallocated;
  return slices.map((slice) => (isTarget(slice) ? { ...slice, sources: new Set([...slice.sources, ...sources]) } : slice));
}
