import type { Period } from "../day.ts";
import type { Charge, CostBasis } from "../ledger/charge.ts";
import { allocationTargets } from "../settings/allocation.ts";
import type { Split } from "../split/split.ts";
import { splitsOf } from "../split/weeks.ts";
import type { Delta } from "./delta.ts";
import type { Kind } from "./kind.ts";

/** Why deltas changed, by slice id: what attribution sources say moves nothing between providers, services and models. */
export function splitsWith(
  deltas: readonly Delta[],
  { whole, parts }: { readonly whole: readonly Charge[]; readonly parts: readonly Charge[] },
  weeks: { readonly period: Period; readonly prior: Period },
  kindOf: (charge: Charge) => Kind,
  basis: CostBasis,
): ReadonlyMap<string, Split> {
  if (parts === whole) return splitsOf(deltas, parts, weeks, kindOf, basis);
  const isTarget = ({ slice }: Delta) => allocationTargets.some((name) => name === slice.dimension);
  const tree = deltas.filter((delta) => !isTarget(delta));
  const targets = deltas.filter(isTarget);
  return new Map([...splitsOf(tree, whole, weeks, kindOf, basis), ...splitsOf(targets, parts, weeks, kindOf, basis)]);
}
