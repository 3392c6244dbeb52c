import type { Delivery } from "../../core/ledger/delivery.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { withFolder } from "../../shell/temporary.ts";
import { literal } from "../engine/literal.ts";
import { type CsvRow, scanCsv } from "../focus/files/csv.ts";
import type { Fault } from "../mapped/faults.ts";
import { correctIt } from "../mapped/faults.ts";
import { mappingOf } from "../mapped/fields.ts";
import { findFiles } from "../mapped/files.ts";
import { type FileGroup, readMapped } from "../mapped/read.ts";
import { daySql } from "../mapped/time.ts";
import { objectsOf } from "../objects/open.ts";
import type { SourceContext } from "../source.ts";
import type { CsvConfig } from "./entry.ts";
import { groupByHeader, type Header, type HeaderGroup } from "./header.ts";
import { csvMappings } from "./mappings.ts";
import { overlapWarnings } from "./overlap.ts";

const kind = { type: "csv", ending: /\.(csv|tsv|txt)(\.gz)?$/i, endings: ".csv, .tsv and .txt, plain or .gz" };
const nullTexts = ["", "NULL", "null"];

/** Reads all files of the source into daily charges. @throws Problem at the first thing that would make totals wrong. */
export async function readCsv(config: CsvConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  return withFolder(context.world, (folder) => readWithin(folder, config, context));
}

async function readWithin(folder: string, config: CsvConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const mapping = mappingOf(config.columns?.day, config.columns, config, config.mapping && csvMappings[config.mapping]);
  const delimiter = config.delimiter === "tab" ? "\t" : config.delimiter;
  const { files, warnings } = await findFiles(context.root, [config.path].flat(), kind, objectsOf(config, context.world, folder));
  const groups = await groupByHeader(files, delimiter, mapping);
  const dialect = { time: config.dayFormat, decimalComma: config.decimal === "comma" };
  const dayOf = ({ positions }: Header) => daySql(`c${positions.get(mapping.time)}`, dialect.time);
  const delivery = await readMapped(
    { config, mapping, dialect, formatKey: "dayFormat" },
    groups.map((group) => fileGroup(group, delimiter, dayOf)),
    { ...context, folder },
  );
  return { ...delivery, warnings: [...warnings, ...delivery.warnings] };
}

function fileGroup({ header, files }: HeaderGroup, delimiter: string, dayOf: (header: Header) => string): FileGroup {
  const position = (place: string) => header.positions.get(place);
  const relation = (parallel: boolean) => ({
    sql: relationSql({ header, files }, delimiter, parallel),
    textOf: (place: string) => (position(place) === undefined ? null : `c${position(place)}`),
  });
  return {
    files,
    relation: { quick: relation(true), careful: relation(false) },
    overlaps: (query) => {
      const columns = Array.from({ length: header.width }, (_, index) => `c${index}`).join(", ");
      const rows = `(SELECT filename, ${dayOf(header)} AS day, ${columns} FROM ${relationSql({ header, files }, delimiter, false)})`;
      return overlapWarnings(query, files, rows, columns);
    },
    scan: (file, visit) => {
      let isHeader = true;
      const visitRecord = (record: CsvRow) => {
        if (isHeader) {
          isHeader = false;
          return null;
        }
        const cell = (place: string) => {
          const text = record.fields[position(place) ?? -1];
          return text === undefined || nullTexts.includes(text) ? undefined : text;
        };
        return visit({ line: record.line, cell, fault: recordFault(record, header.width) });
      };
      return scanCsv(file, visitRecord, delimiter);
    },
  };
}

/** All columns as text, named by their position, so that no header can confuse the engine. */
function relationSql({ header, files }: HeaderGroup, delimiter: string, parallel: boolean): string {
  const columns = Array.from({ length: header.width }, (_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  // A file name in which nothing is a wildcard.
  const paths = files.map(({ path }) => literal(path.replace(/[[*?]/g, "[$&]"))).join(", ");
  return `read_csv([${paths}], columns = {${columns}}, header = true, delim = ${literal(delimiter)}, quote = '"', escape = '"',
    nullstr = [${nullTexts.map(literal).join(", ")}], auto_detect = false, hive_partitioning = false, filename = true, parallel = ${parallel})`;
}

function recordFault({ fields, brokenQuotes }: CsvRow, width: number): Fault | null {
  if (brokenQuotes) {
    return {
      message: "A double quote in this row is misplaced or never closed.",
      remedy: `Double the quotes inside quoted values. ${correctIt}`,
    };
  }
  if (fields.length === width) return null;
  return {
    message: `The row has ${fields.length} values, but the header names ${width} columns.`,
    remedy: `Put values that hold the delimiter or a line break in double quotes. ${correctIt}`,
  };
}
