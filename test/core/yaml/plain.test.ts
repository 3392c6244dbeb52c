import { globSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Problem } from "../../../src/core/problem.ts";
import { plainItem, plainMap } from "../../../src/core/yaml/plain.ts";
import { parseWhole } from "../../../src/core/yaml/whole.ts";
import { runs } from "../../support/properties.ts";

const yaml = (source: string) => {
  try {
    return { value: parseWhole(source, "").value };
  } catch (error) {
    if (error instanceof Problem) return { value: undefined };
    throw error;
  }
};
const pieces = fc.oneof(
  fc.constantFrom(
    "open",
    "null",
    "Null",
    "true",
    "no",
    "~",
    "",
    "-",
    "-60",
    "1.50",
    "01",
    "1e3",
    "0x1f",
    ".5",
    ".inf",
    "2026-11-09",
    "2026-W45-1",
  ),
  fc.constantFrom(
    '"a b"',
    '"a: #b"',
    '"\\n"',
    "'x'",
    "a, b",
    "a: b",
    "a #b",
    "a#b",
    "{ a: 1 }",
    "{a: 1}",
    "{ a: 1, a: 2 }",
    "[1]",
    "*x",
    "&x y",
    "!x y",
    "a - b",
    "@a",
    "%",
    "https://x.y/z",
    "a:b",
    "a/*.csv",
  ),
  fc.string({ maxLength: 12 }),
);
const line = fc
  .tuple(fc.constantFrom("a", "bc", "id"), pieces, fc.constantFrom("", " # note", "  ", "#x"))
  .map(([key, value, end]) => `${key}: ${value}${end}`);

/** Front matters as overpace writes them, of its own reviews and of the scenarios. */
const fronts = [...globSync("reviews/*/*.md"), ...globSync("test/scenarios/**/reviews/*/*.md")]
  .filter((file) => !file.includes("hostile"))
  .map((file) => readFileSync(file, "utf8"))
  .filter((text) => text.startsWith("---\n") && !text.includes("\r"))
  .map((text) => text.slice(4, text.indexOf("\n---", 3)))
  .concat(
    "previous:\n  - { id: 2026-W46-1, status: open }\nfigures:\n  previous: { 2026-W46-1: b3120ec8e3f2, 2026-W44-12: 1e6a0c9deb696d39 }",
  );
const bits = [
  " ",
  "  ",
  "\t",
  "\n",
  ":",
  ": ",
  "#",
  " #",
  ",",
  "-",
  "- ",
  '"',
  "'",
  "{",
  "}",
  "[",
  "]",
  "~",
  "&a ",
  "*a",
  "!x ",
  "|",
  ">",
  "%",
  "@",
];
const more = [
  "0",
  "1",
  "e",
  "a",
  "null",
  "true",
  "\u00A0",
  "\u2028",
  "\\",
  "? ",
  "\n  ",
  "\n- ",
  "1e5",
  ".5",
  "0x1",
  "__proto__: 1",
  "<<: ",
  "é",
];
const edit = fc.record({ at: fc.nat(), removed: fc.nat({ max: 2 }), text: fc.constantFrom("", ...bits, ...more) });
const edited = (text: string, { at, removed, text: put }: { at: number; removed: number; text: string }) =>
  text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + removed);

describe("the plain reader", () => {
  it("gives what YAML gives, or nothing", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), (lines) => {
        const plain = plainMap(lines, 0);
        if (plain) expect(plain).toEqual(yaml(lines.join("\n")).value);
      }),
      runs(3000),
    );
  });

  it("gives for items what YAML gives, or nothing", () => {
    const inside = fc.array(
      fc.tuple(fc.constantFrom("a: ", "b: ", "c:", "d:  "), pieces).map((pair) => pair.join("")),
      { maxLength: 3 },
    );
    const flow = fc
      .tuple(inside, fc.constantFrom("{ ", "{"), fc.constantFrom(" }", "}", ", }", " } # x", "}#x"))
      .map(([list, open, close]) => `- ${open}${list.join(", ")}${close}`);
    const block = fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => `- ${lines.join("\n  ")}`);
    fc.assert(
      fc.property(fc.oneof(flow, block), (item) => {
        const plain = plainItem(item, 0);
        if (plain) expect([plain]).toEqual(yaml(item).value);
      }),
      runs(3000),
    );
  });

  it("gives what YAML gives, or nothing, for what may become of a front matter in the hands of people", () => {
    const part = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 14 }), fc.boolean(), fc.array(edit, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(fc.constantFrom(...fronts), part, (front, [from, count, isOutdented, edits]) => {
        const lines = front.split("\n");
        const some = lines.slice(from % lines.length, (from % lines.length) + count).join("\n");
        const text = edits.reduce(edited, isOutdented ? some.replaceAll(/^ {2}/gm, "") : some);
        const plain = plainMap(text.split("\n"), 0);
        if (plain) expect(plain).toEqual(yaml(text).value ?? {});
      }),
      runs(6000),
    );
  });

  it.each(fronts.map((front, index) => [index, front] as const))("knows what overpace writes: %i", (_, front) => {
    expect(plainMap(front.split("\n"), 0)).toEqual(yaml(front).value);
  });

  it.each([
    ["a: 1\n  b", "a scalar over lines"],
    ["a: { b: 1,\n  c: 2 }", "brackets over lines"],
    ["a: { 5942e702660000: 1 }", "a key that is a number"],
    ["a: 5942e702660000", "a number with an exponent, which looks like a hash"],
    ["a: [1, ]", "an end that YAML forgives"],
    ["a:\n    b: 1\n  c: 2", "lines that fit nowhere"],
    ["a:\n- b\n -c", "an item that is none"],
    [`a: ${"[".repeat(20)}${"]".repeat(20)}`, "deep nesting"],
    ["a: { b: 1, b: 2 }", "a key given twice"],
    ["a: [}", "a bracket that another one closes"],
    ["a: { b: c\u00A0}", "a space that is none"],
    ["null: 1", "a key that is no word"],
    ["a:\t1", "a tab"],
  ])("leaves %j to the YAML parser: %s", (text) => {
    expect(plainMap(text.split("\n"), 0)).toBeNull();
  });
});
