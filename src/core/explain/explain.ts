import { figuresOf } from "../review/figures/figures.ts";
import { candidateParts } from "./candidates.ts";
import { changedParts } from "./changed.ts";
import { deltaParts } from "./deltas.ts";
import { earlierFigures, earlierParts } from "./earlier.ts";
import { economicParts } from "./economics.ts";
import type { Explain, Explanation, Facts, Named } from "./explanation.ts";
import { dayFigures, findingParts } from "./findings.ts";
import { forecastFigures } from "./forecast.ts";
import { insideParts } from "./inside.ts";
import { listPriceParts } from "./list-prices.ts";
import { monthFigures, monthParts } from "./month.ts";
import { otherFigures } from "./slices.ts";
import { weekFigures, weekParts } from "./week.ts";

const fixed = { ...weekFigures, ...monthFigures, ...forecastFigures, ...dayFigures, ...earlierFigures, ...otherFigures };

/** Figures that not every review has. */
const parts = [
  weekParts,
  monthParts,
  deltaParts,
  insideParts,
  findingParts,
  candidateParts,
  economicParts,
  listPriceParts,
  changedParts,
  earlierParts,
] as const satisfies readonly ((facts: Facts) => readonly Named[])[];

/** Every figure of a review by its name: as in `analyze --json`, deltas and anomalies by their ids. Of some a review may have none. */
export function explainers(facts: Facts): ReadonlyMap<string, Explain> {
  return new Map([...Object.entries(fixed), ...parts.flatMap((part) => part(facts))]);
}

/** Whether `analyze --json` prints something by this name, each key after a dot. */
function isPrinted(name: string, { review }: Facts): boolean {
  let value: unknown = figuresOf(review);
  for (const key of name.split(".")) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return false;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return true;
}

/** The figure of a name; one that is cut at a dot, or that `analyze --json` prints beside a figure, means that. */
function figureOf(name: string, facts: Facts, names: readonly string[]): string | undefined {
  if (names.includes(name)) return name;
  const inside = names.find((key) => key.startsWith(`${name}.`));
  if (inside !== undefined || !name.includes(".") || !isPrinted(name, facts)) return inside;
  return figureOf(name.slice(0, name.lastIndexOf(".")), facts, names);
}

/**
 * Where a figure comes from: its rows, formula and rounding. A name may be cut at a dot: `last7` is `last7.total`; and `forecast.model.low80`
 * is told with `forecast.model.total`. Null when the review has no such figure.
 */
export function explain(name: string, facts: Facts): { readonly figure: string; readonly explanation: Explanation } | null {
  const known = explainers(facts);
  const figure = figureOf(name, facts, [...known.keys()]);
  const explanation = figure === undefined ? null : known.get(figure)?.(facts);
  return figure !== undefined && explanation ? { figure, explanation } : null;
}
