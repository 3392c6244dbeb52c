import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { withFolder } from "../../shell/temporary.ts";
import { type Engine, type Query, withEngine } from "../engine/duckdb.ts";
import { objectsOf } from "../objects/open.ts";
import { whileReading } from "../reading.ts";
import type { SourceContext } from "../source.ts";
import { aggregate, type EngineLine } from "./aggregate.ts";
import { basisSuspects, credibleEffectiveQuery, withBilledBasis } from "./checks/basis.ts";
import { doubleCommitments } from "./checks/commitments.ts";
import { locateFault, locateNumber } from "./checks/faults.ts";
import { mayOverlap, refuseOverlap } from "./checks/overlap.ts";
import type { FocusConfig } from "./entry.ts";
import { findFiles } from "./files/find.ts";
import { groupByHeader, type HeaderGroup } from "./files/header.ts";
import type { FoundFiles } from "./files/source-file.ts";
import { exactRows } from "./rows.ts";
import { basisWarnings, columnWarnings, numberWarning, rowWarnings, unpricedWarnings, unreadNumbers } from "./warnings.ts";

/** Reads all files of the source into daily charges. @throws Problem at the first thing that would make totals wrong; nothing is read in part. */
export async function readFocus(config: FocusConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  return withFolder(context.world, (folder) => readWithin(folder, config, context));
}

async function readWithin(folder: string, config: FocusConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const found = await findFiles(context.root, [config.path].flat(), objectsOf(config, context.world, folder));
  const paths = found.files.map(({ path }) => path);
  const read = () => withEngine(folder, (engine) => readFound(engine, found, config, context));
  const { rows, warnings } = await whileReading(context.world, config.name, paths, read);
  return deliver({ source: config.name, rows, asOf: context.asOf, settlingDays: config.settlingDays, until: config.until, warnings });
}

/** The exact rows of a source, and what was tolerated. */
interface Found {
  readonly rows: readonly ExactRow[];
  readonly warnings: readonly string[];
}

async function readFound(
  engine: Engine,
  found: FoundFiles,
  config: FocusConfig & SourceConfig,
  { tagKeys }: SourceContext,
): Promise<Found> {
  const { query } = engine;
  const groups = await groupByHeader(query, found.files);
  const read = await readRows(engine, groups, config, tagKeys);
  const basis = await withBasis(query, groups, read.rows);
  const warnings = [...found.warnings, ...columnWarnings(groups), ...read.warnings, ...basis.warnings, ...unpricedWarnings(read.rows)];
  return { rows: basis.rows, warnings };
}

/** The rows of all files as they state them, and what was found about them. */
async function readRows(engine: Engine, groups: readonly HeaderGroup[], config: FocusConfig & SourceConfig, tagKeys: readonly string[]) {
  const { query } = engine;
  const byFile = mayOverlap(groups.flatMap((group) => group.files));
  const { lines, contents } = await aggregate(engine, groups, { tagKeys, byFile });
  await refuseOverlap(query, contents);
  await engine.rest();
  const rows = await countedRows(query, lines, groups, config);
  const badNumbers = unreadNumbers(lines) > 0 ? [numberWarning(lines, await locateNumber(query, groups))] : [];
  const mayDouble = rows.some((row) => row.category === "Purchase" && row.effective.units !== 0n);
  const { ids: free, warnings } = mayDouble ? await doubleCommitments(query, groups) : { ids: [], warnings: [] };
  const corrected = free.length > 0 && (await aggregate(engine, groups, { tagKeys, byFile: false, free }));
  return {
    rows: corrected ? await countedRows(query, corrected.lines, groups, config) : rows,
    warnings: [...rowWarnings(lines, groups), ...badNumbers, ...warnings],
  };
}

function noRows(names: readonly string[]): Problem {
  return new Problem(`${names.join(", ")}: no rows, only a header.`, {
    remedy: "Export the files again, or correct path of this source in config/overpace.yaml.",
    place: { file: names[0] ?? "" },
  });
}

async function countedRows(
  query: Query,
  lines: readonly EngineLine[],
  groups: readonly HeaderGroup[],
  { name }: FocusConfig & SourceConfig,
): Promise<ExactRow[]> {
  if (lines.length === 0) throw noRows(groups.flatMap((group) => group.files.map((file) => file.name)));
  const rows = exactRows(lines, name);
  if (rows !== null && rows.every(({ currency }) => currency === rows[0]?.currency)) return rows;
  const fault = await locateFault(query, groups);
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
