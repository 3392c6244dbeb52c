import type { SourceConfig } from "../../core/settings/config.ts";
import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceContext } from "../source.ts";
import { aggregate, type EngineRow } from "./aggregate.ts";
import { basisSuspects, withBilledBasis } from "./basis.ts";
import { type Query, withEngine } from "./duckdb.ts";
import { locateFault } from "./faults.ts";
import { findFiles } from "./files.ts";
import { groupByHeader, type HeaderGroup } from "./header.ts";
import type { FocusConfig } from "./index.ts";
import { exactRow } from "./rows.ts";
import { credibleEffectiveQuery } from "./sql.ts";
import { basisWarnings, columnWarnings, rowWarnings } from "./warnings.ts";

/** Reads all files of the source into daily charges. @throws Problem at the first thing that would make totals wrong; nothing is read in part. */
export async function readFocus(config: FocusConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const files = await findFiles(context.root, [config.path].flat());
  const groups = await groupByHeader(files);
  return withEngine(context.world.env["RUNNER_TEMP"], async (query) => {
    const engineRows: EngineRow[] = [];
    for (const group of groups) engineRows.push(...(await aggregate(query, group, context.tagKeys)));
    if (engineRows.length === 0) throw noRows(files.map((file) => file.name));
    const rows = await countedRows(engineRows, groups, config.name);
    const basis = await withBasis(query, groups, rows);
    const warnings = [...columnWarnings(groups), ...rowWarnings(engineRows, groups), ...basis.warnings];
    return deliver({ source: config.name, rows: basis.rows, asOf: context.asOf, settlingDays: config.settlingDays, warnings });
  });
}

function noRows(names: readonly string[]): Problem {
  return new Problem(`${names.join(", ")}: no rows, only a header.`, {
    remedy: "Export the files again, or correct path of this source in config/overpace.yaml.",
    place: { file: names[0] ?? "" },
  });
}

async function countedRows(engineRows: readonly EngineRow[], groups: readonly HeaderGroup[], source: string): Promise<ExactRow[]> {
  const rows = engineRows.map((row) => exactRow(row, source)).filter((row) => row !== null);
  const currencies = new Set(rows.map((row) => row.currency));
  if (rows.length === engineRows.length && currencies.size === 1) return rows;
  const fault = await locateFault(groups);
  if (fault !== null) throw fault;
  throw new Problem("A row cannot be read, and its place was not found.", {
    remedy: "Please report this with a sample of the files; until then leave them out of path one by one.",
    place: { file: groups[0]?.files[0]?.name ?? "" },
  });
}

/** The rows on the basis that can be trusted for each provider. */
async function withBasis(query: Query, groups: readonly HeaderGroup[], rows: readonly ExactRow[]) {
  const { zero, whole } = basisSuspects(rows);
  const credible = new Set<string>();
  for (const group of whole.length > 0 ? groups : []) {
    for (const [provider] of await query(credibleEffectiveQuery(group))) credible.add(provider ?? "");
  }
  const rounded = whole.filter((provider) => !credible.has(provider));
  return { rows: withBilledBasis(rows, new Set([...zero, ...rounded])), warnings: basisWarnings(zero, rounded) };
}
