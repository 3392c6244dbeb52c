import { expect, test } from "vitest";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import { aliased, aliasesSchema } from "../../../src/core/settings/aliases.ts";
import { charge } from "../../support/charges.ts";

const renamed = (aliases: object, part: Partial<Charge>) => aliased([charge(part)], aliasesSchema.parse(aliases))[0];

test.each([
  ["a name as it stands", { project: { Old: "New" } }, { project: "Old" }, { project: "New" }],
  ["a glob, whatever the case", { model: { "gpt-5.4-*": "gpt-5.4" } }, { model: "GPT-5.4-2026-03-05" }, { model: "gpt-5.4" }],
  ["the name as it stands before a glob", { apiKey: { "*": "rest", "k-1": "first" } }, { apiKey: "k-1" }, { apiKey: "first" }],
  ["the first of two globs", { apiKey: { "k-*": "a", "*": "b" } }, { apiKey: "k-1" }, { apiKey: "a" }],
  [
    "several kinds at once",
    { provider: { X: "Y" }, service: { A: "B" } },
    { provider: "X", service: "A" },
    { provider: "Y", service: "B" },
  ],
  ["no name that is not there", { project: { "*": "all" } }, { project: "" }, { project: "" }],
  ["nothing of another kind", { project: { Old: "New" } }, { account: "Old" }, { account: "Old", project: "" }],
  ["no name twice", { model: { a: "b", b: "c" } }, { model: "a" }, { model: "b" }],
  ["names that objects have by nature", { model: { toString: "x" } }, { model: "constructor" }, { model: "constructor" }],
])("%s is renamed", (_, aliases, part, expected) => {
  expect(renamed(aliases, part)).toEqual(charge({ ...part, ...expected }));
});

test("without aliases the list is handed on as it is", () => {
  const charges = [charge()];
  expect(aliased(charges, aliasesSchema.parse({}))).toBe(charges);
});

test.each([
  ["an empty name", { project: { Old: "" } }, "is empty"],
  ["a kind that is not known", { feature: { a: "b" } }, "feature"],
  ["a list", { project: ["Old"] }, "earlier names"],
])("%s is refused", (_, aliases, message) => {
  expect(JSON.stringify(aliasesSchema.safeParse(aliases).error?.issues)).toContain(message);
});
