import fc from "fast-check";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
import { csvCell, csvCellText, jsonText, logText, markdownText } from "../../src/core/text.ts";
import { runs } from "../support/properties.ts";

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const parser = unified().use(remarkParse).use(remarkGfm);
const flat = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(flat)];
const textOf = (nodes: readonly Node[]) => nodes.map(({ value }) => value ?? "").join("");
const visible = (text: string) => text.replaceAll("\u200B", "");

/** What a name becomes in a cell of a table and in a heading. */
function render(name: string) {
  const nodes = flat(parser.parse(`| Service | Cost |\n| --- | ---: |\n| ${markdownText(name)} | $1.00 |\n`));
  const heading = flat(parser.parse(`### OpenAI · ${markdownText(name)}: +$650.00\n`));
  const cells = nodes.filter(({ type }) => type === "tableCell");
  return { nodes: [...nodes, ...heading], cells, cell: textOf(flat(cells[2] ?? { type: "none" })), heading: textOf(heading) };
}

const plainTypes = new Set(["root", "table", "tableRow", "tableCell", "heading", "text"]);
const hostile = "`|`<img src=x>@octocat #1 Fixes #2 ::error::";

describe("markdownText", () => {
  it.each([
    hostile,
    "_www.example.com",
    "(www.example.com) Www.Example.com",
    "https://evil.example HTTP://x ftp://y",
    "a@b.co mailto:a@b.co xmpp:a@b.co/c",
    "\\|x\\",
    "x\\",
    "&amp;lt; &copy; &#64;octocat",
    "~~a~~ **b** __c__ _d_",
    "[a](b) ![c](d) [^1] [x]: y",
    "<!-- overpace:end --> -->",
    "- [ ] task",
    "1. one",
    "# two",
    "--- | ---",
    "a ``b`` c",
    "<https://x.y> <a@b.co>",
    "$x$",
  ])("%j stays one cell and one heading of plain text that reads the same", (name) => {
    const { nodes, cells, cell, heading } = render(name);
    expect(nodes.filter(({ type }) => !plainTypes.has(type))).toEqual([]);
    expect(cells).toHaveLength(4);
    expect(visible(cell)).toBe(name);
    expect(visible(heading)).toBe(`OpenAI · ${name}: +$650.00`);
  });

  it("mentions nobody and refers to nothing", () => {
    const { cell, heading } = render(`${hostile} acme/app#3 GH-4 _GH-5 @acme/team`);
    for (const text of [cell, heading]) expect(text).not.toMatch(/@[a-z\d]|#\d|GH-\d/i);
  });

  it.each(["x@.x", "x@-1.a", "a+b@c_d.e", "x@x.y"])("%s is no address to write to", (text) => {
    expect(render(text).nodes.filter(({ type }) => !plainTypes.has(type))).toEqual([]);
  });

  it("line breaks, controls and marks of direction become spaces", () => {
    expect(markdownText("a\r\n# b\u2028c\u0000\u001B[31md\u202Ee")).toBe("a # b c \\[31md e");
  });

  it.each([
    ["Open\u200BAI", "Open AI"],
    ["Open\u{E0041}\u{E0042}AI", "Open AI"],
    ["Open\u{E0101}\u00ADAI", "Open AI"],
    ["Open\u061CAI", "Open AI"],
    ["\u3164", "(unnamed)"],
    ["\u2060\u200D\uFE0F", "(unnamed)"],
    ["👩‍💻 ❤️", "👩‍💻 ❤️"],
    ["می‌خواهم", "می‌خواهم"],
  ])("what nobody would see in %j is a space", (name, shown) => expect(markdownText(name)).toBe(shown));

  it("a long name is cut, never within a character or after an escape", () => {
    expect(Array.from(visible(render("🙂".repeat(300)).cell))).toHaveLength(120);
    expect(render("|".repeat(300)).cells).toHaveLength(4);
  });

  it("any text stays in its cell", () => {
    const pieces = fc.constantFrom(..."`|<>*_~[]()!\\&#@:/.-+ a1".split(""), "www.", "http://", "GH-", "\n", "<!--", "-->", "::", "\\|");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => {
        const { nodes, cells } = render(`x${parts.join("")}x`);
        expect(nodes.filter(({ type }) => !plainTypes.has(type))).toEqual([]);
        expect(cells).toHaveLength(4);
      }),
      runs(300),
    );
  });
});

describe("logText", () => {
  it.each([
    "::error::x",
    "::set-output name=a::b",
    ":::error::x",
    "::::",
    "##[error]x",
    "###[group]",
    "a\r\n::error::x",
    "\u001B[31mred\u001B[0m",
    "x\u2028::stop-commands::t",
  ])("%j is one line without a command", (text) => expect(logText(text)).not.toMatch(/::|##\[|[\p{Cc}\p{Zl}\p{Zp}]/u));
  it("plain text is left as it is", () => expect(logText("a: b #1 [x] @y")).toBe("a: b #1 [x] @y"));
});

describe("jsonText", () => {
  it.each(["##[stop-commands]x", "###[group]", "\u001B[31m\u009B31m", "a\u2028::error::x", "\u202Eevil\u2066", "\uFEFF\u061C\u0085"])(
    "%j keeps its value and is no command, no colour and no turn of direction",
    (text) => {
      const written = jsonText({ [text]: [text] });
      expect(JSON.parse(written)).toEqual({ [text]: [text] });
      expect(written).not.toMatch(/##\[|[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u);
    },
  );
});

describe("csvCell", () => {
  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1", "'quoted", "''", "'=1"])(
    "%j is led by an apostrophe and comes back",
    (text) => {
      expect(csvCell(text)).toBe(`'${text}`);
      expect(csvCellText(csvCell(text))).toBe(text);
    },
  );
  it("any text comes back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => csvCellText(csvCell(text)) === text),
      runs(300),
    );
  });
});
