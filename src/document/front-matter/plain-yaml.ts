/**
 * A reader of the plainest YAML only: maps of words, numbers, days and quoted text without escapes, as overpace itself writes them. It is
 * some thirty times as fast as a YAML parser, which history needs; whatever it does not know it leaves to one.
 */

export type Scalar = string | number | null;
/** `[]` or `{}`. */
type Empty = readonly never[] | Readonly<Record<string, never>>;
type Flat = Scalar | Empty;
export type PlainMap = Readonly<Record<string, Flat | Readonly<Record<string, Flat>>>>;

const number = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,9})?$/;
/** Words that no YAML takes for anything but text; a comma ends them inside braces. */
const blockText = /^[A-Za-z][\w ,.()/%+'@-]*$/;
const flowText = /^[A-Za-z][\w .()/%+'@-]*$/;
const idOrDay = /^\d{4}-(?:W\d{2}-\d{1,3}|W\d{2}|\d{2}-\d{2})$/;
const special = /^(?:true|false|null)$/i;

/** The value of a scalar without a comment; undefined when it is not plain. */
function scalarOf(text: string, words: RegExp): Scalar | undefined {
  if (text === "" || text === "null") return null;
  if (text.startsWith('"')) return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : undefined;
  if (number.test(text)) return Number(text);
  if (idOrDay.test(text)) return text;
  return words.test(text) && !special.test(text) ? text : undefined;
}

function emptyOf(text: string): Empty | undefined {
  return /^\[ *\]$/.test(text) ? [] : /^\{ *\}$/.test(text) ? {} : undefined;
}

const flowPair = /([A-Za-z]\w*):(?: +("[^"\\]*"|\[ *\]|\{ *\}|[^",{}[\]#:]*))?(, *|$)/y;

/** `a: 1, b: text`, the inside of a pair of braces. */
function flowMap(text: string): Record<string, Flat> | null {
  const map: Record<string, Flat> = Object.create(null) as Record<string, Flat>;
  flowPair.lastIndex = 0;
  for (let at = 0; at < text.length; at = flowPair.lastIndex) {
    const [, key = "", value = "", end = ""] = flowPair.exec(text) ?? [];
    const plain = value.trim();
    const scalar = emptyOf(plain) ?? scalarOf(plain, flowText);
    if (key === "" || scalar === undefined || key in map) return null;
    map[key] = scalar;
    if (end === "") break;
    if (flowPair.lastIndex === text.length) return null;
  }
  return { ...map };
}

const comment = /^(?: +#.*)?$/;
const braces = /^\{ ?((?:[^{}]|\{ *\})*?) ?\}(.*)$/;
const emptyList = /^(\[ *\])(.*)$/;
const quoted = /^("[^"\\]*")(.*)$/;
const bare = /^([^#"{}[\]]*?)( +#.*)?$/;

function valueOf(text: string): PlainMap[string] | undefined {
  const [, inside, after = ""] = braces.exec(text) ?? [];
  if (inside !== undefined) return comment.test(after) ? (flowMap(inside) ?? undefined) : undefined;
  const [, list, behind = ""] = emptyList.exec(text) ?? [];
  if (list !== undefined) return comment.test(behind) ? [] : undefined;
  const [, value, rest = ""] = quoted.exec(text) ?? [];
  if (value !== undefined) return comment.test(rest) ? scalarOf(value, blockText) : undefined;
  const [, word] = bare.exec(text) ?? [];
  return word === undefined ? undefined : scalarOf(word, blockText);
}

/** Lines `key: value`, all with the same indentation; null when any of them is more than that. */
export function plainMap(lines: readonly string[], indent: number): PlainMap | null {
  const map: Record<string, PlainMap[string]> = Object.create(null) as Record<string, PlainMap[string]>;
  const space = " ".repeat(indent);
  for (const whole of lines) {
    const line = whole.trimEnd();
    if (line === "") continue;
    const [, key = "", text = ""] = /^([A-Za-z]\w*):(?: +(.*))?$/.exec(line.slice(indent)) ?? [];
    if (key === "" || !line.startsWith(space) || key in map) return null;
    const value = valueOf(text.startsWith("#") ? "" : text);
    if (value === undefined) return null;
    map[key] = value;
  }
  return { ...map };
}

/** One item of a list, from its `- ` on: a map in braces, or one over several lines. Null when it is more than plain. */
export function plainItem(text: string, indent: number): PlainMap | null {
  const lines = text.split("\n");
  const first = (lines[0] ?? "").slice(indent + 2);
  if (!first.startsWith("{")) return plainMap([" ".repeat(indent + 2) + first, ...lines.slice(1)], indent + 2);
  if (lines.slice(1).some((line) => line.trim() !== "")) return null;
  const [, inside, after = ""] = braces.exec(first.trimEnd()) ?? [];
  return inside !== undefined && comment.test(after) ? flowMap(inside) : null;
}
