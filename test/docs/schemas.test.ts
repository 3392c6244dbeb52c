import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { schemaFiles } from "../../docs/make-schemas.ts";

it.each([...schemaFiles()])("docs/%s is what the code says (npm run schemas)", (name, text) => {
  expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), "utf8")).toBe(text);
});
