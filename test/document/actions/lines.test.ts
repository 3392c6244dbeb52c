import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Problem } from "../../../src/core/problem.ts";
import { parseYaml } from "../../../src/core/yaml.ts";
import { actionScanner } from "../../../src/document/actions/lines.ts";
import { splitDocument } from "../../../src/document/front-matter/split.ts";
import { plainItem, plainMap } from "../../../src/document/front-matter/plain-yaml.ts";
import { type FrontMatter, frontMatterSchema } from "../../../src/document/front-matter/schema.ts";
import { textOf } from "../../commands/actions-lab.ts";
import { runs } from "../../support/properties.ts";

const action = { n: 1, title: "Find out: why?", about: "openai/inference@2026-11-01", effect: "{ cost: -60 }" };
const text = textOf({
  date: "2026-11-09",
  actions: [action, { n: 2, decision: "optimize", tactic: "Cache the answers", status: "done" }],
  previous: [{ id: "2026-W44-1", status: "dropped", due: "2026-11-06", reason: 'It is "done"', issue: 7 }],
});

/** What the YAML parser and the schema say of a file; null when they refuse it. */
function slowly(file: string): Pick<FrontMatter, "review" | "period" | "state" | "next" | "actions" | "previous"> | null {
  try {
    const { review, period, state, next, actions, previous } = frontMatterSchema.parse(splitDocument(file, "x.md").data);
    return { review, period, state, next, actions: actions ?? [], previous: previous ?? [] };
  } catch {
    return null;
  }
}

const withActions = (yaml: string) => textOf({ date: "2026-11-09" }).replace("actions: []", yaml);

describe("actionScanner reads what the YAML parser and the schema would give", () => {
  it.each<[string, string]>([
    ["plain lists", text],
    ["CRLF", text.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\uFEFF${text}`],
    ["lists at the left edge", text.replaceAll(/^ {2}(?=- | {2})/gm, "")],
    ["deeper lists", text.replaceAll(/^ {2}(?=- | {2})/gm, "      ")],
    ["comments everywhere", text.replaceAll(/^( *)(- )?(status|due)(.*)$/gm, "$1$2$3$4   # a comment\n# another\n")],
    ["blank lines", text.replaceAll("\n    ", "\n\n    ")],
    ["empty values", text.replace("actions:\n", "actions: # none\n").replace(/ {2}- id[^]*?(?=previous)/, "")],
    ["null", withActions("actions: null")],
    [
      "a flow list",
      withActions('actions: [{ id: 2026-W45-1, decision: investigate, title: "x", owner: "@a", due: 2026-11-13, status: open }]'),
    ],
    ["a flow list over lines", withActions("actions: [\n    { id: 2026-W45-1,\n      decision: investigate, status: open },\n  ]")],
    ["flow maps without a space", withActions("actions:\n  - {id: 2026-W45-1,decision: investigate, status: open}")],
    [
      "a folded title",
      withActions("actions:\n  - id: 2026-W45-1\n    decision: investigate\n    title: >-\n      two\n      lines\n    status: open"),
    ],
    [
      "a title over lines",
      withActions("actions:\n  - id: 2026-W45-1\n    decision: investigate\n    title: two\n      lines\n    status: open"),
    ],
    ["escapes", withActions('actions:\n  - id: 2026-W45-1\n    decision: investigate\n    title: "a\\nb \\"c\\""\n    status: open')],
    ["apostrophes", withActions("actions:\n  - id: 2026-W45-1\n    decision: investigate\n    title: 'it''s'\n    status: open")],
    [
      "nested lists",
      withActions("actions:\n  - id: 2026-W45-1\n    decision: escalate\n    options:\n      - one\n      - two\n    status: open"),
    ],
    ["keys in quotes", text.replace(/^actions:/m, '"actions":')],
    ["a space before the colon", text.replace(/^actions:/m, "actions :")],
    ["a word that is none", withActions("actions:\n  - id: 2026-W45-1\n    decision: investigate\n    title: true\n    status: open")],
    ["a number with zeros", withActions("actions:\n  - id: 2026-W45-1\n    decision: investigate\n    issue: 007\n    status: open")],
    ["an item on a line of its own", withActions("actions:\n  -\n    id: 2026-W45-1\n    decision: investigate\n    status: open")],
    ["wide dashes", withActions("actions:\n  -   id: 2026-W45-1\n      decision: investigate\n      status: open")],
    [
      "a key twice in an action",
      withActions("actions:\n  - id: 2026-W45-1\n    id: 2026-W45-2\n    decision: investigate\n    status: open"),
    ],
    ["a key twice in the file", text.replace("next:", "next: 2026-11-16\nnext:")],
    ["an unknown status", text.replace("status: done", "status: finished")],
    ["an unknown key", text.replace("status: done", "status: done\n    colour: red")],
    ["no such day", text.replace("next: 2026-11-16", "next: 2026-11-31")],
    ["a broken list", text.replace("status: done", "status: [done")],
    ["an anchor", text.replace("status: done", "status: &a done")],
    ["no front matter", "# A page\n"],
    ["nothing", ""],
  ])("%s", (_, file) => expect(actionScanner()(file)).toEqual(slowly(file)));

  it("shares what versions repeat", () => {
    const scan = actionScanner();
    const [first, second] = [scan(text), scan(text.replace("status: done", "status: dropped"))];
    expect(second?.actions?.[0]).toBe(first?.actions?.[0]);
    expect(second?.actions?.[1]).not.toBe(first?.actions?.[1]);
  });
});

const yaml = (source: string) => {
  try {
    return { value: parseYaml(source, "").value };
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
  ),
  fc.string({ maxLength: 12 }),
);
const line = fc
  .tuple(fc.constantFrom("a", "bc", "id"), pieces, fc.constantFrom("", " # note", "  ", "#x"))
  .map(([key, value, end]) => `${key}: ${value}${end}`);

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
});
