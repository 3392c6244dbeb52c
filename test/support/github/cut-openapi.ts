/**
 * Cuts the slice of GitHub's OpenAPI description that the test server is checked against.
 *
 *   cd "$(mktemp -d)" && npm pack @octokit/openapi@23.0.2 && tar xzf *.tgz package/generated/api.github.com.json
 *   node test/support/github/cut-openapi.ts package/generated/api.github.com.json
 *
 * It writes openapi.json.gz beside this file. The description is MIT licensed, copyright (c) 2020 Octokit contributors;
 * the slice carries that notice.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { isFields } from "./call.ts";
import { routes } from "./routes/index.ts";

type Node = Readonly<Record<string, unknown>>;

const prose = new Set([
  "description",
  "summary",
  "example",
  "examples",
  "externalDocs",
  "x-github",
  "tags",
  "operationId",
  "headers",
  "title",
  "deprecated",
]);

/** A copy without prose; below `properties` every key is a name. `nullable` becomes what JSON Schema understands. */
function lean(value: unknown, names = false): unknown {
  if (Array.isArray(value)) return value.map((one) => lean(one));
  if (!isFields(value)) return value;
  const kept = Object.entries(value).filter(([key, inner]) => names || !(prose.has(key) && !(key === "headers" && Array.isArray(inner))));
  const copy = Object.fromEntries(kept.map(([key, inner]) => [key, lean(inner, !names && key === "properties")]));
  return names ? copy : withNull(copy);
}

function withNull(schema: Node): Node {
  const { nullable, ...rest } = schema;
  if (nullable !== true) return nullable === undefined ? schema : rest;
  if (rest["type"] === undefined) return { anyOf: [rest, { type: "null" }] };
  const values = rest["enum"];
  return {
    ...rest,
    type: [rest["type"], "null"],
    ...(Array.isArray(values) ? { enum: [...new Set([...(values as unknown[]), null])] } : {}),
  };
}

/** The value a reference like `#/components/schemas/issue` points to. */
function at(whole: Node, ref: string): unknown {
  let value: unknown = whole;
  for (const part of ref.slice(2).split("/")) value = isFields(value) ? value[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
  return value;
}

function* refsIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const one of value) yield* refsIn(one);
  if (!isFields(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "$ref" && typeof inner === "string") yield inner;
    else yield* refsIn(inner);
  }
}

/** Only bodies in JSON; a folder of the contents also has one of its own media type. */
function jsonOnly(content: unknown): unknown {
  if (!isFields(content)) return undefined;
  const types = ["application/json", "application/vnd.github.object"].filter((type) => isFields(content[type]));
  return types.length === 0
    ? undefined
    : Object.fromEntries(types.map((type) => [type, { schema: at(content, `#/${type.replaceAll("/", "~1")}/schema`) }]));
}

/** Bodies of one operation: what it takes, and what it answers by status. */
function operation(value: Node): Node {
  const body = isFields(value["requestBody"]) ? jsonOnly(value["requestBody"]["content"]) : undefined;
  const responses = isFields(value["responses"]) ? Object.entries(value["responses"]) : [];
  const kept = responses.map(([status, one]) => [
    status,
    isFields(one) && "$ref" in one ? one : isFields(one) ? { content: jsonOnly(one["content"]) } : {},
  ]);
  return { ...(body === undefined ? {} : { requestBody: { content: body } }), responses: Object.fromEntries(kept) };
}

/** The slice of a description: some operations, and every component they need. */
export function cut(whole: Node, wanted: readonly { readonly method: string; readonly path: string }[]): Node {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { method, path } of wanted) {
    const found = at(whole, `#/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}`);
    if (isFields(found)) (paths[path] ??= {})[method.toLowerCase()] = lean(operation(found));
  }
  const components: Record<string, Record<string, unknown>> = {};
  const todo = [...refsIn(paths)];
  for (let ref = todo.pop(); ref !== undefined; ref = todo.pop()) {
    const [, , group = "", name = ""] = ref.split("/");
    if (components[group]?.[name] !== undefined) continue;
    const value = at(whole, ref);
    const small = group === "responses" && isFields(value) ? lean({ content: jsonOnly(value["content"]) }) : lean(value);
    (components[group] ??= {})[name] = small;
    todo.push(...refsIn(small));
  }
  const licence = "From @octokit/openapi (MIT), Copyright (c) 2020 Octokit contributors";
  return { licence, version: isFields(whole["info"]) ? whole["info"]["version"] : null, paths, components };
}

const [, script = "", source] = process.argv;
if (source !== undefined && script.endsWith("cut-openapi.ts")) {
  const slice = JSON.stringify(cut(JSON.parse(readFileSync(source, "utf8")) as Node, routes));
  const packed = gzipSync(slice, { level: 9 });
  writeFileSync(join(import.meta.dirname, "openapi.json.gz"), packed);
  console.log(`openapi.json.gz: ${packed.length} bytes, ${slice.length} unpacked`);
}
