import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { Problem } from "../../core/problem.ts";

/** Turns the lines of the CSV file that was written into those of the JSON lines that it came from. */
export type LineOf = (csvLine: number) => number;

/** A row by column name. */
export type Row = Readonly<Record<string, unknown>>;

const cell = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What was written, and where it came from. */
export interface Written {
  readonly lineOf: LineOf;
  readonly rows: number;
}

/**
 * Writes JSON lines whose keys are FOCUS columns as FOCUS CSV: of each line what `rowFrom` makes of it, nothing where it gives null. Numbers
 * keep the digits in which they are written.
 * @throws Problem for a line that is no JSON object; `label` names the output.
 */
export async function jsonLinesToCsv(from: string, to: string, label: string, rowFrom: (row: Row) => Row | null): Promise<Written> {
  const columns = new Set<string>();
  for await (const { row } of rowsOf(from, label)) for (const key of Object.keys(rowFrom(row) ?? {})) columns.add(key);
  const output = createWriteStream(to);
  const lines = [1];
  const write = async (texts: readonly string[]) => {
    // A record of one empty cell would be an empty line.
    if (!output.write(`${texts.length === 1 ? `"${texts[0]?.replaceAll('"', '""')}"` : texts.map(cell).join(",")}\n`))
      await once(output, "drain");
  };
  await write([...columns]);
  let rows = 0;
  for await (const { row: printed, line } of rowsOf(from, label)) {
    const row = rowFrom(printed);
    if (row === null) continue;
    rows += 1;
    const texts = [...columns].map((column) => textOf(row[column]));
    for (let part = 0; part <= breaksIn(texts); part += 1) lines.push(line);
    await write(texts);
  }
  output.end();
  await finished(output);
  return { lineOf: (csvLine) => lines[csvLine - 1] ?? csvLine, rows };
}

const breaksIn = (texts: readonly string[]) => texts.reduce((sum, text) => sum + (text.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What JSON.parse tells a reviver about a value besides itself. */
type Reviver = (this: unknown, key: string, value: unknown, context?: { readonly source?: string }) => unknown;
const exactNumbers: Reviver = (_key, value, context) => (typeof value === "number" ? (context?.source ?? String(value)) : value);

async function* rowsOf(file: string, label: string): AsyncGenerator<{ readonly row: Row; readonly line: number }> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
    line += 1;
    const plain = line === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (plain.trim() !== "") yield { row: parsed(plain, label, line), line };
  }
}

function parsed(text: string, label: string, line: number): Row {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
  const details = {
    remedy: "Print one JSON object with FOCUS columns as keys on each line; nothing of this source was read.",
    place: { file: label, line },
  };
  let value: unknown;
  try {
    value = JSON.parse(text, exactNumbers);
  } catch (cause) {
    throw new Problem(`The line is no JSON: ${shown}.`, { ...details, cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Row;
  throw new Problem(`The line is JSON, but no object: ${shown}.`, details);
}
