import { linesOf } from "../lines.ts";
import { type Fence, closesComment, closesFence, leavesFence, openFence, opensComment } from "./fence.ts";
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
  let fence: Fence | undefined;
  let inComment = false;
  let number = firstLine - 1;
  let next = 0;
  for (const { start, end } of linesOf(body)) {
    number++;
    while (next < zones.length && (zones[next]?.end ?? 0) <= start) next++;
    if ((zones[next]?.start ?? body.length) <= start) {
      inComment = false;
      continue;
    }
    const text = body.slice(start, end);
    if (inComment) {
      found.push({ text, line: number });
      inComment = !closesComment(text);
      continue;
    }
    if (fence && leavesFence(text, fence)) fence = undefined;
    if (fence) {
      if (closesFence(text, fence)) fence = undefined;
      continue;
    }
    fence = openFence(text);
    if (fence) continue;
    found.push({ text, line: number });
    inComment = opensComment(text);
  }
  return found;
}
