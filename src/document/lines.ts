/** One line of a text, by offsets: `start` to `end` without its line break, `next` where the following line begins. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The lines of a text from an offset on, broken at LF or CRLF. A text that ends with a line break has no empty last line. */
export function* linesOf(text: string, from = 0): Generator<Line> {
  for (let start = from; start < text.length;) {
    const line = lineAt(text, start);
    yield line;
    start = line.next;
  }
}

/** The line that begins at an offset. */
export function lineAt(text: string, start: number): Line {
  const feed = text.indexOf("\n", start);
  if (feed === -1) return { start, end: text.length, next: text.length };
  return { start, end: feed > start && text[feed - 1] === "\r" ? feed - 1 : feed, next: feed + 1 };
}

/** The text without spaces, tabs and carriage returns at its end; linear, where a regular expression would be quadratic. */
export function trimBlank(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The line break that ends a line; LF for a last line without one. */
export function breakOf(text: string, line: Line): "\n" | "\r\n" {
  return text.startsWith("\r\n", line.end) ? "\r\n" : "\n";
}

/** A replacement by offsets into one text. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < done) throw new Error(`edits overlap at offset ${edit.start}`);
    parts.push(text.slice(done, edit.start), edit.text);
    done = edit.end;
  }
  return parts.join("") + text.slice(done);
}
