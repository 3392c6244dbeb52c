import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { schemaFiles } from "../../docs/make-schemas.ts";

it.each([...schemaFiles()])("docs/%s is what the code says (npm run schemas)", (name, text) => {
  expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8")).toBe(text);
});

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly not?: object;
}

/** The keys of a schema and of all that is below it; those that it only names to refuse them are left out. */
function keysOf({ properties = {}, items, additionalProperties, anyOf = [], oneOf = [] }: Node): string[] {
  const own = Object.entries(properties).filter(([, { not }]) => not === undefined);
  const below = [items, additionalProperties, ...anyOf, ...oneOf].filter((node) => typeof node === "object");
  return [...own.flatMap(([key, node]) => [key, ...keysOf(node)]), ...below.flatMap(keysOf)];
}

/** Sources have pages of their own, and a test of these. */
const pages = { overpace: "config.md", plan: "config.md", allocation: "config.md", prices: "config.md", review: "review.md" };

it.each(Object.entries(pages))("each key of %s.schema.json stands in docs/%s", (name, page) => {
  const schema = JSON.parse(schemaFiles().get(`schemas/${name}.schema.json`) ?? "") as Node;
  const { sources: _, ...properties } = schema.properties ?? {};
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8");
  const unnamed = [...new Set(keysOf({ properties }))].filter((key) => !new RegExp(`\\b${key}\\b`).test(text));
  expect(unnamed).toEqual([]);
});
