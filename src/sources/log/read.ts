import type { SourceConfig } from "../../core/settings/config.ts";
import type { Delivery } from "../../core/ledger/delivery.ts";
import { Problem } from "../../core/problem.ts";
import { literal } from "../focus/literal.ts";
import { correctIt, type Fault, shown } from "../mapped/faults.ts";
import { type Mapping, mappingOf, placesOf, type ReadyMapping } from "../mapped/fields.ts";
import { findFiles, type SourceFile, unreadable } from "../mapped/files.ts";
import { type FileGroup, readMapped, type ScannedRow } from "../mapped/read.ts";
import { gunzip, linesOf, readStream } from "../../shell/node.ts";
import { withFolder } from "../../shell/temporary.ts";
import { objectsOf } from "../objects/open.ts";
import type { SourceContext } from "../source.ts";
import type { LogConfig } from "./index.ts";
import { logMappings } from "./mappings.ts";
import { columnSql, columnTypes, pointerOf, textAt } from "./paths.ts";

const kind = { type: "log", ending: /\.(jsonl|ndjson|json|log)(\.gz)?$/i, endings: ".jsonl, .ndjson, .json and .log, plain or .gz" };

/** Reduces all files of the source to daily charges. @throws Problem at the first thing that would make totals wrong. */
export async function readLog(config: LogConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  return withFolder(context.world, (folder) => readWithin(folder, config, context));
}

async function readWithin(folder: string, config: LogConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const ready: ReadyMapping = config.mapping === undefined ? { time: "", fields: {} } : logMappings[config.mapping];
  const mapping = mappingOf(config.fields?.time, config.fields, config, { ...ready, rowsAreRequests: true });
  const files = await findFiles(context.root, [config.path].flat(), kind, objectsOf(config, context.world, folder));
  const source = { config, mapping, dialect: { time: config.timeFormat ?? "any", decimalComma: false }, formatKey: "timeFormat" } as const;
  return readMapped(source, [fileGroup(files, mapping)], { ...context, folder });
}

function fileGroup(files: readonly SourceFile[], mapping: Mapping): FileGroup {
  const paths = placesOf(mapping);
  const integers = integerPaths(mapping);
  const types = columnTypes(paths, integers);
  const names = files.map(({ path }) => literal(path.replace(/[[*?]/g, "[$&]"))).join(", ");
  return {
    files,
    relation: (way) => {
      if (way === "quick" && types !== null) {
        return {
          sql: `read_json([${names}], columns = ${types}, records = true, format = 'newline_delimited')`,
          // An empty text is no cost, where that is allowed; elsewhere it is refused, or the same as none.
          textOf: (path) => (path === mapping.cost && mapping.emptyCost !== "refuse" ? `nullif(${columnSql(path)}, '')` : columnSql(path)),
          integerOf: (path) => (integers.has(path) ? columnSql(path) : null),
        };
      }
      const pointers = paths.map((path) => literal(pointerOf(path))).join(", ");
      return {
        sql: `(SELECT json_extract_string(json, [${pointers}]) AS found
          FROM read_json_objects([${names}], format = 'newline_delimited', maximum_object_size = 67108864))`,
        textOf: (path) => (paths.includes(path) ? `nullif(found[${paths.indexOf(path) + 1}], '')` : null),
      };
    },
    explain: (error) => twiceNamed(error, files),
    scan: scanLines,
  };
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
async function scanLines(file: SourceFile, visit: (row: ScannedRow) => Problem | null): Promise<Problem | null> {
  const raw = readStream(file.path);
  const input = /\.gz$/i.test(file.path) ? raw.pipe(gunzip()) : raw;
  // One letter for each byte: a line is decoded on its own, so that it is known which is not UTF-8.
  input.setEncoding("latin1");
  const failed = new Promise<never>((_, reject) => {
    const fail = (error: unknown) => reject(unreadable(file, error));
    raw.on("error", fail);
    input.on("error", fail);
  });
  const lines = linesOf({ input, crlfDelay: Infinity });
  const search = async () => {
    let line = 0;
    for await (const bytes of lines) {
      line += 1;
      const problem = bytes.trim() === "" ? null : visit(rowOf(Buffer.from(bytes, "latin1"), line));
      if (problem !== null) return problem;
    }
    return null;
  };
  try {
    return await Promise.race([search(), failed]);
  } finally {
    lines.close();
    raw.destroy();
    input.destroy();
  }
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
