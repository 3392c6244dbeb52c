import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import Papa from "papaparse";
import { type SourceFile, unreadable } from "../mapped/files.ts";

/** One record of a CSV file. */
export interface CsvRecord {
  /** The physical line it begins on, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** True when a quote in it is misplaced or never closed. */
  readonly brokenQuotes: boolean;
}

const lineBreak = /\r\n|\r|\n/g;

/**
 * Streams the records of a file (double quotes, LF or CRLF, with or without byte order mark, gzip by its name) until `visit` gives something,
 * and gives that; null at the end. Empty lines are passed over but counted.
 * @throws Problem when the file cannot be read.
 */
export function scanRecords<T>(file: SourceFile, delimiter: string, visit: (record: CsvRecord) => T | null): Promise<T | null> {
  const raw = createReadStream(file.path);
  const text = /\.gz$/i.test(file.path) ? raw.pipe(createGunzip()) : raw;
  text.setEncoding("utf8");
  let line = 1;
  return new Promise<T | null>((resolve, reject) => {
    const fail = (error: unknown) => reject(unreadable(file, error));
    raw.on("error", fail);
    text.on("error", fail);
    let found: T | null = null;
    Papa.parse<string[]>(text, {
      delimiter,
      beforeFirstChunk: (chunk) => chunk.replace(/^\uFEFF/, ""),
      step: ({ data: fields, errors }, parser) => {
        const record = { line, fields, brokenQuotes: errors.some((error) => error.type === "Quotes") };
        line += 1 + fields.reduce((count, field) => count + (field.match(lineBreak)?.length ?? 0), 0);
        if (fields.length === 1 && fields[0] === "") return;
        try {
          found = visit(record);
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
