import { centsText } from "../format.ts";
import type { Delta } from "../slices/delta.ts";
import type { Leaf } from "../split/lmdi.ts";
import type { Split } from "../split/split.ts";
import type { SplitPair } from "../split/weeks.ts";
import type { Explanation, Facts, Named, Term } from "./explanation.ts";
import { changeRows, deltaExplanation } from "./slices.ts";
import { plain, tokenNames } from "./terms.ts";

const splitNames = {
  volume: "more or fewer requests",
  mix: "dearer or cheaper models",
  tokensPerRequest: "longer or shorter requests",
  price: "price of a token",
  new: "new",
  retired: "retired",
  notTokenPriced: "not priced by tokens",
} as const satisfies Readonly<Record<keyof Split, string>>;

const typeNames: Readonly<Record<string, string>> = tokenNames;

/** What each model and kind of tokens cost in both weeks, with its tokens and the requests of the model: the formula needs no more. */
function leafTerms({ before, after }: SplitPair): Term[] {
  const keyOf = ({ model, type }: Leaf) => `${model}\0${type}`;
  const [old, now] = [before, after].map(({ leaves }) => new Map(leaves.map((leaf) => [keyOf(leaf), leaf])));
  const leaves = [...new Map([...before.leaves, ...after.leaves].map((leaf) => [keyOf(leaf), leaf])).values()];
  const places = new Set(leaves.map(({ model }) => model.split("\0").slice(0, -1).join("\0")));
  const nameOf = ({ model, type }: Leaf) => {
    const path = model.split("\0").map((part) => part || "(no model)");
    const kind = type === "" ? "no tokens" : `${typeNames[type] ?? "all"} tokens`;
    return `${(places.size > 1 ? path : path.slice(-1)).join(" · ")}, ${kind}`;
  };
  const cost = (leaf: Leaf | undefined) => ((leaf?.cost ?? 0) / 1e6).toFixed(6);
  return leaves
    .map((leaf) => {
      const [was, is] = [old?.get(keyOf(leaf)), now?.get(keyOf(leaf))];
      const [r0, r1] = [before, after].map(({ requests }) => requests.get(leaf.model) ?? 0);
      const tokens = `tokens ${was?.tokens ?? 0} → ${is?.tokens ?? 0}`;
      return plain(nameOf(leaf), `cost ${cost(was)} → ${cost(is)}, ${tokens}, requests ${r0 ?? 0} → ${r1 ?? 0}`);
    })
    .sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
}

/** Why a delta changed, by its id and `.split`. */
export function splitExplanation(facts: Facts, { slice, change }: Delta, split: Split): Explanation {
  const parts = Object.entries(splitNames) as [keyof Split, string][];
  const pair = facts.review.splitWeeks.get(slice.id);
  return {
    value: centsText(change),
    formula: `LMDI-I for each model and kind of token${facts.review.typed.has(slice.id) ? ", told apart by the prices that the bill tells" : ""}: logarithmic mean of both weeks' cost × ln of the ratio of each factor: requests of all models with tokens, share of the model in them, tokens of the kind per request of the model, cost of a token (docs/method.md)`,
    terms: [
      ...parts.map(([key, name]): Term => ({ name: `${key} (${name})`, value: centsText(split[key]) })),
      ...(pair === undefined ? [] : leafTerms(pair)),
    ],
    rounding: "parts to cents by largest remainder, so that they add up to the change",
    rows: changeRows(facts, slice),
  };
}

/** Deltas by their ids, with why they changed where that is known. */
export function deltaParts({ review: { deltas, splits } }: Facts): Named[] {
  return deltas.flatMap((delta): Named[] => {
    const split = splits.get(delta.slice.id);
    const change: Named = [delta.slice.id, (facts) => deltaExplanation(facts, delta)];
    return split ? [change, [`${delta.slice.id}.split`, (facts) => splitExplanation(facts, delta, split)]] : [change];
  });
}
