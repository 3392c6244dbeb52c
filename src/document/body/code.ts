import { trimBlank } from "../lines.ts";

/** Fenced code that was opened, as CommonMark has it. */
interface Fence {
  readonly mark: "`" | "~";
  readonly length: number;
  /** Columns that the list item around it takes; the code ends with the item. 0 outside of lists. */
  readonly inset: number;
}

/** What a line is: text, code with the lines that open and close it, or in a comment over several lines, where nothing is code. */
export type LineKind = "text" | "opens" | "code" | "closes" | "comment";

/** Says of each line of a body, one after the other, what it is; a line that `endsComment` ends one that people left open. */
export type CodeReader = (line: string, endsComment?: boolean) => LineKind;

/** A reader for a body, or for what stands below a zone. */
export function codeReader(): CodeReader {
  let [fence, inComment, afterText]: [Fence | null, boolean, boolean] = [null, false, false];
  let items: readonly number[] = [];
  return (line, endsComment = false) => {
    if (inComment && !endsComment) {
      inComment = !line.includes("-->");
      return "comment";
    }
    inComment = false;
    const isBlank = trimBlank(line) === "";
    if (fence && !isBlank && indentOf(line) < fence.inset) fence = null;
    if (fence) {
      if (!closesFence(line, fence)) return "code";
      fence = null;
      return "closes";
    }
    if (isBlank) {
      afterText = false;
      return "text";
    }
    const stands = standing(items, line, afterText);
    ({ items } = stands);
    fence = openedBy(line, stands);
    inComment = fence === null && opensComment(line);
    afterText = fence === null && !inComment && ![noText, rule].some((form) => form.test(trimBlank(line.slice(stands.start))));
    return fence === null ? "text" : "opens";
  };
}

/** The fence's marks, for whoever is to close it. */
export function closingOf(line: string): string {
  return /(`{3,}|~{3,})/.exec(line)?.[0] ?? "```";
}

/** Where a line stands: the columns at which the content of the list items around it begins, outermost first, and where its own begins. */
interface Standing {
  readonly items: readonly number[];
  readonly start: number;
}

/** Nobody nests lists deeper; a line of nothing but markers would take long. */
const deepest = 20;
const marker = /^(?:([-+*])|(\d{1,9})[.)])( +|$)/;
/** A heading, or nothing behind the marker of an item. */
const noText = /^(?:#{1,6}(?: |$)|$)/;
const rule = /^(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/;

/** Follows the list items that a line goes on with, ends and begins. A line of text goes on with an item above it whatever its indentation. */
function standing(items: readonly number[], line: string, afterText: boolean): Standing {
  const indent = indentOf(line);
  const kept = items.filter((column) => column <= indent);
  let [now, start]: [readonly number[], number] = [kept, indent];
  while (now.length < deepest) {
    const base = now.at(-1) ?? 0;
    const [whole, bullet, number, spaces = ""] = (start - base > 3 ? null : marker.exec(trimBlank(line.slice(start)))) ?? [];
    if (whole === undefined || rule.test(trimBlank(line.slice(start)))) break;
    // Text is interrupted by an item with something in it, and by a number only where that is 1.
    if (afterText && start === indent && now.length === items.length && (spaces === "" || (bullet === undefined && number !== "1"))) break;
    const column = start + whole.length - spaces.length + (spaces.length > 4 || spaces === "" ? 1 : spaces.length);
    now = [...now, column];
    if (spaces.length > 4 || spaces === "") return { items: now, start: start + whole.length };
    start = column;
  }
  const isLazy = afterText && now === kept && kept.length < items.length && !/^(?:[#<>]|```|~~~)/.test(line.slice(start));
  return isLazy && !rule.test(trimBlank(line)) ? { items, start } : { items: now, start };
}

/** The fence that a line opens where it stands: three or more of one mark. */
function openedBy(line: string, { items, start }: Standing): Fence | null {
  const inset = items.at(-1) ?? 0;
  const mark = line.charAt(start);
  if (start - inset > 3 || (mark !== "`" && mark !== "~")) return null;
  const length = runLength(line, start);
  return length < 3 || (mark === "`" && line.includes("`", start + length)) ? null : { mark, length, inset };
}

/** Whether a line closes the fence: the same mark at least as often, nothing behind it. */
function closesFence(line: string, fence: Fence): boolean {
  const start = indentOf(line);
  if (start > fence.inset + 3 || line.charAt(start) !== fence.mark) return false;
  const length = runLength(line, start);
  return length >= fence.length && trimBlank(line.slice(start + length)) === "";
}

/** Whether a line begins a comment that goes on in the lines below it. */
function opensComment(line: string): boolean {
  const start = indentOf(line);
  return start <= 3 && line.startsWith("<!--", start) && !line.includes("-->");
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
