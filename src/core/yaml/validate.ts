import type * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { Problem } from "../problem.ts";
import type { YamlText } from "./whole.ts";

/** A zod issue in words: the path in the file, what was expected, what stands there. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  /** A key that is not known, one that is missing, or a value that does not fit. */
  readonly kind: "unknown" | "missing" | "value";
  /** What is wrong with what stands at the path; the whole sentence when `whole` is set. */
  readonly message: string;
  readonly whole?: boolean;
  readonly remedy?: string;
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join("");
}

/** Codes of an issue that says: a value of another kind was expected here. */
const otherKind = new Set(["invalid_type", "invalid_value", "invalid_union"]);

/**
 * The one alternative of a union that is of the value's kind, if there is one, else the only one besides null: its faults say more than
 * "none fits".
 */
function alternativeOf(alternatives: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const fitting = alternatives.filter((issues) => !issues.some(({ code, path }) => path.length === 0 && otherKind.has(code)));
  if (fitting.length === 1) return fitting[0];
  const others = alternatives.filter((issues) => !issues.some((issue) => issue.code === "invalid_type" && issue.expected === "null"));
  return others.length === 1 ? others[0] : undefined;
}

/** A value that is not there at all, whatever else would have fitted. */
function isMissing(issue: z.core.$ZodIssue): boolean {
  if (issue.code === "invalid_union") return issue.errors.some((issues) => issues.some((one) => one.path.length === 0 && isMissing(one)));
  return issue.code === "invalid_type" && issue.message.endsWith("received undefined");
}

const kinds: Readonly<Record<string, string>> = {
  object: "a mapping such as { key: value }",
  record: "a mapping such as { key: value }",
  array: "a list such as [a, b]",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  null: "nothing",
};

/** The words of a value of another kind as a file has it: who writes YAML does not write objects and arrays. */
function kindText(message: string): string {
  const [, expected = "", received = ""] = /^Invalid input: expected (\w+), received (\w+)$/.exec(message) ?? [];
  return expected === ""
    ? message
    : `expected ${kinds[expected] ?? expected}, found ${kinds[received]?.replace(/ such as .*/, "") ?? received}`;
}

function faultsOf(issues: readonly z.core.$ZodIssue[], outer: readonly PropertyKey[] = []): Fault[] {
  return issues.flatMap((issue): Fault[] => {
    const path = [...outer, ...issue.path];
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({ path: [...path, key], kind: "unknown", message: "is not a known key" }));
    if (isMissing(issue)) return [{ path, kind: "missing", message: "is missing" }];
    const inner = issue.code === "invalid_union" ? alternativeOf(issue.errors) : undefined;
    if (inner) return faultsOf(inner, path);
    const message = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    const remedy: unknown = issue.code === "custom" ? issue.params?.["remedy"] : undefined;
    return [{ path, kind: "value", message: kindText(message), ...(typeof remedy === "string" ? { remedy } : {}) }];
  });
}

/** The words of faults that a schema has none of its own for. One run judges a few values: compiling their schemas would not pay. */
const english = { error: en().localeError, jitless: true };

function asItIs(fault: Fault): Fault {
  return fault;
}

/**
 * Checks a parsed value against a schema. `remedy` is what to do where a fault brings no remedy of its own; `reword` may say a fault
 * in words that know what the whole value is about.
 * @returns the typed value, or one Problem per fault, each with file, line and column.
 */
export function validate<T>(
  yaml: YamlText,
  schema: z.ZodMiniType<T>,
  file: string,
  remedy: string,
  reword: (fault: Fault, value: unknown) => Fault = asItIs,
): { value: T } | { problems: Problem[] } {
  const result = schema.safeParse(yaml.value, english);
  if (result.success) return { value: result.data };
  const problems = faultsOf(result.error.issues).map((found) => {
    const fault = reword(found, yaml.value);
    const name = found.path.length === 0 ? "the file" : `\`${pathText(found.path)}\``;
    const place = { file, ...yaml.placeOf(found.path) };
    const message = fault.whole ? fault.message : `${name}: ${fault.message}`;
    return new Problem(message, { remedy: fault.remedy ?? remedy, place, kind: "usage" });
  });
  return { problems };
}
