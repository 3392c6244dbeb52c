import type { Delivery } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { closeSync, openSync, readSync } from "../../shell/node.ts";
import { withFolder } from "../../shell/temporary.ts";
import { literal } from "../engine/literal.ts";
import { correctIt, type Fault, shown } from "../mapped/faults.ts";
import { type Mapping, mappingOf, placesOf, type ReadyMapping } from "../mapped/fields.ts";
import { findFiles, type SourceFile } from "../mapped/files.ts";
import { type FileGroup, readMapped, type ScannedRow } from "../mapped/read.ts";
import type { Relation } from "../mapped/sql.ts";
import { objectsOf } from "../objects/open.ts";
import type { SourceContext } from "../source.ts";
import type { LogConfig } from "./entry.ts";
import { eachLine, explainMemory } from "./lines.ts";
import { logMappings } from "./mappings.ts";
import { columnSql, columnTypes, pointerOf, textAt, valueAt } from "./paths.ts";

const kind = { type: "log", ending: /\.(jsonl|ndjson|json|log)(\.gz)?$/i, endings: ".jsonl, .ndjson, .json and .log, plain or .gz" };

/** Reduces all files of the source to daily charges. @throws Problem at the first thing that would make totals wrong. */
export async function readLog(config: LogConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  return withFolder(context.world, (folder) => readWithin(folder, config, context));
}

async function readWithin(folder: string, config: LogConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const ready: ReadyMapping = config.mapping === undefined ? { time: "", fields: {} } : logMappings[config.mapping];
  const mapping = mappingOf(config.fields?.time, config.fields, config, { ...ready, rowsAreRequests: true });
  const { files, warnings } = await findFiles(context.root, [config.path].flat(), kind, objectsOf(config, context.world, folder));
  const source = { config, mapping, dialect: { time: config.timeFormat ?? "any", decimalComma: false }, formatKey: "timeFormat" } as const;
  const delivery = await readMapped(source, [fileGroup(files, mapping)], { ...context, folder });
  return { ...delivery, warnings: [...warnings, ...delivery.warnings] };
}

function fileGroup(files: readonly SourceFile[], mapping: Mapping): FileGroup {
  const paths = placesOf(mapping);
  const integers = integerPaths(mapping);
  const numbers = numberPaths(files, mapping, integers);
  const [types, numberTypes] = [columnTypes(paths, integers), numbers && columnTypes(paths, numbers)];
  const names = files.map(({ path }) => literal(path.replace(/[[*?]/g, "[$&]"))).join(", ");
  const columns = (types: string, textOf: Relation["textOf"]): Relation => ({
    sql: `read_json([${names}], columns = ${types}, records = true, format = 'newline_delimited')`,
    textOf,
    integerOf: (path) => (integers.has(path) ? columnSql(path) : null),
  });
  const pointers = paths.map((path) => literal(pointerOf(path))).join(", ");
  return {
    files,
    relation: {
      numbers: numberTypes === null ? null : { ...columns(numberTypes, columnSql), amountsAreNumbers: true },
      // An empty text is no cost, where that is allowed; elsewhere it is refused, or the same as none.
      quick:
        types === null
          ? null
          : columns(types, (path) =>
              path === mapping.cost && mapping.emptyCost !== "refuse" ? `nullif(${columnSql(path)}, '')` : columnSql(path),
            ),
      careful: {
        sql: `(SELECT json_extract_string(json, [${pointers}]) AS found
          FROM read_json_objects([${names}], format = 'newline_delimited', maximum_object_size = 67108864))`,
        textOf: (path) => (paths.includes(path) ? `nullif(found[${paths.indexOf(path) + 1}], '')` : null),
      },
    },
    explain: (error) => twiceNamed(error, files),
    explainGivenUp: (error) => explainMemory(error, files),
    scan: scanLines,
  };
}

/** The paths of whole numbers, and that of the amount: null unless all files seem to state it as a number, which says nothing else. */
function numberPaths(
  files: readonly SourceFile[],
  { time, cost, texts, tags }: Mapping,
  integers: ReadonlySet<string>,
): Set<string> | null {
  const others = new Set([time, ...texts.values(), ...tags.values()]);
  return !others.has(cost) && files.every(({ path }) => beginsWithNumber(path, cost)) ? new Set([...integers, cost]) : null;
}

const headBytes = 65_536;

/** Whether the first line of a plain file states an amount as a number: then all lines mostly do. */
function beginsWithNumber(path: string, place: string): boolean {
  const head = Buffer.alloc(headBytes);
  const file = openSync(path, "r");
  try {
    const [line = ""] = head.toString("utf8", 0, readSync(file, head, 0, headBytes, 0)).split("\n");
    return typeof valueAt(JSON.parse(line), place) === "number";
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
}

/** The paths that hold whole numbers and nothing else. */
function integerPaths({ time, cost, texts, tags, counters }: Mapping): Set<string> {
  const others = new Set([time, cost, ...texts.values(), ...tags.values()]);
  return new Set([...counters.values()].flat().filter((path) => !others.has(path)));
}

/** The refusal of an object that has a key twice: readers of JSON differ in which one they take. */
function twiceNamed(error: unknown, files: readonly SourceFile[]): Problem | null {
  const message = error instanceof Error ? error.message : "";
  const [, key] = /has duplicate key "([^"]*)"/.exec(message) ?? [];
  const file = files.find(({ path }) => message.includes(path)) ?? files[0];
  if (key === undefined || file === undefined) return null;
  const line = /in line (\d+)/.exec(message)?.[1];
  return new Problem(`A JSON object names ${JSON.stringify(key)} twice.`, {
    remedy: `Let what writes the log name each key once. ${correctIt}`,
    place: { file: file.name, ...(line === undefined ? {} : { line: Number(line) }) },
  });
}

/** Goes through the lines of a file until `visit` gives something. */
function scanLines(file: SourceFile, visit: (row: ScannedRow) => Problem | null): Promise<Problem | null> {
  return eachLine(file, (bytes, line) => (bytes.trim() === "" ? null : visit(rowOf(Buffer.from(bytes, "latin1"), line))));
}

function rowOf(bytes: Buffer, line: number): ScannedRow {
  const { value, fault } = parsed(bytes, line);
  return { line, cell: (path) => textAt(value, path), fault };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function parsed(bytes: Buffer, line: number): { readonly value?: unknown; readonly fault: Fault | null } {
  const remedy = `Write one JSON object on each line. ${correctIt}`;
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { fault: { message: `The line is not UTF-8: ${shown(bytes.toString())}.`, remedy: `Write the log in UTF-8. ${correctIt}` } };
  }
  if (line === 1 && text.startsWith("\uFEFF")) {
    return {
      fault: { message: "The file begins with a byte order mark, which JSON lines do not have.", remedy: "Save it as UTF-8 without one." },
    };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { value, fault: null };
    const list = Array.isArray(value) ? " A list in one piece is turned into lines by jq -c '.[]'." : "";
    return { fault: { message: `The line is JSON, but no object: ${shown(text)}.`, remedy: `${remedy}${list}` } };
  } catch {
    const half = text.startsWith("{") && !text.trimEnd().endsWith("}") ? " (cut off?)" : "";
    return { fault: { message: `The line is no JSON${half}: ${shown(text)}.`, remedy } };
  }
}
