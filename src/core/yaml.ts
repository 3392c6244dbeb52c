import { type Document, LineCounter, isMap, isNode, isPair, isScalar, parseDocument } from "yaml";
import type { z } from "zod";
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
  if (document.directives?.yaml.explicit) refuse("a %YAML directive is not allowed", 0);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    refuse(`not valid YAML: ${cause instanceof Error ? firstSentence(cause.message) : "cannot be read"}`, 0);
  }
  return { value, document, placeOf: (path) => at(offsetOf(document, path)) };
}

function firstSentence(message: string): string {
  return message.split("\n")[0] ?? message;
}

/** Where a value stands; for a missing one, where the thing that should hold it begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      const node = pair && (isNode(pair.value) && pair.value.range ? pair.value : pair.key);
      if (isNode(node) && node.range) return node.range[0];
    }
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return isNode(document.contents) && document.contents.range ? document.contents.range[0] : 0;
}

/** A zod issue in words: the path in the file, what was expected, what stands there. */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join("");
}

function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: "is not a known key" }));
  });
}

/**
 * Checks a parsed value against a schema.
 * @returns the typed value, or one Problem per fault, each with file, line and column.
 */
export function validate<T>(yaml: YamlText, schema: z.ZodType<T>, file: string, remedy: string): { value: T } | { problems: Problem[] } {
  const result = schema.safeParse(yaml.value);
  if (result.success) return { value: result.data };
  const problems = faultsOf(result.error).map(({ path, message }) => {
    const name = path.length === 0 ? "the file" : `\`${pathText(path)}\``;
    return new Problem(`${name}: ${message}`, { remedy, place: { file, ...yaml.placeOf(path) }, kind: "usage" });
  });
  return { problems };
}
