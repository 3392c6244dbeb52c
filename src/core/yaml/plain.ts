/**
 * A reader of plain YAML only: maps and lists, over lines or in brackets on one, of words, numbers, days, hashes and quoted text without
 * escapes, as overpace itself writes them. It is many times as fast as a YAML parser; whatever it does not know it leaves to one.
 */
import { type PlainMap, type PlainValue, inlineValue, withoutEnd } from "./plain-value.ts";

/** Lines, and the one that is read next. */
interface Cursor {
  readonly lines: string[];
  at: number;
}

/** What people write by hand is never nested deeper than this. */
const deepest = 8;

/** The next line that says something, without what trails it. */
function nextLine(cursor: Cursor): string | undefined {
  while (cursor.at < cursor.lines.length && /^ *(?:#|$)/.test(cursor.lines[cursor.at] ?? "")) cursor.at++;
  const line = cursor.lines[cursor.at];
  return line === undefined ? undefined : withoutEnd(line);
}

const indentOf = (line: string) => line.search(/[^ ]/);
/** A key of one word, but none that stands for another value. */
const pair = /^(?!(?:true|false|null):)([A-Za-z]\w{0,200}):(?: +(.*))?$/i;

/** What stands below a key that has nothing behind it; null for nothing. */
function valueBelow(cursor: Cursor, indent: number, depth: number): PlainValue | undefined {
  const line = nextLine(cursor);
  const own = line === undefined ? -1 : indentOf(line);
  if (line?.startsWith("- ", own) && own >= indent) return blockList(cursor, own, depth + 1);
  return own > indent ? blockMap(cursor, own, depth + 1) : null;
}

/** Lines `key: value`, all with the same indentation, up to one with less. */
function blockMap(cursor: Cursor, indent: number, depth: number): PlainMap | undefined {
  const map: Record<string, PlainValue> = Object.create(null) as Record<string, PlainValue>;
  for (let line = nextLine(cursor); line !== undefined && indentOf(line) >= indent; line = nextLine(cursor)) {
    const [, key = "", text = ""] = pair.exec(line.slice(indent)) ?? [];
    if (key === "" || key in map || depth > deepest) return undefined;
    cursor.at++;
    const value = text === "" || text.startsWith("#") ? valueBelow(cursor, indent, depth) : inlineValue(text);
    if (value === undefined) return undefined;
    map[key] = value;
  }
  return { ...map };
}

/** Items `- …`, all with the same indentation, up to a line that is none of theirs. */
function blockList(cursor: Cursor, indent: number, depth: number): PlainValue[] | undefined {
  const list: PlainValue[] = [];
  const isItem = (line: string | undefined): line is string => line?.startsWith("- ", indent) === true && indentOf(line) === indent;
  for (let line = nextLine(cursor); isItem(line); line = nextLine(cursor)) {
    const text = line.slice(indent + 2);
    const isMap = pair.test(text);
    // An item that is a map over lines begins as if its dash were a space.
    if (isMap) cursor.lines[cursor.at] = " ".repeat(indent + 2) + text;
    else cursor.at++;
    const item = isMap ? blockMap(cursor, indent + 2, depth + 1) : inlineValue(text);
    if (item === undefined || depth > deepest) return undefined;
    list.push(item);
  }
  return list;
}

/** Lines `key: value`, all with the same indentation; null when any of them is more than plain. */
export function plainMap(lines: readonly string[], indent: number): PlainMap | null {
  const cursor = { lines: [...lines], at: 0 };
  const map = blockMap(cursor, indent, 0);
  return map === undefined || nextLine(cursor) !== undefined ? null : map;
}

/** One item of a list, from its `- ` on: a map in braces, or one over several lines. Null when it is more than plain. */
export function plainItem(text: string, indent: number): PlainMap | null {
  const cursor = { lines: text.split("\n"), at: 0 };
  const [item, second] = blockList(cursor, indent, 0) ?? [];
  const isMap = typeof item === "object" && item !== null && !Array.isArray(item);
  return isMap && second === undefined && nextLine(cursor) === undefined ? (item as PlainMap) : null;
}
