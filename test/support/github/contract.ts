import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import { isFields } from "./call.ts";

/** What the description says of an answer. */
export interface Verdict {
  /** False: the description does not know this status, or the operation at all. */
  readonly documented: boolean;
  /** What is wrong with the body, or null. */
  readonly problem: string | null;
}

export interface Contract {
  readonly answer: (method: string, path: string, status: number, body: unknown, type?: string) => Verdict;
  /** What is wrong with the body of a request, in GitHub's words, or null. */
  readonly request: (method: string, path: string, body: unknown) => string | null;
}

/** Answers GitHub itself sends otherwise than described: the 409 of the contents is `oneOf` two shapes that a usual error fits both. */
const contradicted = (path: string, status: number): boolean => status === 409 && path.endsWith("/contents/{path}");

const steps = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce((at: unknown, key) => (isFields(at) ? at[key] : undefined), value);
const schemaOf = (value: unknown, type = ""): unknown =>
  steps(value, "content", type.includes("vnd.github.object") ? "application/vnd.github.object" : "application/json", "schema");

function worded(error: ErrorObject | undefined, body: unknown): string {
  if (error === undefined) return "Invalid request.";
  const path = error.instancePath.slice(1);
  const value = path
    .split("/")
    .reduce((at: unknown, key) => (isFields(at) || Array.isArray(at) ? (at as Record<string, unknown>)[key] : at), body);
  const size = typeof value === "string" || Array.isArray(value) ? value.length : 0;
  const text =
    error.keyword === "required"
      ? `"${String(error.params["missingProperty"])}" wasn't supplied.`
      : error.keyword === "maxLength"
        ? `Only ${String(error.params["limit"])} characters are allowed; ${size} were supplied.`
        : error.keyword === "maxItems"
          ? `No more than ${String(error.params["limit"])} items are allowed; ${size} were supplied.`
          : `For '${path === "" ? "body" : `properties/${path}`}', ${JSON.stringify(value)?.slice(0, 80)} ${error.message ?? "is invalid"}.`;
  return `Invalid request.\n\n${text}`;
}

/** Reads the slice and compiles a validator when it is first needed. */
function load(): Contract {
  const text = gunzipSync(readFileSync(join(import.meta.dirname, "openapi.json.gz"))).toString("utf8");
  const slice: unknown = JSON.parse(text.replaceAll('"$ref":"#/', '"$ref":"gh#/'));
  const ajv = new Ajv({ strict: false, logger: false, inlineRefs: false });
  formats.default(ajv);
  ajv.addSchema({ $id: "gh", components: steps(slice, "components") });
  const compiled = new Map<string, ValidateFunction | null>();
  const validator = (key: string, find: () => unknown): ValidateFunction | null => {
    const known = compiled.get(key);
    if (known !== undefined) return known;
    const schema = find();
    const made = isFields(schema) ? ajv.compile(schema) : null;
    compiled.set(key, made);
    return made;
  };
  const responseOf = (method: string, path: string, status: number): unknown => {
    const found = steps(slice, "paths", path, method.toLowerCase(), "responses", String(status));
    const ref = steps(found, "$ref");
    return typeof ref === "string" ? steps(slice, ...ref.slice("gh#/".length).split("/")) : found;
  };
  return {
    answer: (method, path, status, body, type) => {
      const response = responseOf(method, path, status);
      if (response === undefined) return { documented: false, problem: null };
      if (contradicted(path, status)) return { documented: true, problem: null };
      const validate = validator(`${method} ${path} ${status} ${type ?? ""}`, () => schemaOf(response, type));
      if (validate === null || validate(body)) return { documented: true, problem: null };
      return { documented: true, problem: ajv.errorsText(validate.errors, { dataVar: "body" }) };
    },
    request: (method, path, body) => {
      const validate = validator(`${method} ${path} request`, () =>
        schemaOf(steps(slice, "paths", path, method.toLowerCase(), "requestBody")),
      );
      return validate === null || validate(body) ? null : worded(validate.errors?.[0], body);
    },
  };
}

/** One for all servers of a process: compiling costs more than a server. */
const kept: { contract?: Contract } = {};
export const contract = (): Contract => (kept.contract ??= load());
