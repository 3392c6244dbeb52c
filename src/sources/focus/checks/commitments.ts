import { shortList } from "../../../core/short-list.ts";
import type { Query } from "../../engine/duckdb.ts";
import type { HeaderGroup } from "../files/header.ts";
import { amountOf } from "../query/grouped.ts";
import { columnOf, tableSql } from "../query/table.ts";
import { keyColumns } from "../query/texts.ts";

/**
 * Commitments whose purchase carries an EffectiveCost although their use does as well: the same money twice. FOCUS wants 0 on such a purchase.
 * Source: microsoft/finops-toolkit 1092 (savings plans of Azure).
 */
export interface DoubleCommitments {
  /** Their ids, in lower case. */
  readonly ids: readonly string[];
  readonly warnings: readonly string[];
}

/** Looks for them in files with purchases that carry an EffectiveCost. Use that is billed itself is not paid by a purchase. */
export async function doubleCommitments(query: Query, groups: readonly HeaderGroup[]): Promise<DoubleCommitments> {
  const able = groups.filter(({ header }) =>
    (["CommitmentDiscountId", "BilledCost", "EffectiveCost"] as const).every((column) => header.positions.has(column)),
  );
  const [bought, used] = [new Map<string, number>(), new Set<string>()];
  for (const group of able) {
    for (const [id, category, rows] of await query(commitmentQuery(group))) {
      if (category === "usage") used.add(id ?? "");
      else bought.set(id ?? "", (bought.get(id ?? "") ?? 0) + Number(rows));
    }
  }
  const ids = [...bought.keys()].filter((id) => used.has(id)).toSorted();
  const rows = ids.reduce((sum, id) => sum + (bought.get(id) ?? 0), 0);
  const warning = `EffectiveCost of ${rows} purchase rows of commitments (${shortList(ids)}) is not 0 although the use they pay for carries it: these purchases are counted with an EffectiveCost of 0.`;
  return { ids, warnings: ids.length === 0 ? [] : [warning] };
}

/** Ids of commitments with an EffectiveCost on purchases, and those with one on use that is billed at 0. */
function commitmentQuery(group: HeaderGroup): string {
  const [id, category] = [columnOf(group, ["CommitmentDiscountId"]), columnOf(group, keyColumns.category)];
  return `SELECT lower(${id}), lower(${category}), CAST(count(*) AS VARCHAR) FROM ${tableSql(group, { parallel: false })}
    WHERE ${id} IS NOT NULL AND ${amountOf(group, "EffectiveCost", "wide")} <> 0
      AND (lower(${category}) = 'purchase' OR (lower(${category}) = 'usage' AND ${amountOf(group, "BilledCost", "wide")} = 0))
    GROUP BY ALL`;
}
