import { economicExplanations } from "./economics.ts";
import type { Explanation, Facts } from "./explanation.ts";
import { monthFigures } from "./month.ts";
import { anomalyExplanation, deltaExplanation, otherFigures, splitExplanation } from "./slices.ts";
import { weekFigures } from "./week.ts";

const fixed = { ...weekFigures, ...monthFigures, ...otherFigures };

/** Every figure of a review that can be explained, by its name: as in `analyze --json`, deltas and anomalies by their ids. */
export function explainers({ review }: Facts): ReadonlyMap<string, (facts: Facts) => Explanation | null> {
  const deltas = review.deltas.flatMap((delta) => {
    const split = review.splits.get(delta.slice.id);
    const change = [delta.slice.id, (facts: Facts) => deltaExplanation(facts, delta)] as const;
    return split ? [change, [`${delta.slice.id}.split`, (facts: Facts) => splitExplanation(facts, delta, split)] as const] : [change];
  });
  const anomalies = review.anomalies.map((anomaly) => [anomaly.id, (facts: Facts) => anomalyExplanation(facts, anomaly)] as const);
  const economics = economicExplanations(review).map(([name, explanation]) => [name, () => explanation] as const);
  return new Map([...Object.entries(fixed), ...economics, ...deltas, ...anomalies]);
}

/**
 * Where a figure comes from: its rows, formula and rounding. A name may be cut at a dot: `last7` is `last7.total`. Null when the review has
 * no such figure.
 */
export function explain(name: string, facts: Facts): { readonly figure: string; readonly explanation: Explanation } | null {
  const known = explainers(facts);
  const figure = known.has(name) ? name : [...known.keys()].find((key) => key.startsWith(`${name}.`));
  const explanation = figure === undefined ? null : known.get(figure)?.(facts);
  return figure !== undefined && explanation ? { figure, explanation } : null;
}
