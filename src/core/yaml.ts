import { type Document, type Node, LineCounter, isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit } from "yaml";
import type * as z from "zod";
import { Problem } from "./problem.ts";

/** Parsed YAML with the way back from a value to its place. */
export interface YamlText {
  readonly value: unknown;
  readonly document: Document;
  /** Line and column (from 1) of a value, or of the nearest thing around it that stands in the text. */
  readonly placeOf: (path: readonly PropertyKey[]) => { line: number; column: number };
}

const sayYaml = "write plain YAML: no anchors or aliases, no tags, no %-directives, each key once";

/**
 * Reads one YAML text by the rules for text from outside: YAML 1.2 core types, no aliases, no directives, no tags, each key once.
 * `firstLine` is the line of the file on which the text begins.
 * @throws Problem with the place of the first fault.
 */
export function parseYaml(text: string, file: string, firstLine = 1): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: "1.2", schema: "core", lineCounter: lines, prettyErrors: false, strict: true });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: line + firstLine - 1, column: col };
  };
  const refuse = (message: string, offset: number) => {
    throw new Problem(message, { remedy: sayYaml, place: { file, ...at(offset) } });
  };
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) refuse(`not valid YAML: ${firstSentence(fault.message)}`, fault.pos[0]);
  if (document.directives?.docStart && /^%/m.test(text.split(/^---/m, 1)[0] ?? "")) refuse("a %-directive is not allowed", 0);
  const extra = firstExtra(document);
  if (extra) refuse(extra.message, extra.offset);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    refuse(`not valid YAML: ${cause instanceof Error ? firstSentence(cause.message) : "cannot be read"}`, 0);
  }
  return { value, document, placeOf: (path) => at(offsetOf(document, path)) };
}

/** The first thing that is YAML but not plain: what it is, where it stands. */
function firstExtra(document: Document): { message: string; offset: number } | null {
  let found: { message: string; offset: number } | null = null;
  const check = (node: Node, isKey: boolean) => {
    const offset = node.range?.[0] ?? 0;
    if (isAlias(node)) found = { message: `the alias *${node.source} is not allowed`, offset };
    else if ("anchor" in node && node.anchor)
      found = { message: `the anchor &${node.anchor} is not allowed; put text that begins with & in quotes`, offset };
    else if (node.tag !== undefined) found = { message: "a tag is not allowed; put text that begins with ! in quotes", offset };
    else if (isKey && !isScalar(node)) found = { message: "a key must be plain text", offset };
    return found ? visit.BREAK : undefined;
  };
  visit(document, { Node: (key, node) => check(node, key === "key") });
  return found;
}

function firstSentence(message: string): string {
  return message.split("\n")[0] ?? message;
}

/** Where a value stands; for a missing one, where the thing that should hold it begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = isNode(node) && node.range ? node.range[0] : 0;
  for (const part of path) {
    // A key may be a number in the document (`1:`) and is text in a value.
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part)) : undefined;
    const next: unknown = isSeq(node) ? node.items[Number(part)] : pair?.value;
    const standing = isNode(next) && next.range ? next : pair?.key;
    if (!isNode(standing) || !standing.range) break;
    offset = standing.range[0];
    node = next;
  }
  return offset;
}

/** A zod issue in words: the path in the file, what was expected, what stands there. */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join("");
}

/** Codes of an issue that says: a value of another kind was expected here. */
const otherKind = new Set(["invalid_type", "invalid_value", "invalid_union"]);

/** The one alternative of a union that is of the value's kind, if there is one: its faults say more than "none fits". */
function alternativeOf(alternatives: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const fitting = alternatives.filter((issues) => !issues.some(({ code, path }) => path.length === 0 && otherKind.has(code)));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function faultsOf(issues: readonly z.core.$ZodIssue[], outer: readonly PropertyKey[] = []): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const path = [...outer, ...issue.path];
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => ({ path: [...path, key], message: "is not a known key" }));
    const inner = issue.code === "invalid_union" ? alternativeOf(issue.errors) : undefined;
    if (inner) return faultsOf(inner, path);
    if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) return [{ path, message: "is missing" }];
    return [{ path, message: issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message }];
  });
}

/**
 * Checks a parsed value against a schema.
 * @returns the typed value, or one Problem per fault, each with file, line and column.
 */
export function validate<T>(yaml: YamlText, schema: z.ZodType<T>, file: string, remedy: string): { value: T } | { problems: Problem[] } {
  const result = schema.safeParse(yaml.value);
  if (result.success) return { value: result.data };
  const problems = faultsOf(result.error.issues).map(({ path, message }) => {
    const name = path.length === 0 ? "the file" : `\`${pathText(path)}\``;
    return new Problem(`${name}: ${message}`, { remedy, place: { file, ...yaml.placeOf(path) }, kind: "usage" });
  });
  return { problems };
}
