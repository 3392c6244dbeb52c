import { logText } from "../../core/text.ts";
import { type Line, linesOf } from "../../document/lines.ts";

/** Characters of a line before the caret, and half of what is shown of it; more is cut. */
const reach = 60;
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}\p{Emoji_Presentation}]/u;
const flat = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that a text takes on a terminal. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (flat.test(letter) ? 0 : wide.test(letter) ? 2 : 1), 0);
}

/** A tab as two spaces, any other control character and every mark that turns the direction of text as one. */
function plain(text: string): string {
  return text
    .replaceAll("\uFEFF", "")
    .replaceAll("\t", "  ")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, " ");
}

function isSurrogateTail(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** A text and the lines it has, found once for all its frames. */
export interface LinedText {
  readonly text: string;
  readonly lines: readonly Line[];
}

export function linedText(text: string): LinedText {
  return { text, lines: [...linesOf(text)] };
}

/** What is shown of a line, and how many columns stand before the caret. */
function shownOf({ text, lines }: LinedText, line: number, column: number): { shown: string; before: number } {
  const { start, end } = lines[line - 1] ?? { start: 0, end: 0 };
  const caret = Math.min(start + column - 1, end);
  const whole = caret - start <= reach;
  const from = whole ? start : caret - reach + (isSurrogateTail(text, caret - reach) ? 1 : 0);
  const to = Math.min(end, from + 2 * reach);
  const until = isSurrogateTail(text, to) && to < end ? to + 1 : to;
  const prefix = `${whole ? "" : "…"}${plain(text.slice(from, caret))}`;
  const rest = `${plain(text.slice(caret, until))}${until < end ? "…" : ""}`;
  return { shown: logText(prefix + rest).trimEnd(), before: widthOf(prefix) };
}

/** The line with the one before and the one after it, and a caret below the column; no lines where the file has no such line. */
export function codeFrame(source: LinedText, line: number, column: number): string[] {
  if (line > source.lines.length) return [];
  const width = String(Math.min(line + 1, source.lines.length)).length;
  return [line - 1, line, line + 1]
    .filter((number) => number >= 1 && number <= source.lines.length)
    .flatMap((number) => {
      const { shown, before } = shownOf(source, number, number === line ? column : 1);
      const row = `  ${String(number).padStart(width)} | ${shown}`.trimEnd();
      return number === line ? [row, `  ${" ".repeat(width)} | ${" ".repeat(before)}^`] : [row];
    });
}
