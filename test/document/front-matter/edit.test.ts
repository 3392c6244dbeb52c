import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appendToList, spliceKey } from "../../../src/document/front-matter/edit.ts";
import { splitDocument } from "../../../src/document/front-matter/split.ts";
import { problemOf, propertyTime, runs } from "../support.ts";

const file = (yaml: string) => `---\n${yaml}---\nBody\n`;
const splice = (text: string, key: string, yaml: string) => spliceKey(text, splitDocument(text, "r.md"), key, yaml);
const append = (text: string, key: string, yaml: string) => appendToList(text, splitDocument(text, "r.md"), key, yaml);

describe("spliceKey", () => {
  const pair = "figures:\n  new: 1\n  b: [x]";
  const rows: [string, string, string][] = [
    ["block map", "a: 1\nfigures:\n  x: 1\n  y: 2\nb: 2\n", `a: 1\n${pair}\nb: 2\n`],
    ["flow map", "a: 1\nfigures: { x: 1 }\nb: 2\n", `a: 1\n${pair}\nb: 2\n`],
    ["flow map over several lines", "figures: {\n  x: 1,\n  y: 2\n}\nb: 2\n", `${pair}\nb: 2\n`],
    ["empty", "a: 1\nfigures:\nb: 2\n", `a: 1\n${pair}\nb: 2\n`],
    ["empty with a comment", "figures:    # machine\n  # more\nb: 2\n", `${pair}    # machine\n  # more\nb: 2\n`],
    ["comment after", "figures: { x: 1 }  # end\nb: 2\n", `${pair}  # end\nb: 2\n`],
    ["comment after the last line", "figures:\n  x: 1\n  y: 2 # t\n  # in\n\n# own\nb: 2\n", `${pair} # t\n  # in\n\n# own\nb: 2\n`],
    ["last key", "a: 1\nfigures:\n  x: 1\n", `a: 1\n${pair}\n`],
    ["block scalar", "figures: |\n  # no comment\n  y\n\nb: 2\n", `${pair}\n\nb: 2\n`],
    ["quoted key", '"figures": 1\nb: 2\n', `${pair}\nb: 2\n`],
    ["value on the next line", "figures:\n  { x: 1 }\nb: 2\n", `${pair}\nb: 2\n`],
    ["list at column 1", "figures:\n- x\n- y\nb: 2\n", `${pair}\nb: 2\n`],
    ["missing", "a: 1 # c\n# last\n", `a: 1 # c\n# last\n${pair}\n`],
    ["missing after a block scalar", "a: |\n  x\n\n", `a: |\n  x\n\n${pair}\n`],
    ["missing from nothing", "", `${pair}\n`],
    ["missing from comments", "# c\n", `# c\n${pair}\n`],
  ];
  it.each(rows)("replaces the pair and nothing else: %s", (_, before, after) => {
    expect(splice(file(before), "figures", pair)).toBe(file(after));
    const crlf = (text: string) => `\uFEFF${file(text).replaceAll("\n", "\r\n")}`;
    expect(splice(crlf(before), "figures", pair)).toBe(crlf(after));
    expect(splice(file(after), "figures", pair)).toBe(file(after));
  });

  it("leaves a pair alone that says the same in another form", () => {
    const text = file("figures: { b:   [ x ], # c\n  'new': 1 }\n");
    expect(splice(text, "figures", pair)).toBe(text);
    expect(splice(file("figures: { new: '1', b: [x] }\n"), "figures", pair)).toBe(file(`${pair}\n`));
  });

  const refused: [string, string, number][] = [
    ["comment beside the key of a map", "a: 1\nfigures: # c\n  x: 1\n", 3],
    ["comment in a block map", "figures:\n  x: 1\n  # c\n  y: 2\n", 4],
    ["comment behind a value", "figures:\n  x: 1 # c\n  y: 2\n", 3],
    ["comment in a flow map", "figures: {\n  x: 1, # c\n}\n", 3],
    ["comment of a block scalar's header", "figures: | # c\n  x\n", 2],
    ["explicit key", "? figures\n: 1\n", 2],
    ["tagged key", "!!str figures: 1\n", 2],
    ["flow map as the whole", "{ figures: 1, b: 2 }\n", 2],
    ["list as the whole", "- 1\n", 2],
    ["tag on a line of its own, which is no YAML", "figures: 1\n!!str\nb: 2\n", 4],
  ];
  it.each(refused)("refuses: %s", (_, yaml, line) => {
    const text = file(yaml);
    const problem = problemOf(() => splice(text, "figures", pair));
    expect(problem.place?.line).toBe(line);
    expect(problem.remedy).not.toBe("");
  });

  it("refuses what cannot be read back: a comment behind a block scalar, a document that has ended, too much", () => {
    expect(problemOf(() => splice(file("figures: 1 # c\n"), "figures", "figures: |\n  x")).message).toContain("cannot be rewritten");
    expect(problemOf(() => splice(file("a: 1\n...\n"), "figures", pair)).message).toContain("cannot be rewritten");
    expect(problemOf(() => splice(file("a: 1\n"), "figures", `figures: ${"x".repeat(70_000)}`)).remedy).toContain("64 KB");
  });

  it("does not take other pairs from its caller", () => {
    expect(() => splice(file("a: 1\n"), "figures", "other: 1")).toThrow("not a pair");
    expect(() => splice(file("a: 1\n"), "figures", "figures: [")).toThrow("cannot be read");
  });
});

describe("appendToList", () => {
  const item = "id: n\nwhy: |\n  x\n\n  y";
  const block = (indent: string) => `${indent}- id: n\n${indent}  why: |\n${indent}    x\n\n${indent}    y\n`;
  const rows: [string, string, string][] = [
    ["empty list", "previous: []\nb: 2\n", `previous:\n${block("  ")}b: 2\n`],
    ["empty list with comment", "previous: []            # open\nb: 2\n", `previous:            # open\n${block("  ")}b: 2\n`],
    ["empty list on the next line", "previous:\n  [ ]\nb: 2\n", `previous:\n${block("  ")}b: 2\n`],
    ["nothing", "previous:\nb: 2\n", `previous:\n${block("  ")}b: 2\n`],
    ["nothing, with comments", "previous: # c\n# d\nb: 2\n", `previous: # c\n${block("  ")}# d\nb: 2\n`],
    ["null", "previous: null # c\n", `previous: # c\n${block("  ")}`],
    ["missing", "b: 2\n", `b: 2\nprevious:\n${block("  ")}`],
    [
      "block list",
      "previous:\n  # c\n  - id: a # d\n    x: 1\n  - { id: b }  # e\n  # f\nb: 2\n",
      `previous:\n  # c\n  - id: a # d\n    x: 1\n  - { id: b }  # e\n${block("  ")}  # f\nb: 2\n`,
    ],
    ["block list at column 1", "previous:\n- a\n\nb: 2\n", `previous:\n- a\n${block("")}\nb: 2\n`],
    ["block list, deep", "previous:\n        - a\nb: 2\n", `previous:\n        - a\n${block("        ")}b: 2\n`],
  ];
  it.each(rows)("adds one item and nothing else: %s", (_, before, after) => {
    expect(append(file(before), "previous", item)).toBe(file(after));
    const crlf = (text: string) => file(text).replaceAll("\n", "\r\n");
    expect(append(crlf(before), "previous", item)).toBe(crlf(after));
  });

  it.each([
    ["one line", "previous: [a, b] # c\n", 'previous: [a, b, { id: n, due: 2026-12-04, q: "a, b" }] # c\n'],
    [
      "trailing comma",
      "previous: [\n  { id: a }, # c\n  # d\n]\n",
      'previous: [\n  { id: a }, { id: n, due: 2026-12-04, q: "a, b" }, # c\n  # d\n]\n',
    ],
    ["comment behind", "previous: [\n  a # c\n]\nb: 2\n", 'previous: [\n  a, { id: n, due: 2026-12-04, q: "a, b" } # c\n]\nb: 2\n'],
  ])("adds to a flow list in flow: %s", (_, before, after) => {
    expect(append(file(before), "previous", "id: n\ndue: 2026-12-04\nq: a, b")).toBe(file(after));
  });

  it.each([
    ["a map", "previous: { a: 1 }\n", 2],
    ["a comment in an empty list", "a: 1\nprevious: [\n  # c\n]\n", 4],
  ])("refuses: %s", (_, yaml, line) => {
    expect(problemOf(() => append(file(yaml), "previous", item)).place?.line).toBe(line);
  });
});

describe("front matter under random edits", () => {
  const others = [
    "review: 2026-W47",
    "period: { start: 2026-11-16, end: 2026-11-23 }   # end exclusive",
    "minutes:                # filled in",
    "actions:\n  - id: a\n    # note\n    title: |\n      text # no comment\n\n      more\n  - id: b",
    "outcome: 'it''s # this'",
    "why: >-\n  folded\n  text",
    '"quoted key": [1,\n  2] # c',
  ];
  const noise = fc.constantFrom("", "# note", "  # indented note", "   ", "# figures: 1", "# ---");
  const figures = fc.constantFrom(
    "figures:\n  x: 1\n  y: { z: [1] }",
    "figures: { x: 1,\n  y: 2 }",
    "figures:",
    "figures: {}",
    '"figures":   1',
  );
  const list = fc.constantFrom(
    ["previous: []", "previous:\n  - id: n"],
    ["previous:", "previous:\n  - id: n"],
    ["previous:\n- id: a", "previous:\n- id: a\n- id: n"],
    ["previous: [ a ]", "previous: [ a, { id: n } ]"],
  );
  const comment = fc.constantFrom("", "  # beside");
  const shape = fc.record({
    order: fc.shuffledSubarray(others),
    figures,
    figuresComment: comment,
    list,
    listComment: comment,
    noise: fc.array(noise, { minLength: 10, maxLength: 10 }),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    first: fc.nat(9),
    second: fc.nat(9),
  });

  it(
    "replaces figures and appends to previous, byte for byte",
    () => {
      fc.assert(
        fc.property(shape, (made) => {
          const build = (figuresText: string, listText: string) => {
            const keys: string[] = [...made.order];
            keys.splice(made.first % (keys.length + 1), 0, figuresText);
            keys.splice(made.second % (keys.length + 1), 0, listText);
            const yaml = keys.map((key, index) => `${made.noise[index]}\n${key}\n`).join("");
            return `${made.bom ? "\uFEFF" : ""}${made.crlf ? file(yaml).replaceAll("\n", "\r\n") : file(yaml)}`;
          };
          const besides = (text: string, remark: string) =>
            text.startsWith("previous:\n") && remark !== ""
              ? text
              : `${text.split("\n")[0]}${remark}${text.includes("\n") ? `\n${text.split("\n").slice(1).join("\n")}` : ""}`;
          const remark = made.list[0]?.includes("\n") ? "" : made.listComment;
          const before = build(`${made.figures}${made.figuresComment}`, besides(made.list[0] ?? "", remark));
          const next = "figures:\n  new: 2\n  list:\n    - a";
          const grown = made.list[1] ?? "";
          const after = build(
            `${next}${made.figuresComment}`,
            remark === "" || !grown.startsWith("previous:\n") ? besides(grown, remark) : grown.replace("previous:", `previous:${remark}`),
          );
          const spliced = splice(before, "figures", next);
          expect(append(spliced, "previous", "id: n")).toBe(after);
          expect(splice(spliced, "figures", next)).toBe(spliced);
        }),
        runs(300),
      );
    },
    propertyTime,
  );
});
