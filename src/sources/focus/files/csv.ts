import Papa from "papaparse";
import { Problem } from "../../../core/problem.ts";
import { gunzip, readStream } from "../../../shell/node.ts";
import type { SourceFile } from "./source-file.ts";

/** One record of a CSV file. */
export interface CsvRow {
  /** The physical line it begins on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** True when a quote in it is misplaced or never closed. */
  readonly brokenQuotes: boolean;
}

const lineBreak = /\r\n|\r|\n/g;
/** A longer record is no row of costs; DuckDB reads none of more than 2 MB either, and the parser takes quadratic time for one. */
const longestRecord = 4 * 1024 * 1024;

/**
 * Streams the records of a CSV file (double quotes, LF or CRLF, with or without byte order mark, gzip by its name) until `visit`
 * gives something, and gives that; null at the end of the file. Empty lines are passed over but counted.
 * @throws Problem when the file cannot be read.
 */
export function scanCsv<T>(file: SourceFile, visit: (row: CsvRow) => T | null, delimiter = ","): Promise<T | null> {
  const raw = readStream(file.path);
  const text = file.path.toLowerCase().endsWith(".gz") ? raw.pipe(gunzip()) : raw;
  text.setEncoding("utf8");
  let line = 1;
  let pending = 0;
  return new Promise<T | null>((resolve, reject) => {
    const fail = (error: unknown) => reject(unreadable(file, error));
    raw.on("error", fail);
    text.on("error", fail);
    text.on("data", (chunk: string) => {
      pending += chunk.length;
      if (pending > longestRecord) fail(tooLong(line));
    });
    let found: T | null = null;
    Papa.parse<string[]>(text, {
      delimiter,
      beforeFirstChunk: (chunk) => chunk.replace(/^\uFEFF/, ""),
      step: ({ data: fields, errors }, parser) => {
        pending = 0;
        const row = { line, fields, brokenQuotes: errors.some((error) => error.type === "Quotes") };
        line += 1 + fields.reduce((count, field) => count + (field.match(lineBreak)?.length ?? 0), 0);
        if (fields.length === 1 && fields[0] === "") return;
        try {
          found = visit(row);
        } catch (error) {
          reject(error);
          parser.abort();
        }
        if (found !== null) parser.abort();
      },
      complete: () => resolve(found),
      error: fail,
    });
  }).finally(() => {
    text.destroy();
    raw.destroy();
  });
}

function tooLong(line: number): Error {
  return new Error(`the row on line ${line} is longer than ${longestRecord / 1024 ** 2} MB; a double quote may never be closed`);
}

/**
 * The names in the header of a CSV file; null for an empty file.
 * @throws Problem for a header that is not on the first line, and for what is no text of single bytes: UTF-16, or an archive by another name.
 */
export async function headerNames(file: SourceFile, delimiter = ","): Promise<readonly string[] | null> {
  const header = await scanCsv(file, (row) => row, delimiter);
  if (header === null) return null;
  const place = { file: file.name, line: 1 };
  if (header.fields.some((name) => name.includes("\0") || name.startsWith("\x1F")))
    throw new Problem(
      `${file.name} does not begin with text in UTF-8 (it may be UTF-16, or an archive); expected a header line with column names.`,
      {
        remedy: "Save it as CSV in UTF-8 (UTF-16 is what some programs call Unicode), or unpack it; gzip is read with the ending .gz.",
        place,
      },
    );
  if (header.line > 1)
    throw new Problem(`${file.name} begins with an empty line; expected a header line with column names.`, {
      remedy: "Take the empty lines at its beginning out, or export it without them.",
      place,
    });
  return header.fields;
}

/** The refusal of a file that cannot be opened, unpacked or taken apart. */
export function unreadable(file: SourceFile, cause: unknown): Problem {
  const text = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  const reason = text.replaceAll(file.path, file.name);
  return new Problem(`${file.name} could not be read: ${reason}`, {
    remedy:
      "Check that the file is whole, readable and, unless it is Parquet, in UTF-8 with the same line breaks throughout (gzip only with the ending .gz), or export it again.",
    place: { file: file.name },
    cause,
  });
}
