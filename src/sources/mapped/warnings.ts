import type { Mapping } from "./fields.ts";
import { type Groups, reader } from "./rows.ts";
import { amountLimits } from "./sql.ts";

const quoted = (texts: readonly string[]) =>
  texts.length > 3
    ? `${texts
        .slice(0, 3)
        .map((text) => JSON.stringify(text))
        .join(", ")} and ${texts.length - 3} more`
    : texts.map((text) => JSON.stringify(text)).join(", ");

/** What was tolerated, one sentence for each kind. */
export function mappedWarnings(groups: Groups, mapping: Mapping, tagKeys: readonly string[]): string[] {
  const unused = [...mapping.tags.keys()].filter((key) => !tagKeys.includes(key)).toSorted();
  const roundedCount = reader(groups, "roundedCount");
  const rounded = groups.rows.reduce((sum, row) => sum + Number(roundedCount(row) ?? 0), 0);
  const unpriced = unpricedModels(groups);
  return [
    ...(unused.length > 0
      ? [`The tags ${quoted(unused)} are mapped, but no allocation rule and no key of \`tags\` names them: they are not kept.`]
      : []),
    ...(rounded > 0
      ? [
          `Amounts in ${rounded} rows have more than ${amountLimits.decimals} decimals: they were rounded at the ${amountLimits.decimals}th.`,
        ]
      : []),
    ...(unpriced.length > 0
      ? [`All costs of the models ${quoted(unpriced)} are 0 although they have tokens: perhaps no price was known where the file was made.`]
      : []),
  ];
}

/** Models with tokens whose costs are all 0. */
function unpricedModels(groups: Groups): string[] {
  const [model, exact, wide] = [reader(groups, "text:model"), reader(groups, "exactCost"), reader(groups, "wideCost")];
  const [input, output] = [reader(groups, "inputTokens"), reader(groups, "outputTokens")];
  const isEstimated = reader(groups, "unpriced");
  const isZero = (text: string | null) => text === null || /^-?[0.]*$/.test(text);
  const [priced, used] = [new Set<string>(), new Set<string>()];
  for (const row of groups.rows) {
    const name = model(row) ?? "";
    if (priced.has(name) || isEstimated(row) !== null) continue;
    if (!isZero(exact(row)) || !isZero(wide(row))) priced.add(name);
    else if (Number(input(row) ?? 0) > 0 || Number(output(row) ?? 0) > 0) used.add(name);
  }
  return [...used].filter((name) => name !== "" && !priced.has(name)).toSorted();
}
