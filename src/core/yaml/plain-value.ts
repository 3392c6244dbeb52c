/** Values on one line of plain YAML: a scalar, or a map or list in brackets. */

export type Scalar = string | number | null;
export type PlainValue = Scalar | readonly PlainValue[] | PlainMap;
export interface PlainMap {
  readonly [key: string]: PlainValue;
}

const number = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;
/** Words that no YAML takes for anything but text; a comma ends them inside brackets. */
const blockText = /^[A-Za-z](?:[\w ,.()/%+*='@×-]|:(?=[\w/]))*$/;
const flowText = /^[A-Za-z](?:[\w .()/%+*='@×-]|:(?=[\w/]))*$/;
const idOrDay = /^\d{4}-(?:W\d{2}-\d{1,3}|W\d{2}|\d{2}-\d{2})$/;
/** Hexadecimal with a letter, but no `1e5`, which is a number. */
const hash = /^(?=\d*[a-f])(?!\d+e\d+$)[\da-f]{12,16}$/;
/** In quotes, without an escape and without the quote itself. */
const wholeQuote = /^(?:"[^"\\]*"|'[^']*')$/;
const special = /^(?:true|false|null)$/i;

/** The value of a scalar without a comment; undefined when it is not plain. */
function scalarOf(text: string, words: RegExp): Scalar | undefined {
  if (text === "" || text === "null") return null;
  if (/^["']/.test(text)) return wholeQuote.test(text) ? text.slice(1, -1) : undefined;
  if (number.test(text)) return Number(text);
  if (idOrDay.test(text) || hash.test(text)) return text;
  return words.test(text) && !special.test(text) ? text : undefined;
}

/** A text without the spaces at its end; a pattern would try each run of spaces in it. */
export function withoutEnd(text: string): string {
  let end = text.length;
  while (text.charCodeAt(end - 1) === 0x20) end--;
  return text.slice(0, end);
}

/** A line, and where in it is read next. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** What people write by hand is never nested deeper than this. */
const deepest = 8;

/** Takes what a sticky pattern finds at the cursor; empty text for nothing. */
function take(cursor: Cursor, pattern: RegExp): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0] ?? "";
  cursor.at += found.length;
  return found;
}

const opening = /[{[] */y;
const [brace, bracket] = [/ *\}/y, / *\]/y];
const comma = / *, */y;
const colon = /: */y;
const flowScalar = /"[^"\\]*"|'[^']*'|(?:[^",{}[\]#:]|:(?=[\w/]))*/y;
const flowKey = /[A-Za-z](?:[\w ./@~-]{0,200}[\w./@~-])?(?=:(?: |[,}]))|\d{4}-(?:W\d{2}-\d{1,3}|\d{2}-\d{2}\.[\w.-]{0,200}[A-Za-z])(?=: )/y;

function flowValue(cursor: Cursor, depth: number): PlainValue | undefined {
  const first = cursor.text[cursor.at];
  if (first === "{" || first === "[") return depth > deepest ? undefined : first === "{" ? flowMap(cursor, depth) : flowList(cursor, depth);
  return scalarOf(withoutEnd(take(cursor, flowScalar)), flowText);
}

/** Takes what stands between brackets, item by item as `takeItem` says whether one is plain; false where anything is not. */
function takeItems(cursor: Cursor, closing: RegExp, takeItem: () => boolean): boolean {
  take(cursor, opening);
  if (take(cursor, closing) !== "") return true;
  while (takeItem()) {
    if (take(cursor, comma) === "") return take(cursor, closing) !== "";
  }
  return false;
}

/** `{ a: 1, b: text }`, each key once. */
function flowMap(cursor: Cursor, depth: number): PlainMap | undefined {
  const map: Record<string, PlainValue> = Object.create(null) as Record<string, PlainValue>;
  const takePair = () => {
    const key = take(cursor, flowKey);
    take(cursor, colon);
    const value = flowValue(cursor, depth + 1);
    if (key === "" || special.test(key) || key in map || value === undefined) return false;
    map[key] = value;
    return true;
  };
  return takeItems(cursor, brace, takePair) ? { ...map } : undefined;
}

/** `[ a, { b: 1 } ]`. */
function flowList(cursor: Cursor, depth: number): PlainValue[] | undefined {
  const list: PlainValue[] = [];
  const takeValue = () => {
    const from = cursor.at;
    const value = flowValue(cursor, depth + 1);
    if (value === undefined || cursor.at === from) return false;
    list.push(value);
    return true;
  };
  return takeItems(cursor, bracket, takeValue) ? list : undefined;
}

const comment = /^(?: +#.*)?$/;
const quoted = /^("[^"\\]*"|'[^']*')(.*)$/;

/** The value behind a key or a dash, a comment after it left out; undefined when it is not plain. */
export function inlineValue(text: string): PlainValue | undefined {
  if (text.startsWith("{") || text.startsWith("[")) {
    const cursor = { text, at: 0 };
    const value = flowValue(cursor, 0);
    return comment.test(text.slice(cursor.at)) ? value : undefined;
  }
  const [, value, rest = ""] = quoted.exec(text) ?? [];
  if (value !== undefined) return comment.test(rest) ? scalarOf(value, blockText) : undefined;
  const note = text.indexOf(" #");
  return scalarOf(withoutEnd(note === -1 ? text : text.slice(0, note)), blockText);
}
