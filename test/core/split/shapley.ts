import type { SplitWeek } from "../../../src/core/split/lmdi.ts";

const factors = ["volume", "mix", "tokensPerRequest", "price"] as const;
type Factor = (typeof factors)[number];

/** Every order of the factors. */
function orders(left: readonly Factor[]): Factor[][] {
  return left.length === 0 ? [[]] : left.flatMap((one) => orders(left.filter((other) => other !== one)).map((rest) => [one, ...rest]));
}

/** Shapley values of requests, mix, tokens per request and price: the mean over all 24 orders. For models that are there in both weeks. */
export function shapley(before: SplitWeek, after: SplitWeek): Record<Factor, number> {
  const total = (week: SplitWeek) => [...week.requests.values()].reduce((sum, count) => sum + count, 0);
  const factorsOf = (week: SplitWeek, index: number): Record<Factor, number> => {
    const leaf = week.leaves[index];
    const requests = week.requests.get(leaf?.model ?? "") ?? 0;
    const [cost, tokens] = [leaf?.cost ?? 0, leaf?.tokens ?? 0];
    return { volume: total(week), mix: requests / total(week), tokensPerRequest: tokens / requests, price: cost / tokens };
  };
  const result: Record<Factor, number> = { volume: 0, mix: 0, tokensPerRequest: 0, price: 0 };
  const all = orders(factors);
  for (const [index] of before.leaves.entries()) {
    const [old, now] = [factorsOf(before, index), factorsOf(after, index)];
    for (const order of all) {
      const state = { ...old };
      for (const factor of order) {
        const was = factors.reduce((product, name) => product * state[name], 1);
        state[factor] = now[factor];
        result[factor] += (factors.reduce((product, name) => product * state[name], 1) - was) / all.length;
      }
    }
  }
  return result;
}
