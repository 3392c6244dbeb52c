import { CST, Lexer, type Pair, isMap, isNode, isScalar, isSeq } from "yaml";
import { Problem, unlessRefused } from "../../core/problem.ts";
import { inlineYaml } from "../../core/yaml/inline.ts";
import { parseYaml } from "../../core/yaml/parse.ts";
import { type Edit, applyEdits } from "../lines.ts";
import { type SplitDocument, splitDocument } from "./split.ts";
import { isRecord, valueAt } from "./value.ts";

/** Where a top-level pair stands; offsets into the YAML text. */
interface PairSpan {
  readonly pair: Pair;
  readonly start: number;
  /** Behind the colon. */
  readonly valueStart: number;
  /** Behind the last character of the value, not counting white space and comments after it. */
  readonly end: number;
  /** Offsets of the comments between `start` and `end`. */
  readonly comments: readonly number[];
}

/**
 * Replaces the whole top-level pair `key: …` by `yamlText`, or adds it as the last line of the front matter. A pair that already
 * has that value keeps its bytes; so does everything else. Offsets in `split` are those of `text`, not of the result.
 * @throws Problem if a comment of a person stands inside the value.
 */
export function spliceKey(text: string, split: SplitDocument, key: string, yamlText: string): string {
  const wanted = parseOwn(yamlText);
  if (!isRecord(wanted) || !Object.hasOwn(wanted, key)) throw new Error(`the YAML for \`${key}\` is not a pair of that name`);
  const span = findPair(text, split, key);
  if (!span) return checked(text, split, [appended(split, yamlText)], key, wanted[key]);
  if (isSame(valueAt(split.yaml.value, [key]), wanted[key])) return text;
  refuseComments(text, split, key, span);
  const edit = { start: split.yamlStart + span.start, end: split.yamlStart + span.end, text: inEol(yamlText, split) };
  return checked(text, split, [edit], key, wanted[key]);
}

/**
 * Adds an item (its YAML without the dash) at the end of a top-level list, whichever way the list is written; a missing or empty
 * list becomes a block list. No other byte changes.
 */
export function appendToList(text: string, split: SplitDocument, key: string, itemYaml: string): string {
  const item = parseOwn(itemYaml);
  const span = findPair(text, split, key);
  if (!span) return checked(text, split, [appended(split, `${key}:\n${blockItem(itemYaml, "  ")}`)], key, [item]);
  const list = valueAt(split.yaml.value, [key]) ?? [];
  if (!Array.isArray(list)) {
    throw new Problem(`\`${key}\` is not a list`, {
      remedy: `write \`${key}: []\``,
      place: { file: split.file, ...split.yaml.placeOf([key]) },
    });
  }
  const edits = list.length === 0 ? startList(text, split, key, span, itemYaml) : [extendList(text, split, span, itemYaml, item)];
  return checked(text, split, edits, key, [...list, item]);
}

/** Replaces one item of a top-level list, its YAML without the dash. No other byte changes. */
export function replaceInList(text: string, split: SplitDocument, key: string, index: number, itemYaml: string): string {
  const item = parseOwn(itemYaml);
  const list = findPair(text, split, key)?.pair.value;
  const node = isSeq(list) ? list.items[index] : null;
  const values = valueAt(split.yaml.value, [key]);
  if (!isNode(node) || !node.range || !Array.isArray(values)) throw new Error(`\`${key}\` has no item ${index}`);
  const edit = { start: split.yamlStart + node.range[0], end: split.yamlStart + node.range[1], text: itemYaml };
  return checked(text, split, [edit], key, values.with(index, item));
}

function appended(split: SplitDocument, yamlText: string): Edit {
  return { start: split.yamlEnd, end: split.yamlEnd, text: inEol(`${yamlText}\n`, split) };
}

/** Takes the empty list away and begins a block list on the next line, so that a comment beside the key stays beside it. */
function startList(text: string, split: SplitDocument, key: string, span: PairSpan, itemYaml: string): Edit[] {
  refuseComments(text, split, key, span);
  const line = lineEnd(text, split.yamlStart + span.end);
  return [
    { start: split.yamlStart + span.valueStart, end: split.yamlStart + span.end, text: "" },
    { start: line, end: line, text: inEol(`\n${blockItem(itemYaml, "  ")}`, split) },
  ];
}

function extendList(text: string, split: SplitDocument, span: PairSpan, itemYaml: string, item: unknown): Edit {
  const list = span.pair.value;
  if (!isSeq(list) || !list.range) throw new Error("a list that is not empty has a place");
  if (list.flow) {
    const last = list.items.at(-1);
    const at = split.yamlStart + (isNode(last) && last.range ? last.range[1] : list.range[1] - 1);
    return { start: at, end: at, text: `, ${inlineYaml(item)}` };
  }
  const dash = split.yamlStart + list.range[0];
  const indent = text.slice(text.lastIndexOf("\n", dash) + 1, dash);
  const at = lineEnd(text, split.yamlStart + span.end);
  return { start: at, end: at, text: inEol(`\n${blockItem(itemYaml, indent)}`, split) };
}

function blockItem(itemYaml: string, indent: string): string {
  const [first = "", ...rest] = itemYaml.split("\n");
  return [`${indent}- ${first}`, ...rest.map((line) => (line === "" ? "" : `${indent}  ${line}`))].join("\n");
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  return text[feed - 1] === "\r" && feed > from ? feed - 1 : feed;
}

function inEol(text: string, split: SplitDocument): string {
  return split.eol === "\n" ? text : text.replaceAll("\n", split.eol);
}

function parseOwn(yamlText: string): unknown {
  try {
    return parseYaml(yamlText, "").value;
  } catch (cause) {
    throw new Error(`overpace made YAML that cannot be read: ${yamlText}`, { cause });
  }
}

function findPair(text: string, split: SplitDocument, key: string): PairSpan | undefined {
  const contents = split.yaml.document.contents;
  if (contents === null || (isScalar(contents) && contents.value === null)) return undefined;
  if (!isMap(contents) || contents.flow) {
    throw new Problem("the front matter is not written as one key per line", {
      remedy: "write every key at the start of a line of its own, as `key: value`",
      place: { file: split.file, line: 2 },
    });
  }
  const index = contents.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const pair = contents.items[index];
  if (!pair || !isNode(pair.key) || !pair.key.range) return undefined;
  const source = text.slice(split.yamlStart, split.yamlEnd);
  const [start, keyEnd] = pair.key.range;
  if (start > 0 && source[start - 1] !== "\n") {
    throw new Problem(`\`${key}\` does not stand at the start of a line`, {
      remedy: `write it as \`${key}: …\`, without anything before it`,
      place: placeAt(split, source, start),
    });
  }
  const next = contents.items[index + 1]?.key;
  const limit = isNode(next) && next.range ? source.lastIndexOf("\n", next.range[0] - 1) + 1 : source.length;
  return { pair, start, valueStart: source.indexOf(":", keyEnd) + 1, ...extentOf(source, start, limit) };
}

/** Where the last thing between two offsets ends that is neither white space nor a comment, and the comments before it. */
function extentOf(source: string, start: number, limit: number): { end: number; comments: number[] } {
  const comments: number[] = [];
  let end = start;
  let offset = 0;
  let inScalar = false;
  for (const token of new Lexer().lex(source)) {
    const type = inScalar ? "scalar" : CST.tokenType(token);
    const isMark = !inScalar && (token === CST.SCALAR || token === CST.DOCUMENT || token === CST.FLOW_END);
    inScalar = !inScalar && token === CST.SCALAR;
    if (isMark) continue;
    if (offset >= limit) break;
    if (offset >= start && type === "comment") comments.push(offset);
    const isSpace = type === "space" || type === "newline" || type === "comment" || token.trim() === "";
    if (offset >= start && !isSpace) end = offset + token.trimEnd().length;
    offset += token.length;
  }
  return { end, comments: comments.filter((at) => at < end) };
}

function refuseComments(text: string, split: SplitDocument, key: string, span: PairSpan): void {
  const [first] = span.comments;
  if (first === undefined) return;
  throw new Problem(`a comment stands inside \`${key}\``, {
    remedy: `move the comment out of \`${key}\`, overpace rewrites it`,
    place: placeAt(split, text.slice(split.yamlStart, split.yamlEnd), first),
  });
}

function placeAt(split: SplitDocument, source: string, offset: number): { file: string; line: number; column: number } {
  const before = source.slice(0, offset).split("\n");
  return { file: split.file, line: before.length + 1, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** The edited text, once it is certain that it says what was meant and nothing else changed. */
function checked(text: string, split: SplitDocument, edits: readonly Edit[], key: string, value: unknown): string {
  const result = applyEdits(text, edits);
  const before = isRecord(split.yaml.value) ? split.yaml.value : {};
  const others = Object.entries(before).filter(([name]) => name !== key);
  const after = unlessRefused(() => splitDocument(result, split.file).yaml.value);
  const kept = isRecord(after) ? Object.entries(after).filter(([name]) => name !== key) : [];
  if (isRecord(after) && isSame(after[key], value) && isSame(kept, others)) return result;
  throw new Problem(`\`${key}\` cannot be rewritten as the front matter stands`, {
    remedy: `write \`${key}:\` and the keys around it plainly, comments on lines of their own, no \`...\` line, and keep the whole under 64 KB`,
    place: { file: split.file, ...split.yaml.placeOf([key]) },
  });
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  if (!isRecord(a) || !isRecord(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}
