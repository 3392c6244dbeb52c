import { Problem } from "../../core/problem.ts";
import { gunzip, linesOf, readStream } from "../../shell/node.ts";
import { correctIt } from "../mapped/faults.ts";
import { type SourceFile, unreadable } from "../mapped/files.ts";

const megabyte = 1024 ** 2;
/** The engine has no memory for a longer line, and Node no text for one of half a gigabyte. */
const longestLine = 32 * megabyte;
/** Several of these together may already be too much for the engine. */
const longLine = 4 * megabyte;

function tooLong(file: SourceFile, line: number, longest: number): Problem {
  return new Problem(`The line is longer than ${longest / megabyte} MB, and there is not enough memory for it.`, {
    remedy: `Write one JSON object on each line (a list in one piece is turned into lines by jq -c '.[]'), without prompts and answers where they are long. ${correctIt}`,
    place: { file: file.name, line },
  });
}

/** Calls `found` once a text that comes in parts holds a line that is longer than `longest`, with the number of the line. */
function watchLength(input: NodeJS.ReadableStream, longest: number, found: (line: number) => void): void {
  let [line, length] = [1, 0];
  input.on("data", (part: string) => {
    let from = 0;
    for (let end = part.indexOf("\n"); end >= 0; end = part.indexOf("\n", from)) {
      [line, length, from] = [line + 1, 0, end + 1];
    }
    length += part.length - from;
    if (length > longest) found(line);
  });
}

/**
 * Goes through the lines of a file, plain or gzip by its name, until `visit` gives something. Lines come as a letter for each byte: each is decoded
 * on its own, so that it is known which is not UTF-8.
 * @throws Problem when the file cannot be read, or has a line that is too long.
 */
export async function eachLine(
  file: SourceFile,
  visit: (bytes: string, line: number) => Problem | null,
  longest = longestLine,
): Promise<Problem | null> {
  const raw = readStream(file.path);
  const input = /\.gz$/i.test(file.path) ? raw.pipe(gunzip()) : raw;
  input.setEncoding("latin1");
  const failed = new Promise<never>((_, reject) => {
    const fail = (error: unknown) => reject(unreadable(file, error));
    raw.on("error", fail);
    input.on("error", fail);
    watchLength(input, longest, (line) => reject(tooLong(file, line, longest)));
  });
  const lines = linesOf({ input, crlfDelay: Infinity });
  const search = async () => {
    let line = 0;
    for await (const bytes of lines) {
      line += 1;
      const problem = visit(bytes, line);
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

/** Where the engine ran out of memory: the first line that is long enough to be the reason. @throws Problem that names it. */
export async function explainMemory(error: unknown, files: readonly SourceFile[]): Promise<void> {
  if (!(error instanceof Error) || !error.message.startsWith("Out of Memory Error")) return;
  for (const file of files) await eachLine(file, () => null, longLine);
}
