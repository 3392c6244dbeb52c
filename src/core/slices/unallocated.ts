import { percentOf } from "../format.ts";
import { type AllocationTarget, allocationTargets } from "../settings/allocation.ts";
import type { Delta, TwoWeeks } from "./delta.ts";
import { unallocated } from "./slice.ts";

/** What part of a week's usage an allocation target does not cover. */
export interface Unallocated {
  readonly target: AllocationTarget;
  readonly amount: bigint;
  readonly percent: number | null;
}

/** What no rule or tag covers, target by target. */
export function unallocatedOf(deltas: readonly Delta[], usage: TwoWeeks): Unallocated[] {
  return allocationTargets.map((target) => {
    const delta = deltas.find(({ slice }) => slice.dimension === target && slice.key === unallocated);
    return { target, amount: delta?.last7 ?? 0n, percent: percentOf(delta?.exact.last7 ?? 0n, usage.exact.last7) };
  });
}
