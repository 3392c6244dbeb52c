import { describe, expect, it } from "vitest";
import { parseWhole } from "../../../src/core/yaml/whole.ts";
import { actionScanner } from "../../../src/document/actions/lines.ts";
import { type FrontMatter, frontMatterSchema } from "../../../src/document/front-matter/schema.ts";
import { fencesOf } from "../../../src/document/front-matter/split.ts";
import { textOf } from "../../commands/actions-lab.ts";

const action = { n: 1, title: "Find out: why?", about: "openai/inference@2026-11-01", effect: "{ cost: -60 }" };
const text = textOf({
  date: "2026-11-09",
  actions: [action, { n: 2, decision: "optimize", tactic: "Cache the answers", status: "done" }],
  previous: [{ id: "2026-W44-1", status: "dropped", due: "2026-11-06", reason: 'It is "done"', issue: 7 }],
});

/** What the YAML parser and the schema say of a file; null when they refuse it. */
function slowly(file: string): Pick<FrontMatter, "review" | "period" | "state" | "next" | "actions" | "previous"> | null {
  try {
    const { opening, closing } = fencesOf(file, "x.md");
    const { value } = parseWhole(file.slice(opening.next, closing.start), "x.md");
    const { review, period, state, next, actions, previous } = frontMatterSchema.parse(value);
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
