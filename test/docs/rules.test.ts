import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { ruleTexts } from "../../docs/make-rules.ts";

const folder = new URL("../../docs/rules/", import.meta.url);
const texts = ruleTexts();

it("docs/rules holds a page for each rule and no other", () => {
  expect(readdirSync(folder).sort()).toEqual([...texts.keys()].sort());
});

it.each([...texts])("docs/rules/%s is what the rules say (npm run rules)", (name, text) => {
  expect(readFileSync(new URL(name, folder), "utf8")).toBe(text);
});
