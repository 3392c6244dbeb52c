import { describe, expect, it } from "vitest";
import { Problem } from "../../../src/core/problem.ts";
import { splitDocument } from "../../../src/document/front-matter/split.ts";
import { processorMs } from "../../support/processor.ts";
import { problemOf } from "../support.ts";

describe("splitDocument", () => {
  const plain = "---\na: 1\nlist: [x]\n---\nBody\n";
  const shapes: [string, string][] = [
    ["plain", plain],
    ["CRLF", plain.replaceAll("\n", "\r\n")],
    ["BOM", `\uFEFF${plain}`],
    ["BOM and CRLF", `\uFEFF${plain.replaceAll("\n", "\r\n")}`],
    ["language yaml", plain.replace("---", "--- yaml")],
    ["language yaml without space", plain.replace("---", "---yaml")],
    ["trailing spaces on both fences", plain.replaceAll("---\n", "--- \t \n")],
    ["no line break at the end", "---\na: 1\nlist: [x]\n---"],
    ["thematic break in the body", `${plain}\n---\nb: 2\n---\n`],
    ["blank lines and comments", "---\n\n# c\n\na: 1\n   \nlist: [x]\n\n---\nBody\n"],
  ];
  it.each(shapes)("keeps the offsets of the original text: %s", (_, text) => {
    const split = splitDocument(text, "r.md");
    expect(split.data).toEqual({ a: 1, list: ["x"] });
    expect(split.yaml.value).toEqual(split.data);
    expect(split.bom).toBe(text.startsWith("\uFEFF"));
    expect(split.eol).toBe(text.includes("\r\n") ? "\r\n" : "\n");
    expect(text.slice(0, split.yamlStart).trim()).toMatch(/^\uFEFF?---/u);
    expect(text.slice(split.yamlStart, split.yamlEnd)).toContain("a: 1");
    expect(text.slice(split.yamlEnd).startsWith("---")).toBe(true);
    expect(text.slice(split.yamlEnd, split.bodyStart).trim()).toBe("---");
    expect(split.bodyLine).toBe(
      text.slice(0, split.bodyStart).split("\n").length + (text.slice(0, split.bodyStart).endsWith("\n") ? 0 : 1),
    );
  });

  it("gives places in lines of the file", () => {
    expect(splitDocument("\uFEFF---\r\n# c\r\nb: 1\r\na: [x,\r\n  y]\r\n---\r\n", "r.md").yaml.placeOf(["a", 1])).toEqual({
      line: 5,
      column: 3,
    });
  });

  it("reads an empty front matter and one of comments as no keys", () => {
    expect(splitDocument("---\n---\nx", "r.md").data).toEqual({});
    expect(splitDocument("---\n# only this\n---\nx", "r.md").data).toEqual({});
  });

  it("keeps YAML 1.2 types and own keys of dangerous names", () => {
    const { data } = splitDocument(
      "---\nday: 2026-11-16\nno: no\ntime: 1:30\n__proto__: { polluted: 1 }\nexcerpt_separator: { toString: 1 }\n---\n",
      "r.md",
    );
    expect(data).toMatchObject({ day: "2026-11-16", no: "no", time: "1:30" });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  const bomb = `a: &a [x,x]\n${[..."bcdefgh"].map((name, index) => `${name}: &${name} [*${"abcdefg"[index]},*${"abcdefg"[index]}]`).join("\n")}\n`;
  const traps: [string, string, number][] = [
    ["empty file", "", 1],
    ["no front matter", "# Title\n", 1],
    ["blank line first", "\n---\na: 1\n---\n", 1],
    ["four dashes", "----\na: 1\n----\n", 1],
    ["indented fence", " ---\na: 1\n---\n", 1],
    ["two byte order marks", "\uFEFF\uFEFF---\na: 1\n---\n", 1],
    ["not closed", "---\na: 1\n", 1],
    ["not closed, opening only", "---", 1],
    ["closed by dots", "---\na: 1\n...\nBody\n", 1],
    ["closing fence with text", "---\na: 1\n--- x\nb\n---\n", 3],
    ["closing fence of four dashes", "---\na: 1\n----\n---\n", 3],
    ["json", "---json\n{}\n---\n", 1],
    ["toml", "---toml\n---\n", 1],
    ["coffee", "---coffee\n---\n", 1],
    ["constructor", "---constructor\na: 1\n---\n", 1],
    ["__proto__", "---__proto__\na: 1\n---\n", 1],
    ["hasOwnProperty", "--- hasOwnProperty\na: 1\n---\n", 1],
    ["YAML in capitals", "---YAML\na: 1\n---\n", 1],
    ["yml", "---yml\na: 1\n---\n", 1],
    ["no-break space", "---\u00A0\na: 1\n---\n", 1],
    ["document marker inside", "---\na: 1\n--- b\n---\n", 3],
    ["same key twice", "---\na: 1\nb: 2\na: 3\n---\n", 4],
    ["alias", "---\na: &x 1\nb: *x\n---\n", 2],
    ["alias bomb", `---\n${bomb}---\n`, 2],
    ["tag", "---\nb: 1\na: !!js/function 1\n---\n", 3],
    ["directive", "---\n%YAML 1.1\n---\n", 3],
    ["too large", `---\na: ${"x".repeat(65_536)}\n---\n`, 1],
    ["too large in bytes", `---\na: ${"€".repeat(22_000)}\n---\n`, 1],
  ];
  it.each(traps)("refuses: %s", (_, text, line) => {
    for (const variant of [text, text.replaceAll("\n", "\r\n")]) {
      const problem = problemOf(() => splitDocument(variant, "r.md"));
      expect(problem.place?.file).toBe("r.md");
      expect(problem.place?.line).toBe(line);
      expect(problem.remedy).not.toBe("");
      // A second try must not be answered from a cache.
      expect(() => splitDocument(variant, "r.md")).toThrow(Problem);
    }
  });

  it("refuses a file over 10 MB without reading it", () => {
    const text = `---\na: 1\n---\n${"x".repeat(10 * 1024 * 1024)}`;
    expect(problemOf(() => splitDocument(text, "r.md")).message).toContain("10 MB");
  });

  it.each(["---js", "---javascript", "--- js", "---JS", "--- JavaScript ", "---\tjs"])("never runs code: %s", (fence) => {
    const text = `${fence}\n{ a: (globalThis.overpaceRan = true) }\n---\nBody\n`;
    expect(problemOf(() => splitDocument(text, "r.md")).place?.line).toBe(1);
    expect(Object.hasOwn(globalThis, "overpaceRan")).toBe(false);
    // The body is not read as front matter either.
    splitDocument(`---\na: 1\n---\n${text}`, "r.md");
    expect(Object.hasOwn(globalThis, "overpaceRan")).toBe(false);
  });

  const slow: [string, string][] = [
    ["blank lines in front", `---\n${"\n".repeat(60_000)}a: 1\n---\n`],
    ["carriage returns", `---\n# x${"\r".repeat(60_000)}\na: 1\n---\n`],
    ["line separators", `---\n# x${"\u2028".repeat(20_000)}\na: 1\n---\n`],
    ["spaces", `---\n# x${" ".repeat(60_000)}y\na: 1\n---\n`],
    ["blank lines in the body", `---\na: 1\n---\n${"\n".repeat(200_000)}`],
    ["spaces after the fence", `---${" ".repeat(200_000)}\na: 1\n---\n`],
  ];
  it.each(slow)("stays linear: %s", (_, text) => {
    const took = processorMs(() => {
      try {
        expect(splitDocument(text, "r.md").data).toEqual({ a: 1 });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
      }
    });
    expect(took).toBeLessThan(1_000);
  });
});
