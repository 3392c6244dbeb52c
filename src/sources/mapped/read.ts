import { deliver, type Delivery } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { isCurrency } from "../currency.ts";
import { type Query, withEngine } from "../engine/duckdb.ts";
import { estimated } from "../prices/estimate.ts";
import { whileReading } from "../reading.ts";
import type { SourceContext } from "../source.ts";
import { type Cells, correctIt, type Fault, rowFault, shown } from "./faults.ts";
import type { Mapping } from "./fields.ts";
import { type SourceFile, unreadable } from "./files.ts";
import { currenciesOf, exactRows, type Groups, type MappedRows, reader } from "./rows.ts";
import { type Dialect, groupQuery, type Relation, resultNames } from "./sql.ts";
import { mappedWarnings } from "./warnings.ts";

/** A row as the slow reader sees it: its place, its texts, and what is wrong with it as a row. */
export interface ScannedRow {
  readonly line: number;
  readonly cell: Cells;
  readonly fault: Fault | null;
}

/** Files that are read by one query. */
export interface FileGroup {
  readonly files: readonly SourceFile[];
  /** The rows as a relation of the engine, and where texts stand in it. */
  readonly relation: {
    /** For files that seem to state amounts as numbers. */
    readonly numbers?: Relation | null;
    /** Null where the engine cannot name the columns. */
    readonly quick: Relation | null;
    /** Takes files on which the quick one gives up. */
    readonly careful: Relation;
  };
  /** What is to be said of rows that stand in two of the files, once all can be read. */
  readonly overlaps?: (query: Query) => Promise<readonly string[]>;
  /** What an error of the engine means that no row by itself shows; null for any other. */
  readonly explain?: (error: unknown) => Problem | null;
  /** Looks for what made the careful reader give up, too. @throws Problem that says it. */
  readonly explainGivenUp?: (error: unknown) => Promise<void>;
  /** Goes through the rows of a file until `visit` gives something. */
  readonly scan: (file: SourceFile, visit: (row: ScannedRow) => Problem | null) => Promise<Problem | null>;
}

/** A configured source whose fields are mapped. */
export interface MappedSource {
  readonly config: SourceConfig;
  readonly mapping: Mapping;
  readonly dialect: Dialect;
  /** The key of the configuration that says how days are written. */
  readonly formatKey: string;
}

/** What the reading is told; `folder` is for what it has to keep meanwhile. */
export interface MappedContext extends Pick<SourceContext, "asOf" | "tagKeys" | "world" | "prices"> {
  readonly folder: string;
}

/** Reads groups of files into daily charges. @throws Problem at the first thing that would make totals wrong; nothing is read in part. */
export async function readMapped(source: MappedSource, groups: readonly FileGroup[], context: MappedContext): Promise<Delivery> {
  const { config, mapping } = source;
  const tagKeys = context.tagKeys.filter((key) => mapping.tags.has(key)).toSorted();
  const paths = groups.flatMap(({ files }) => files.map(({ path }) => path));
  const { parts, overlaps } = await whileReading(context.world, config.name, paths, () =>
    withEngine(context.folder, async ({ query }) => {
      const [parts, overlaps]: [Groups["lines"][], string[]] = [[], []];
      for (const group of groups) {
        parts.push(await grouped(query, source, group, tagKeys));
        overlaps.push(...((await group.overlaps?.(query)) ?? []));
      }
      return { parts, overlaps };
    }),
  );
  const found = { names: resultNames(mapping, tagKeys), lines: parts.flat() };
  if (found.lines.length === 0) throw noRows(groups);
  const { stated, unpriced } = await countedRows(found, source, groups, tagKeys);
  const { asOf, prices } = context;
  const before = unpriced.filter(({ day }) => day < asOf);
  const estimates = await estimated(before, prices);
  const warnings = [...overlaps, ...mappedWarnings(found, stated, mapping, context.tagKeys), ...estimates.warnings];
  return deliver({ source: config.name, rows: [...stated, ...estimates.rows], asOf, settlingDays: config.settlingDays, warnings });
}

async function grouped(query: Query, source: MappedSource, group: FileGroup, tagKeys: readonly string[]): Promise<Groups["lines"]> {
  const run = (relation: Relation) => query(groupQuery(relation, source.mapping, tagKeys, source.dialect));
  const { numbers, quick, careful } = group.relation;
  const byNumbers = numbers ? await run(numbers).catch(() => null) : null;
  const ones = reader({ names: resultNames(source.mapping, tagKeys) }, "ones");
  // Of numbers the engine takes `true` for 1: where there is a 1, the texts tell.
  if (byNumbers?.every((line) => ones(line) === "0")) return byNumbers;
  try {
    return await run(quick ?? careful);
  } catch (error) {
    // Either a row is broken, or the quick reader cannot take this file. The order matters: the careful one may pass over what is broken.
    const fault = (await locateFault(source, [group])) ?? group.explain?.(error) ?? null;
    if (fault !== null) throw fault;
    try {
      return await run(careful);
    } catch (error) {
      await group.explainGivenUp?.(error);
      throw engineProblem(group, error);
    }
  }
}

/** What the engine said, with the file that it names; an error in the query itself is ours and stays as it is. */
function engineProblem(group: FileGroup, cause: unknown): unknown {
  const message = cause instanceof Error ? cause.message : String(cause);
  const file = group.files.find(({ path }) => message.includes(path)) ?? group.files[0];
  if (file === undefined || /^(Binder|Parser|Catalog|Internal) Error/.test(message)) return cause;
  return unreadable(file, cause);
}

async function countedRows(
  found: Groups,
  source: MappedSource,
  groups: readonly FileGroup[],
  tagKeys: readonly string[],
): Promise<MappedRows> {
  const { config, mapping } = source;
  const [currency, second] = currenciesOf(found, mapping);
  const rows = exactRows(found, { mapping, tagKeys, source: config.name, currency: currency ?? "" });
  if (rows !== null && currency !== undefined && isCurrency(currency) && second === undefined) return rows;
  const fault = await locateFault(source, groups);
  if (fault !== null) throw fault;
  const file = groups[0]?.files[0]?.name ?? "";
  if (currency === undefined && rows !== null) {
    throw new Problem(`No row of ${file} names a cost and its currency.`, {
      remedy: "Export a range of days with costs, or say currency: { constant: USD } for this source.",
      place: { file },
    });
  }
  throw new Problem("A row cannot be read, and its place was not found.", {
    remedy: "Please report this with a sample of the files; until then leave them out of path one by one.",
    place: { file },
  });
}

function noRows(groups: readonly FileGroup[]): Problem {
  const names = groups.flatMap(({ files }) => files.map(({ name }) => name)).toSorted();
  return new Problem(`${names.join(", ")}: no rows.`, {
    remedy: "Export the files again, or correct path of this source in config/overpace.yaml.",
    place: { file: names[0] ?? "" },
  });
}

/**
 * Goes through the files once more, row by row, to the first row that cannot be counted. It is only called when the engine found that there
 * is one: this pass is ten times slower.
 */
async function locateFault(source: MappedSource, groups: readonly FileGroup[]): Promise<Problem | null> {
  const files = groups.flatMap((group) => group.files.map((file) => ({ group, file })));
  const place = source.mapping.texts.get("currency");
  let first: { readonly currency: string; readonly at: string } | null = null;
  for (const { group, file } of files.toSorted((a, b) => (a.file.name < b.file.name ? -1 : 1))) {
    const problem = await group.scan(file, ({ line, cell, fault }) => {
      const currency = place === undefined || fault !== null ? undefined : cell(place)?.toUpperCase();
      const found =
        fault ??
        rowFault(cell, source.mapping, source.dialect, source.formatKey) ??
        otherCurrency(place, currency, first, `${file.name}:${line}`);
      if (currency !== undefined) first ??= { currency, at: `${file.name}:${line}` };
      return found && new Problem(found.message, { remedy: found.remedy, place: { file: file.name, line } });
    });
    if (problem !== null) return problem;
  }
  return null;
}

function otherCurrency(
  place: string | undefined,
  currency: string | undefined,
  first: { readonly currency: string; readonly at: string } | null,
  at: string,
): Fault | null {
  if (currency === undefined || first === null || first.currency === currency) return null;
  return {
    message: `${place} is ${shown(currency)} at ${at}, but ${shown(first.currency)} at ${first.at}; expected one currency.`,
    remedy: `Amounts of different currencies are never added: keep each in files of its own. ${correctIt}`,
  };
}
