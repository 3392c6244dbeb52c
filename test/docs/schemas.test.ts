import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { schemaTexts } from "../../docs/make-schemas.ts";

it.each([...schemaTexts()])("docs/schemas/%s is what the code says (npm run schemas)", (name, text) => {
  expect(readFileSync(new URL(`../../docs/schemas/${name}`, import.meta.url), "utf8")).toBe(text);
});
