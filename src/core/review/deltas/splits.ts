import { pricesOf, type Prices } from "../../economics/prices.ts";
import { type Usage, modelKey, usageBy } from "../../economics/usage.ts";
import { allocationTargets } from "../../settings/allocation.ts";
import type { Delta } from "../../slices/delta.ts";
import type { KindWeeks } from "../../split/kind-weeks.ts";
import { type PricesOf, type Splits, splitsOf } from "../../split/weeks.ts";

/** The prices that the bill of both weeks tells of each model. */
function pricesIn(usage: readonly Usage[]): PricesOf {
  const models = new Map(usageBy(usage, modelKey).map((model) => [modelKey(model), model]));
  const known = new Map<string, Prices | null>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const model = models.get(key);
    const prices = model ? pricesOf(model.moments) : null;
    known.set(key, prices);
    return prices;
  };
}

/** Why deltas changed: what attribution sources say moves nothing between providers, services and models. */
export function splitsWith(
  deltas: readonly Delta[],
  { whole, parts }: { readonly whole: readonly KindWeeks[]; readonly parts: readonly KindWeeks[] },
  usage: readonly Usage[],
): Splits {
  const prices = pricesIn(usage);
  if (parts === whole) return splitsOf(deltas, parts, prices);
  const isTarget = ({ slice }: Delta) => allocationTargets.some((name) => name === slice.dimension);
  const tree = splitsOf(
    deltas.filter((delta) => !isTarget(delta)),
    whole,
    prices,
  );
  const targets = splitsOf(deltas.filter(isTarget), parts, prices);
  return {
    splits: new Map([...tree.splits, ...targets.splits]),
    typed: new Set([...tree.typed, ...targets.typed]),
    splitWeeks: new Map([...tree.splitWeeks, ...targets.splitWeeks]),
  };
}
