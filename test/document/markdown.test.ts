import { expect, test } from "vitest";
import { plainName } from "../../src/document/markdown.ts";

test.each([
  ["a short name", ["AWS", "Amazon EC2"], "AWS Amazon EC2"],
  ["signs that mean something elsewhere", ["A|B", "*x* <y>"], "A B x y"],
  ["a long name, cut after a whole word", ["Big", `${"word ".repeat(20)}end`], `Big ${"word ".repeat(15)}`.trim()],
  ["a long name without words", ["x".repeat(90)], "x".repeat(80)],
])("a name for titles: %s", (_, path, text) => expect(plainName(path)).toBe(text));
