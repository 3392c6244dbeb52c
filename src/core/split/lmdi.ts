/** What one model and token type did in one week. */
export interface Leaf {
  readonly model: string;
  /** Token type, as far as the rows tell types apart. */
  readonly type: string;
  readonly cost: number;
  readonly tokens: number;
}

/** A week: its leaves, and the requests of each model. */
export interface SplitWeek {
  readonly leaves: readonly Leaf[];
  readonly requests: ReadonlyMap<string, number>;
}

/** Why a cost changed; the parts add up to the change. */
export const splitParts = ["volume", "mix", "tokensPerRequest", "price", "new", "retired", "notTokenPriced"] as const;
export type SplitPart = (typeof splitParts)[number];
export type Effects = Record<SplitPart, number>;

interface Pair {
  readonly model: string;
  readonly before: Leaf | null;
  readonly after: Leaf | null;
}

const keyOf = ({ model, type }: Leaf) => `${model}\0${type}`;

/** Leaves of both weeks side by side, in one order whatever the order of the rows. */
function pairsOf(before: SplitWeek, after: SplitWeek): Pair[] {
  const [first, second] = [before, after].map(({ leaves }) => new Map(leaves.map((leaf) => [keyOf(leaf), leaf])));
  const keys = [...new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])])].sort();
  return keys.flatMap((key) => {
    const pair = { before: first?.get(key) ?? null, after: second?.get(key) ?? null };
    const model = (pair.before ?? pair.after)?.model;
    return model === undefined ? [] : [{ model, ...pair }];
  });
}

/** Priced by tokens: it cost something, for tokens, of a model whose requests are known. Credits and free rows are not. */
function isPriced(leaf: Leaf | null, week: SplitWeek): leaf is Leaf {
  return leaf !== null && leaf.cost > 0 && leaf.tokens > 0 && (week.requests.get(leaf.model) ?? 0) > 0;
}

/** It did nothing at all. */
const isAbsent = (leaf: Leaf | null) => leaf === null || (leaf.cost === 0 && leaf.tokens === 0);

/** Requests of the models that are priced by tokens in a week. */
function requestsOf(week: SplitWeek): number {
  const models = new Set(week.leaves.filter((leaf) => isPriced(leaf, week)).map(({ model }) => model));
  return [...models].sort().reduce((total, model) => total + (week.requests.get(model) ?? 0), 0);
}

/** Logarithmic mean: the weight that makes the logarithms of the factors add up to the difference. */
function logMean(a: number, b: number): number {
  const ratio = Math.log(a / b);
  return Math.abs(ratio) < 1e-9 ? (a + b) / 2 : (a - b) / ratio;
}

/** Whether any part of a week can be split. */
export function isSplittable(week: SplitWeek): boolean {
  return week.leaves.some((leaf) => isPriced(leaf, week));
}

/**
 * Splits a change of cost by LMDI-I (Ang 2004; docs/method.md): cost = Σ requests × share of the model × tokens per request × price
 * per token. Exact, and the same in any order of the factors. A model or type that is there in one week only is a line of its own,
 * not a limit of 1e-10 (Wood & Lenzen 2006); credits and costs without tokens stay outside the formula.
 */
export function splitChange(before: SplitWeek, after: SplitWeek): Effects {
  const effects: Effects = { volume: 0, mix: 0, tokensPerRequest: 0, price: 0, new: 0, retired: 0, notTokenPriced: 0 };
  const [q0, q1] = [requestsOf(before), requestsOf(after)];
  for (const { model, before: old, after: now } of pairsOf(before, after)) {
    if (isPriced(old, before) && isPriced(now, after)) {
      const [r0, r1] = [before.requests.get(model) ?? 0, after.requests.get(model) ?? 0];
      const weight = logMean(now.cost, old.cost);
      effects.volume += weight * Math.log(q1 / q0);
      effects.mix += weight * Math.log(r1 / q1 / (r0 / q0));
      effects.tokensPerRequest += weight * Math.log(now.tokens / r1 / (old.tokens / r0));
      effects.price += weight * Math.log(now.cost / now.tokens / (old.cost / old.tokens));
    } else if (isPriced(now, after) && isAbsent(old)) effects.new += now.cost;
    else if (isPriced(old, before) && isAbsent(now)) effects.retired -= old.cost;
    else effects.notTokenPriced += (now?.cost ?? 0) - (old?.cost ?? 0);
  }
  return effects;
}
