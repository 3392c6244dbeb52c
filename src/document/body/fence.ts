import { trimBlank } from "../lines.ts";

/** Fenced code that was opened, as CommonMark has it. */
export interface Fence {
  readonly mark: "`" | "~";
  readonly length: number;
  /** Columns that the list item around it takes; the code ends with the item. 0 outside of a list marker's line. */
  readonly inset: number;
}

/** The fence that a line opens: up to three spaces, or a list marker, then three or more of one mark. */
export function openFence(line: string): Fence | undefined {
  const inset = /^ {0,3}(?:[-+*]|\d{1,9}[.)]) {1,4}(?=[`~])/.exec(line)?.[0].length ?? 0;
  const start = inset || indentOf(line);
  const mark = line.charAt(start);
  if ((inset === 0 && start > 3) || (mark !== "`" && mark !== "~")) return undefined;
  const length = runLength(line, start);
  if (length < 3 || (mark === "`" && line.includes("`", start + length))) return undefined;
  return { mark, length, inset };
}

/** Whether a line closes the fence: the same mark at least as often, nothing behind it. */
export function closesFence(line: string, fence: Fence): boolean {
  const start = indentOf(line);
  if (start > fence.inset + 3 || line.charAt(start) !== fence.mark) return false;
  const length = runLength(line, start);
  return length >= fence.length && trimBlank(line.slice(start + length)) === "";
}

/** Whether a line stands outside of the list item that holds the fence, and so ends it. */
export function leavesFence(line: string, fence: Fence): boolean {
  return indentOf(line) < fence.inset && trimBlank(line) !== "";
}

/** Whether a line begins a comment that goes on in the lines below it: nothing in there is code. */
export function opensComment(line: string): boolean {
  const start = indentOf(line);
  return start <= 3 && line.startsWith("<!--", start) && !closesComment(line);
}

export function closesComment(line: string): boolean {
  return line.includes("-->");
}

function indentOf(line: string): number {
  let at = 0;
  while (line[at] === " ") at++;
  return at;
}

function runLength(line: string, start: number): number {
  let at = start;
  while (at < line.length && line[at] === line[start]) at++;
  return at - start;
}
