import { afford, askCosts, assertWhole, type Explorer, type Line } from "./costs.ts";
import type { Condition, Dimension } from "./dimension.ts";

/** Costs cut along some dimensions: the keys of each line are values of these. */
export interface Cut {
  readonly dimensions: readonly Dimension[];
  readonly lines: readonly Line[];
}

const without = <T>(items: readonly T[], index: number) => items.filter((_, at) => at !== index);
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
 * request is made for each combination of values of the others. What comes must add up to what was cut.
 * @throws Problem when it does not, and as `askCosts` does.
 */
export async function refine(explorer: Explorer, cut: Cut, next: Dimension, scope: readonly Condition[]): Promise<Cut> {
  const open = openOf(cut);
  const group = cut.dimensions[open];
  const fixed = without(cut.dimensions, open);
  const wholes = combinations(cut, open);
  afford(explorer, wholes.size);
  const lines: Line[] = [];
  for (const [text, whole] of wholes) {
    const values = JSON.parse(text) as readonly string[];
    const conditions = fixed.map((dimension, index) => ({ dimension, values: [values[index] ?? ""] }));
    const others = scope.filter(({ dimension }) => !fixed.includes(dimension));
    const parts = await askCosts(explorer, group ? [group, next] : [next], [...others, ...conditions]);
    assertWhole(explorer, parts, whole);
    lines.push(...parts.map((part) => ({ ...part, keys: keysOf(values, part.keys, open, group !== undefined) })));
  }
  return { dimensions: [...cut.dimensions, next], lines };
}

/** The values of the fixed dimensions, with that of the open one in its place and the new one at the end. */
function keysOf(fixed: readonly string[], [first = "", second = ""]: readonly string[], open: number, isOpen: boolean): string[] {
  return isOpen ? [...fixed.slice(0, open), first, ...fixed.slice(open), second] : [...fixed, first];
}
