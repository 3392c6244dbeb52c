import { describe, expect, it } from "vitest";
import { z } from "zod/mini";
import { planSchema } from "../../../src/core/settings/plan.ts";
import { parseYaml } from "../../../src/core/yaml/parse.ts";
import { validate } from "../../../src/core/yaml/validate.ts";
import { problemOf } from "../../support/properties.ts";

describe("parseYaml", () => {
  it("reads core types of YAML 1.2: a day is text, yes is text", () => {
    const { value } = parseYaml('a: 2026-11-16\nb: yes\nc: 010\nd: 1_000\ne: ~\nf: 1.5\ng: true\n"2026-11": 16000\n', "f");
    expect(value).toEqual({ a: "2026-11-16", b: "yes", c: 10, d: "1_000", e: null, f: 1.5, g: true, "2026-11": 16000 });
  });

  it.each([
    ["an alias", "a: &x 1\nb: *x", 1],
    ["an alias of a map", "b: 1\na: &x { y: 1 }\nc: { <<: *x }", 2],
    ["an anchor alone, which would swallow text", "b: 1\ntitle: &cache layer", 2],
    ["a tag of YAML's own", "b: 1\na: !!str 5", 2],
    ["a tag of one's own", "a: !env SECRET", 1],
    ["a tag without a name", "a: ! 5", 1],
    ["a binary", "a: !!binary aGk=", 1],
    ["a %YAML directive", "%YAML 1.1\n---\na: 1", 1],
    ["a %TAG directive", "%TAG ! tag:example.com,2000:\n---\na: 1", 1],
    ["a %TAG directive after a comment", "# c\n%TAG ! tag:example.com,2000:\n---\na: 1", 1],
    ["an unknown directive", "%FOO\n---\na: 1", 1],
    ["a key given twice", "a: 1\nb: 2\na: 3", 3],
    ["a nested key given twice", "a:\n  b: 1\n  c: 2\n  b: 3", 4],
    ["two documents", "a: 1\n---\nb: 2", 2],
    ["a key that is a list", "a: 1\n? [b, c]\n: 2", 2],
    ["a tab for indentation", "a:\n\tb: 1", 2],
    ["an open bracket", "a: [1, 2\nb: 3", 1],
    ["nesting without end", `a: ${"[".repeat(20_000)}`, 1],
  ])("%s is refused", (_, text, line) => {
    const problem = problemOf(() => parseYaml(text, "config/overpace.yaml"));
    expect(problem.place?.file).toBe("config/overpace.yaml");
    expect(problem.place?.line).toBeGreaterThanOrEqual(line);
    expect(problem.place?.line).toBeLessThanOrEqual(line + 1);
  });

  it("a login without quotes is refused where it stands, with what to write", () => {
    const { message, remedy, place } = problemOf(() => parseYaml("a: 1\nowner: @octocat", "f"));
    expect({ message, place }).toEqual({ message: "text cannot begin with @ here", place: { file: "f", line: 2, column: 8 } });
    expect(remedy).toContain('"@octocat"');
  });

  it.each([
    ["path: *.csv", "the alias *.csv is not allowed; put text that begins with * in quotes", /plain YAML/],
    ["a:\n\tb: 1", "a tab stands in the indentation", /indent with spaces/],
  ])("%j is refused with what to write", (text, message, remedy) => {
    const problem = problemOf(() => parseYaml(text, "f"));
    expect(problem.message).toBe(message);
    expect(problem.remedy).toMatch(remedy);
  });

  it.each([
    [
      "title: Cut the prompt: fewer examples",
      'not valid YAML: ": " stands in a text without quotes',
      'put the whole text in double quotes, such as title: "',
    ],
    ["a:\n  - { id: x, reason: late: sorry }", 'not valid YAML: ": " stands in a text without quotes', "in double quotes"],
    ["reason: ? nobody knows", "not valid YAML: Nested mappings are not allowed in compact mappings", "in double quotes"],
    ["reason: 'it's fine'", "not valid YAML: text stands behind a quote or bracket that is closed already", "in double quotes"],
    ['title: "Cut" the prompt', "not valid YAML: text stands behind a quote or bracket that is closed already", "in double quotes"],
    ["title: [infra] cut the prompt", "not valid YAML: text stands behind a quote or bracket that is closed already", "in double quotes"],
    ["reason: > 20 % up", "not valid YAML: Not a YAML token: 20 % up", "in double quotes"],
    ["reason: - launch", "not valid YAML: Unexpected block-seq-ind on same line with key", "in double quotes"],
    ["reason: !important", "not valid YAML: Unresolved tag: !important", "in double quotes"],
    ["a: { tags: { env: * } }", "not valid YAML: Alias cannot be an empty string", "in double quotes"],
    ['reason: "launch\nnext: 1', 'not valid YAML: Missing closing "quote', "close the quote"],
    ["minutes:27\nstate: held", "not valid YAML: Implicit keys need to be on a single line", "with a space behind the colon"],
    ["state: held\nminutes:27", "not valid YAML: Implicit map keys need to be followed by map values", "with a space behind the colon"],
    ["reason: launch\nof the thing\nnext: 1", "not valid YAML: Implicit keys need to be on a single line", "on one line"],
    ["a:\n  - id: 1\n    b: 2\n   c: 3", "not valid YAML: Sequence item without - indicator", "the same column"],
    ["a: { b: 1\nc: 2", "not valid YAML: Flow map in block collection must be sufficiently indented and end with a }", "close the bracket"],
  ])("%j, as people write it, is refused with what to write", (text, message, remedy) => {
    const problem = problemOf(() => parseYaml(text, "f"));
    expect(problem.message).toBe(message);
    expect(problem.remedy).toContain(remedy);
  });

  it("what the remedy says can be read", () => {
    const written = 'title: "Cut the prompt: fewer \\"few-shot\\" examples"';
    expect(parseYaml(written, "f").value).toEqual({ title: 'Cut the prompt: fewer "few-shot" examples' });
  });

  it.each([
    ["lists", (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`],
    ["maps", (depth: number) => `${"{ a: ".repeat(depth)}1${" }".repeat(depth)}`],
    ["dashes", (depth: number) => `${"- ".repeat(depth)}x`],
  ])("%s may be nested 100 levels deep and no deeper", (_, nested) => {
    expect(() => parseYaml(nested(100), "f")).not.toThrow();
    for (const depth of [101, 10_000]) expect(problemOf(() => parseYaml(nested(depth), "f")).message).toBe("nested deeper than 100 levels");
  });

  it("a line that begins with % inside a text is text", () => {
    expect(parseYaml("a: |\n  %x\nb: 1\n", "f").value).toEqual({ a: "%x\n", b: 1 });
    expect(parseYaml("---\na: 5 %\n", "f").value).toEqual({ a: "5 %" });
  });

  it("keys of objects are no danger", () => {
    const { value } = parseYaml("__proto__: { polluted: true }\nconstructor: 1\n", "f");
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("lines count from the first line of the text in its file", () => {
    expect(problemOf(() => parseYaml("a: 1\na: 2", "f", 10)).place).toMatchObject({ line: 11, column: 1 });
    expect(parseYaml("a: 1\nb: 2", "f", 10).placeOf(["b"])).toEqual({ line: 11, column: 4 });
  });
});

describe("placeOf", () => {
  const { placeOf } = parseYaml(
    "owners:\n  engineering: { login: octocat }\nlist:\n  - a: 1\n    b:\n      - 2\n      - x: 3\n1: { y: 4 }\nempty:\n",
    "f",
  );
  it.each([
    [["owners", "engineering", "login"], 2, 25],
    [["list", 0, "b", 1, "x"], 7, 12],
    [["list", 0, "b", 0], 6, 9],
    [["1", "y"], 8, 9],
    [["list", 0, "missing"], 4, 5],
    [["list", 5], 4, 3],
    [["nowhere", "at", "all"], 1, 1],
    [["owners", "engineering", "login", "deeper"], 2, 25],
    [[], 1, 1],
  ])("%j stands at %d:%d", (path, line, column) => expect(placeOf(path)).toEqual({ line, column }));
});

describe("validate", () => {
  const faults = (text: string, schema: z.ZodMiniType) => {
    const result = validate(parseYaml(text, "config/plan.yaml"), schema, "config/plan.yaml", "see the docs");
    return "problems" in result
      ? result.problems.map(({ message, place, kind }) => [message, place?.line, place?.column, kind])
      : result.value;
  };

  it("what may be null and is missing is missing, and what is of no kind that fits is told what would", () => {
    const schema = z.strictObject({ minutes: z.union([z.null(), z.number("expected a number of minutes")]) });
    expect(faults("{}", schema)).toEqual([["`minutes`: is missing", 1, 1, "usage"]]);
    expect(faults("minutes: soon", schema)).toEqual([["`minutes`: expected a number of minutes", 1, 10, "usage"]]);
    expect(faults("minutes:", schema)).toEqual({ minutes: null });
  });

  it("every fault has its own place, those inside an alternative too", () => {
    const text =
      'currency: usd\nmonths:\n  "2026-11":\n    amount: lots\n    versions:\n      - { from: 2026-02-30, amount: 1 }\n      - { from: 2026-11-03, amuont: 3 }\n  "2026-12": -5\n  "2026-13": 5\n';
    expect(faults(text, planSchema)).toEqual([
      ["`currency`: expected an ISO 4217 currency such as USD", 1, 11, "usage"],
      ['`months.2026-11.amount`: expected an amount of zero or more, such as 16000 or "16000.50"', 4, 13, "usage"],
      ["`months.2026-11.versions[0].from`: expected a day such as 2026-11-16", 6, 17, "usage"],
      ["`months.2026-11.versions[1].amuont`: is not a known key", 7, 37, "usage"],
      ['`months.2026-12`: expected an amount of zero or more, such as 16000 or "16000.50"', 8, 14, "usage"],
      ['`months.2026-13`: expected a month such as "2026-11"', 9, 14, "usage"],
    ]);
  });

  it.each([
    [
      "a value of no alternative's kind",
      'currency: USD\nmonths:\n  "2026-11": true\n',
      "`months.2026-11`: expected an amount such as 16000, or its parts: amount, slices, shape, versions",
      3,
    ],
    [
      "a wrong word inside an alternative",
      'currency: USD\nmonths:\n  "2026-11":\n    amount: 1\n    shape: wekdays\n',
      "`months.2026-11.shape`: expected linear, weekdays, or a list of steps { from: 2026-11-16, weight: 1.5 }",
      5,
    ],
    ["a missing key", "currency: USD\n", "`months`: is missing", 1],
  ])("%s", (_, text, message, line) => expect(faults(text, planSchema)).toEqual([[message, line, expect.any(Number), "usage"]]));

  it("a whole file that is no map", () =>
    expect(faults("- 1\n", z.strictObject({}))).toEqual([[expect.stringMatching(/^the file: /), 1, 1, "usage"]]));
  it("a good file gives its value", () => expect(faults("a: 1\n", z.strictObject({ a: z.number() }))).toEqual({ a: 1 }));
});

it("a value of another kind is said in words of YAML, not of JSON", () => {
  const schema = z.object({ owner: z.object({ login: z.string() }), list: z.array(z.string()), weeks: z.number(), on: z.boolean() });
  const result = validate(parseYaml("owner: octocat\nlist:\nweeks: [2]\non: { a: 1 }\n", "f"), schema, "f", "look it up");
  expect("problems" in result && result.problems.map(({ message }) => message)).toEqual([
    "`owner`: expected a mapping such as { key: value }, found text",
    "`list`: expected a list such as [a, b], found nothing",
    "`weeks`: expected a number, found a list",
    "`on`: expected true or false, found a mapping",
  ]);
});
