import { unreadable } from "./csv.ts";
import type { Query } from "./duckdb.ts";
import { locateFault } from "./faults.ts";
import type { HeaderGroup } from "./header.ts";
import { aggregateQuery, at, type QueryOptions } from "./sql.ts";

/** One group of rows as the engine gives it: texts in the order of the result columns, null for none. */
export type EngineRow = readonly (string | null)[];

/** True when every amount of the group was read. */
export function isComplete(row: EngineRow): boolean {
  return row[at.billedCount] === row[at.rowCount] && row[at.effectiveCount] === row[at.rowCount];
}

/**
 * Reads and groups the files of one header. Amounts that do not fit the fast type exactly make it read the files again with the wide one.
 * @throws Problem when the engine cannot take a file apart.
 */
export async function aggregate(query: Query, group: HeaderGroup, tagKeys: readonly string[]): Promise<EngineRow[]> {
  const fast = await run(query, group, { amounts: "fast", tagKeys });
  return fast.every(isComplete) ? fast : run(query, group, { amounts: "wide", tagKeys });
}

async function run(query: Query, group: HeaderGroup, options: Omit<QueryOptions, "parallel">): Promise<EngineRow[]> {
  try {
    return await query(aggregateQuery(group, { ...options, parallel: true }));
  } catch {
    // Either a row is broken, or the parallel reader lost its place in quoted line breaks (duckdb/duckdb 24237, 15694). The order matters: the
    // reader with one thread silently drops everything after a quote that is never closed, so the rows are looked through before it is used.
    const fault = await locateFault([group]);
    if (fault !== null) throw fault;
    try {
      return await query(aggregateQuery(group, { ...options, parallel: false }));
    } catch (error) {
      throw engineProblem(group, error);
    }
  }
}

/** What the engine said, with the file that it names; an error in the query itself is ours and stays as it is. */
function engineProblem(group: HeaderGroup, error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/^(Binder|Parser|Catalog|Internal) Error/.test(message)) return error;
  const named = group.files.find((file) => message.includes(file.path)) ?? group.files[0];
  return named === undefined ? error : unreadable(named, error);
}
