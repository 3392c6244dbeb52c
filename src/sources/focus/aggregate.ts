import type { Engine } from "../engine/duckdb.ts";
import { locateFault } from "./checks/faults.ts";
import { type FileDay, fileDays } from "./checks/overlap.ts";
import { unreadable } from "./files/csv.ts";
import type { HeaderGroup } from "./files/header.ts";
import type { QueryOptions } from "./query/grouped.ts";
import { at, linesByFile, linesQuery } from "./query/sql.ts";
import { formFor } from "./query/texts.ts";

/** Charges that differ in their day alone as the engine gives them: texts in the order of the result columns, null for none. */
export type EngineLine = readonly (string | null)[];

/** True when every amount of the line was read. */
export function isComplete(line: EngineLine): boolean {
  return line[at.badAmounts] === null;
}

/** What the engine makes of all files. */
export interface Aggregate {
  readonly lines: readonly EngineLine[];
  /** What files hold of the days that several of them hold, where files are told apart. */
  readonly contents: readonly FileDay[];
}

/**
 * Reads and groups all files. Amounts that do not fit the fast type exactly make it read the files again with the wide one.
 * @throws Problem when the engine cannot take a file apart.
 */
export async function aggregate(engine: Engine, groups: readonly HeaderGroup[], options: AggregateOptions): Promise<Aggregate> {
  const fast = await run(engine, groups, { ...options, amounts: "fast" });
  return fast.lines.every(isComplete) ? fast : run(engine, groups, { ...options, amounts: "wide" });
}

export interface AggregateOptions extends Omit<QueryOptions, "parallel" | "amounts" | "texts"> {
  /** Tells the files apart, so that it shows when two of them hold the same. */
  readonly byFile: boolean;
}
type RunOptions = AggregateOptions & Pick<QueryOptions, "amounts">;

async function run(engine: Engine, groups: readonly HeaderGroup[], options: RunOptions): Promise<Aggregate> {
  try {
    return await attempt(engine, groups, { ...options, parallel: true, texts: formFor(groups) });
  } catch {
    // Either a row is broken, or the parallel reader lost its place in quoted line breaks (duckdb/duckdb 24237, 15694). The order matters: the
    // reader with one thread silently drops everything after a quote that is never closed, so the rows are looked through before it is used.
    const fault = await locateFault(engine.query, groups);
    if (fault !== null) throw fault;
    try {
      return await attempt(engine, groups, { ...options, parallel: false, texts: "plain" });
    } catch (error) {
      throw engineProblem(groups, error);
    }
  }
}

async function attempt({ query, run }: Engine, groups: readonly HeaderGroup[], options: RunOptions & QueryOptions): Promise<Aggregate> {
  if (!options.byFile) return { lines: await query(linesQuery(groups, options)), contents: [] };
  const steps = linesByFile(groups, options);
  await run(steps.keep);
  return { lines: await query(steps.query), contents: await fileDays(query, groups) };
}

/** What the engine said, with the file that it names; an error in the query itself is ours and stays as it is. */
function engineProblem(groups: readonly HeaderGroup[], error: unknown): unknown {
  const message = error instanceof Error ? error.message : String(error);
  if (/^(Binder|Parser|Catalog|Internal) Error/.test(message)) return error;
  const files = groups.flatMap((group) => group.files);
  const named = files.find((file) => message.includes(file.path)) ?? files[0];
  return named === undefined ? error : unreadable(named, error);
}
