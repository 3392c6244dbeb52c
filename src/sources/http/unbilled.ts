import { modelKey } from "../../core/attribution/names.ts";
import type { Day } from "../../core/day.ts";
import type { ExactRow } from "../../core/ledger/delivery.ts";
import { rangeText, rangesOf } from "./days.ts";

/** So many models are named. */
const mostNamed = 3;

const tokensOf = ({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: ExactRow) =>
  (inputTokens ?? 0) + (cacheReadTokens ?? 0) + (cacheWriteTokens ?? 0) + (outputTokens ?? 0);

/**
 * A sentence for each model whose tokens a vendor counts while none of its rows costs anything, those with most tokens first: free, refused and
 * paid otherwise look alike, so it is a question. Days from `settled` on are left out, as their costs may still come; a model is one with and
 * without a date in its name.
 */
export function unbilledWarnings(source: string, rows: readonly ExactRow[], settled: Day): string[] {
  const models = [...Map.groupBy(rows, ({ model }) => modelKey(model)).values()].flatMap((own) => {
    const used = own.filter((row) => row.day < settled && tokensOf(row) > 0);
    const [first] = used;
    if (first === undefined || own.some(({ billed }) => billed.units !== 0n)) return [];
    const ranges = rangesOf(used.map(({ day }) => day));
    const days = { start: ranges[0]?.start ?? first.day, end: ranges.at(-1)?.end ?? first.day };
    return [{ model: first.model, tokens: used.reduce((total, row) => total + tokensOf(row), 0), days }];
  });
  const ordered = models.toSorted((a, b) => b.tokens - a.tokens || (a.model < b.model ? -1 : 1));
  const more = ordered.length - mostNamed;
  return [
    ...ordered
      .slice(0, mostNamed)
      .map(
        ({ model, tokens, days }) =>
          `source \`${source}\` has ${tokens.toLocaleString("en-US")} tokens of ${model === "" ? "a model without a name" : JSON.stringify(model)} without any cost (${rangeText(days)}): free, refused, or paid otherwise`,
      ),
    ...(more > 0 ? [`source \`${source}\` has tokens of ${more} more ${more === 1 ? "model" : "models"} without any cost`] : []),
  ];
}
