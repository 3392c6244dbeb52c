import { allocationTargets } from "../settings/allocation.ts";
import type { Split } from "../split/split.ts";
import { splitsOf } from "../split/weeks.ts";
import type { Delta } from "./delta.ts";
import type { KindWeeks } from "./kind-weeks.ts";

/** Why deltas changed, by slice id: what attribution sources say moves nothing between providers, services and models. */
export function splitsWith(
  deltas: readonly Delta[],
  { whole, parts }: { readonly whole: readonly KindWeeks[]; readonly parts: readonly KindWeeks[] },
): ReadonlyMap<string, Split> {
  if (parts === whole) return splitsOf(deltas, parts);
  const isTarget = ({ slice }: Delta) => allocationTargets.some((name) => name === slice.dimension);
  const tree = deltas.filter((delta) => !isTarget(delta));
  const targets = deltas.filter(isTarget);
  return new Map([...splitsOf(tree, whole), ...splitsOf(targets, parts)]);
}
