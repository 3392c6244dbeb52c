import { linesOf } from "../lines.ts";
import { codeReader } from "./code.ts";
import type { Zone } from "./zone.ts";

/** A line that people wrote. */
export interface ProseLine {
  readonly text: string;
  /** The line of the file, from 1. */
  readonly line: number;
}

/** The lines of a body outside its zones and outside fenced code; `firstLine` is the line of the file on which the body begins. */
export function proseLines(body: string, zones: readonly Zone[], firstLine: number): ProseLine[] {
  const found: ProseLine[] = [];
  let read = codeReader();
  let number = firstLine - 1;
  let next = 0;
  for (const { start, end } of linesOf(body)) {
    number++;
    while (next < zones.length && (zones[next]?.end ?? 0) <= start) next++;
    if ((zones[next]?.start ?? body.length) <= start) {
      read = codeReader();
      continue;
    }
    const text = body.slice(start, end);
    const kind = read(text);
    if (kind === "text" || kind === "comment") found.push({ text, line: number });
  }
  return found;
}
