import { afford, askCosts, assertWhole, type Explorer, type Line } from "./costs.ts";
import type { Condition, Dimension } from "./dimension.ts";

/** Costs cut along some dimensions: the keys of each line are values of these. */
export interface Cut {
  readonly dimensions: readonly Dimension[];
  readonly lines: readonly Line[];
}

const without = <T>(items: readonly T[], index: number) => items.filter((_, at) => at !== index);
const hasMoney = ({ billed, effective }: Line) => billed.units !== 0n || effective.units !== 0n;
const textOf = (keys: readonly string[]) => JSON.stringify(keys);

/** Lines by the values of all dimensions but one. */
function combinations({ lines }: Cut, open: number): Map<string, Line[]> {
  return Map.groupBy(lines, ({ keys }) => textOf(without(keys, open)));
}

/**
 * The dimension to leave open so that the others have the fewest combinations of values. A tag or category is left open where there is one:
 * a filter need not find what has no value of it just as a group does.
 */
function openOf(cut: Cut): number {
  const marks = cut.dimensions.filter(({ Type }) => Type !== "DIMENSION");
  const choices = (marks.length > 0 ? marks : cut.dimensions).map((dimension) => cut.dimensions.indexOf(dimension));
  const counts = choices.map((index) => combinations(cut, index).size);
  return choices[counts.indexOf(Math.min(...counts))] ?? 0;
}

/**
 * Cuts costs along one dimension more. Cost Explorer groups by two at most: one of the cut's own stays a group beside the new one, and one
 * request is made for each combination of values of the others, those without money left out. What comes must add up to what was cut.
 * @throws Problem when it does not, and as `askCosts` does.
 */
export async function refine(explorer: Explorer, cut: Cut, next: Dimension, scope: readonly Condition[]): Promise<Cut> {
  const paid = { ...cut, lines: cut.lines.filter(hasMoney) };
  const open = openOf(paid);
  const fixed = without(cut.dimensions, open);
  const wholes = combinations(paid, open);
  afford(explorer, wholes.size);
  const lines: Line[] = [];
  for (const [text, whole] of wholes) {
    const values = JSON.parse(text) as readonly string[];
    const conditions = fixed.map((dimension, index) => ({ dimension, values: [values[index] ?? ""] }));
    const others = scope.filter(({ dimension }) => !fixed.includes(dimension));
    const parts = await askCosts(explorer, [...cut.dimensions.slice(open, open + 1), next], [...others, ...conditions]);
    assertWhole(explorer, parts, whole);
    lines.push(...parts.map((part) => ({ ...part, keys: values.toSpliced(open, 0, part.keys[0] ?? "").concat(part.keys[1] ?? "") })));
  }
  return { dimensions: [...cut.dimensions, next], lines };
}
