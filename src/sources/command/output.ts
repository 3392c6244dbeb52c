import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

/** What stands in a program's output, as far as it matters before rows are read. */
export interface Outline {
  /** The first byte that is no white space, as text; empty when there is none. */
  readonly first: string;
  readonly firstLine: string;
  readonly endsWithLine: boolean;
  /** The line with the first bytes that are not UTF-8, null when all are. */
  readonly strangeLine: number | null;
}

/** Looks through a file of output once. */
export async function outlineOf(file: string): Promise<Outline> {
  const head = await headOf(file);
  const text = head.toString("utf8").replace(/^\uFEFF/, "");
  let [line, last] = [1, 0];
  let strangeLine: number | null = null;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    try {
      if (strangeLine === null) decoder.decode(chunk, { stream: true });
    } catch {
      strangeLine = line + lineBreaksBefore(chunk);
    }
    line += count(chunk);
    last = chunk.at(-1) ?? last;
  }
  return { first: text.trimStart().charAt(0), firstLine: text.split(/\r?\n/, 1)[0] ?? "", endsWithLine: last === 10, strangeLine };
}

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function count(bytes: Buffer): number {
  let breaks = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) breaks += 1;
  return breaks;
}

/** Line breaks before the first line of a chunk that is not UTF-8; a letter cut by the chunk's ends is taken for whole. */
function lineBreaksBefore(chunk: Buffer): number {
  let [line, start] = [0, 0];
  for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
    if (start > 0 && chunk.subarray(start, end).toString("utf8").includes("\uFFFD")) return line;
    if (start === 0 && chunk.subarray(4, end).toString("utf8").includes("\uFFFD")) return line;
    start = end + 1;
    line += 1;
  }
  return line;
}
