import { expect, it } from "vitest";
import { shortList } from "../../src/core/short-list.ts";

it.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b", "c"], "a, b, c"],
  [["a", "b", "c", "d"], "a, b, c and 1 more"],
])("%j is told as %s", (words, text) => {
  expect(shortList(words)).toBe(text);
});

it("names as many as asked for, and the kind of the others", () => {
  expect(shortList(["a", "b", "c", "d"], 1, "files")).toBe("a and 3 more files");
});
