import {
  Composer,
  Document,
  LineCounter,
  type Node,
  type Pair,
  Parser,
  type YAMLMap,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  visit,
} from "yaml";
import { Problem } from "../problem.ts";
import { tooDeepAt } from "./depth.ts";
import { yamlFault } from "./faults.ts";

/** Parsed YAML with the way back from a value to its place. */
export interface YamlText {
  readonly value: unknown;
  readonly document: Document;
  /** Line and column (from 1) of a value, or of the nearest thing around it that stands in the text. */
  readonly placeOf: (path: readonly PropertyKey[]) => { line: number; column: number };
}

const sayYaml = "write plain YAML: no anchors or aliases, no tags, no %-directives, each key once";

/**
 * Reads one YAML text of any kind with the YAML parser; `parseYaml` says by which rules, and spares most texts this.
 * @throws Problem with the place of the first fault.
 */
export function parseWhole(text: string, file: string, firstLine = 1): YamlText {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const refuse = (message: string, offset: number, remedy = sayYaml) => {
    throw new Problem(message, { remedy, place: { file, ...at(offset) } });
  };
  const deep = tooDeepAt(tokens);
  if (deep !== null) refuse("nested deeper than 100 levels", deep);
  // The composer's own search for keys given twice takes quadratic time, so it is made in `firstExtra`.
  const composer = new Composer({ version: "1.2", schema: "core", uniqueKeys: false });
  const [document = new Document(), second] = composer.compose(tokens, true, text.length);
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) {
    const { message, remedy } = yamlFault(fault, text);
    refuse(message, fault.pos[0], remedy);
  }
  if (document.directives?.docStart && /^%/m.test(text.split(/^---/m, 1)[0] ?? "")) refuse("a %-directive is not allowed", 0);
  if (second) refuse("a second document begins here", second.range?.[0] ?? 0);
  const extra = firstExtra(document);
  if (extra) refuse(extra.message, extra.offset);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    refuse(`not valid YAML: ${cause instanceof Error ? firstSentence(cause.message) : "cannot be read"}`, 0);
  }
  const pairs = pairsByKey();
  return { value, document, placeOf: (path) => at(offsetOf(document, path, pairs)) };
}

/** The key of a map that stands in it a second time; a key may be a number in the document (`1:`) and is text in a value. */
function repeatedKey(map: YAMLMap): Node | null {
  const known = new Set<string>();
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    if (known.has(name)) return key;
    known.add(name);
  }
  return null;
}

/** The first thing that is YAML but not plain: what it is, where it stands. */
function firstExtra(document: Document): { message: string; offset: number } | null {
  let found: { message: string; offset: number } | null = null;
  const check = (node: Node, isKey: boolean) => {
    const offset = node.range?.[0] ?? 0;
    if (isAlias(node)) found = { message: `the alias *${node.source} is not allowed; put text that begins with * in quotes`, offset };
    else if ("anchor" in node && node.anchor)
      found = { message: `the anchor &${node.anchor} is not allowed; put text that begins with & in quotes`, offset };
    else if (node.tag !== undefined) found = { message: "a tag is not allowed; put text that begins with ! in quotes", offset };
    else if (isKey && !isScalar(node)) found = { message: "a key must be plain text", offset };
    const repeated = !found && isMap(node) ? repeatedKey(node) : null;
    if (repeated) found = { message: "the same key stands here a second time", offset: repeated.range?.[0] ?? offset };
    return found ? visit.BREAK : undefined;
  };
  visit(document, { Node: (key, node) => check(node, key === "key") });
  return found;
}

function firstSentence(message: string): string {
  return message.split("\n")[0] ?? message;
}

/** Looks up a pair of a map by its key; each map is listed once, so that many look-ups in a large one stay cheap. */
function pairsByKey(): (map: YAMLMap, key: string) => Pair | undefined {
  const listed = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  return (map, key) => {
    const pairs = listed.get(map) ?? new Map(map.items.flatMap((pair) => (isScalar(pair.key) ? [[String(pair.key.value), pair]] : [])));
    listed.set(map, pairs);
    return pairs.get(key);
  };
}

/** Where a value stands; for a missing one, where the thing that should hold it begins. */
function offsetOf(document: Document, path: readonly PropertyKey[], pairOf: ReturnType<typeof pairsByKey>): number {
  let node: unknown = document.contents;
  let offset = isNode(node) && node.range ? node.range[0] : 0;
  for (const part of path) {
    const pair = isMap(node) ? pairOf(node, String(part)) : undefined;
    const next: unknown = isSeq(node) ? node.items[Number(part)] : pair?.value;
    const standing = isNode(next) && next.range ? next : pair?.key;
    if (!isNode(standing) || !standing.range) break;
    offset = standing.range[0];
    node = next;
  }
  return offset;
}
