import type { ExactRow } from "../../core/ledger/delivery.ts";
import { shortList } from "../../core/short-list.ts";
import type { Mapping } from "./fields.ts";
import { type Groups, reader } from "./rows.ts";
import { amountLimits } from "./sql.ts";

const quoted = (texts: readonly string[]) => shortList(texts.map((text) => JSON.stringify(text)));

/** What was tolerated, one sentence for each kind. */
export function mappedWarnings(groups: Groups, stated: readonly ExactRow[], mapping: Mapping, tagKeys: readonly string[]): string[] {
  const unused = [...mapping.tags.keys()].filter((key) => !tagKeys.includes(key)).toSorted();
  const roundedCount = reader(groups, "roundedCount");
  const rounded = groups.lines.reduce((sum, line) => sum + Number(roundedCount(line) ?? 0), 0);
  const unpriced = unpricedModels(stated);
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
function unpricedModels(rows: readonly ExactRow[]): string[] {
  const [priced, used] = [new Set<string>(), new Set<string>()];
  for (const { model, billed, inputTokens, outputTokens } of rows) {
    if (billed.units !== 0n) priced.add(model);
    else if ((inputTokens ?? 0) > 0 || (outputTokens ?? 0) > 0) used.add(model);
  }
  return [...used].filter((model) => model !== "" && !priced.has(model)).toSorted();
}
