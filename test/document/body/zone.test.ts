import { describe, expect, it } from "vitest";
import { hashesOf, scanZones, zoneHash, zoneKey } from "../../../src/document/body/zone.ts";
import { processorMs } from "../../support/processor.ts";
import { problemOf } from "../support.ts";

const scan = (body: string, firstLine = 1) => scanZones(body, "r.md", firstLine);
const zone = (name: string, text = "x") => `<!-- overpace:${name} -->\n${text}\n<!-- /overpace:${name.split(" ")[0]} -->\n`;

describe("scanZones", () => {
  it("gives names, ids, texts, offsets and lines", () => {
    const body = `# T\n\n${zone("summary", "a\n\nb")}prose\n${zone("delta openai/größe.1~ab@2026-11-16")}`;
    const zones = scan(body, 31);
    expect(zones.map(({ name, id, key, text, line, endLine, eol }) => ({ name, id, key, text, line, endLine, eol }))).toEqual([
      { name: "summary", id: undefined, key: "summary", text: "a\n\nb", line: 33, endLine: 37, eol: "\n" },
      {
        name: "delta",
        id: "openai/größe.1~ab@2026-11-16",
        key: "delta openai/größe.1~ab@2026-11-16",
        text: "x",
        line: 39,
        endLine: 41,
        eol: "\n",
      },
    ]);
    expect(zones.map((found) => body.slice(found.innerStart, found.innerEnd))).toEqual(["a\n\nb\n", "x\n"]);
    expect(zones.map((found) => body.slice(found.start, found.end))).toEqual([
      zone("summary", "a\n\nb").trimEnd(),
      zone("delta openai/größe.1~ab@2026-11-16").trimEnd(),
    ]);
  });

  it("reads CRLF, trailing spaces, an empty zone and a last line without a break", () => {
    const [found] = scan("<!-- overpace:a -->  \r\nx\r\ny\r\n<!-- /overpace:a --> \t\r\n");
    expect(found).toMatchObject({ text: "x\ny", eol: "\r\n" });
    expect(scan("<!-- overpace:a -->\n<!-- /overpace:a -->")).toMatchObject([{ text: "" }]);
    expect(scan("<!-- overpace:a -->\n\n<!-- /overpace:a -->")).toMatchObject([{ text: "" }]);
  });

  const hidden: [string, string][] = [
    ["indented by one space", " <!-- overpace:a -->\n"],
    ["in a sentence", "see <!-- overpace:a -->\n"],
    ["in backticks", "`<!-- overpace:a -->`\n"],
    ["in a quotation", "> <!-- overpace:a -->\n"],
    ["another comment", "<!-- overpaced:a -->\n<!--overpace:a-->\n<!-- Overpace:a -->\n"],
    ["fenced", "```\n<!-- overpace:a -->\n```\n"],
    ["fenced with info", '```md title="x"\n<!-- overpace:a -->\n```   \n'],
    ["fenced by tildes with backticks", "~~~ a`b\n<!-- overpace:a -->\n```\n<!-- /overpace:b -->\n~~~~\n"],
    ["indented fence", "   ```\n<!-- overpace:a -->\n  ```\n"],
    ["longer fence", "````\n```\n<!-- overpace:a -->\n```\n<!-- x\n`````\n"],
    ["fence text is no closing fence", "```\n``` js\n<!-- overpace:a -->\n```\n"],
    ["too deep a closing fence", "```\n    ```\n<!-- overpace:a -->\n```\n"],
    ["fence behind a list marker", "- ```\n  <!-- overpace:a -->\n\n  ```\n"],
    ["fence behind a number", "10. ~~~\n    text\n    ~~~\n"],
    ["unclosed fence that hides nothing", "```\ntext\n"],
    ["CRLF fence", "```\r\n<!-- overpace:a -->\r\n```\r\n"],
  ];
  it.each(hidden)("sees no marker: %s", (_, text) => {
    expect(scan(`${text}${text.startsWith("```\ntext") ? "" : zone("real")}`).map(({ key }) => key)).toEqual(
      text.startsWith("```\ntext") ? [] : ["real"],
    );
  });

  const seen: [string, string][] = [
    ["backticks in the info string", "``` a`b\n"],
    ["two backticks", "``\n"],
    ["four spaces", "    ```\n"],
    ["list item ends with its code", "- ```\n  code\n"],
    ["inline code", "```code```\n"],
    ["tab before the fence", "\t```\n"],
    ["a fence in a comment", "<!-- kept for later:\n```\n-->\n"],
    ["a comment that is left open", "<!-- kept for later\n```\n"],
    ["a comment on one line", "<!-- ``` -->\n"],
  ];
  it.each(seen)("sees the marker behind: %s", (_, text) => {
    expect(scan(`${text}${zone("a")}`)).toHaveLength(1);
  });

  it("takes what is shown as code below a comment left open for what it is on the page", () => {
    const shown = "<!-- left open\n```md\n<!-- overpace:a -->\nx\n<!-- /overpace:a -->\n```\n";
    expect(() => scan(`${shown}${zone("real")}`)).toThrow(
      "the code fence that begins on line 6 is not closed and hides the marker on line 7",
    );
  });

  const damages: [string, string, number, string][] = [
    ["open without close", `text\n<!-- overpace:a x -->\ntext\n`, 2, "not closed"],
    ["open without close before another", `<!-- overpace:a -->\ntext\n${zone("b")}`, 3, "inside the zone `a` of line 1"],
    ["close without open", `text\n<!-- /overpace:a -->\n`, 2, "was not opened"],
    ["closed twice", `${zone("a")}<!-- /overpace:a -->\n`, 4, "was not opened"],
    ["nested", `<!-- overpace:a -->\n${zone("b")}<!-- /overpace:a -->\n`, 2, "begins inside"],
    ["nested in itself", `<!-- overpace:a -->\n${zone("a")}<!-- /overpace:a -->\n`, 2, "begins inside"],
    ["close of another name", "<!-- overpace:a -->\n<!-- /overpace:b -->\n", 2, "stands in the zone `a` of line 1"],
    ["twice", `${zone("a 1")}\n${zone("a 2")}\n${zone("a 1")}`, 9, "on line 1 and here"],
    ["unclosed fence", `text\n\`\`\`\`\ncode\n${zone("a")}\`\`\`\n`, 2, "hides the marker on line 4"],
    ["unclosed fence in a zone", "<!-- overpace:a -->\n~~~\n<!-- /overpace:a -->\n", 2, "begins on line 2"],
    ["two ids", "<!-- overpace:a b c -->\n", 1, "is not one"],
    ["no name", "<!-- overpace: -->\n", 1, "is not one"],
    ["capitals", "<!-- overpace:A -->\n", 1, "is not one"],
    ["id in the closing marker", "<!-- overpace:a b -->\n<!-- /overpace:a b -->\n", 2, "is not one"],
    ["two spaces", "<!-- overpace:a  b -->\n", 1, "is not one"],
    ["text behind", "<!-- overpace:a --> text\n", 1, "is not one"],
    ["not ended", "<!-- overpace:a\n-->\n", 1, "is not one"],
    ["a second comment behind", "<!-- overpace:a --> -->\n", 1, "is not one"],
    ["no space at the end", "<!-- overpace:a-->\n", 1, "is not one"],
  ];
  it.each(damages)("refuses: %s", (_, body, line, words) => {
    for (const text of [body, body.replaceAll("\n", "\r\n")]) {
      const problem = problemOf(() => scan(text, 11));
      expect(problem.message).toContain(words.replace(/line (\d)/g, (__, at: string) => `line ${Number(at) + 10}`));
      expect(problem.place).toEqual({ file: "r.md", line: line + 10 });
      expect(problem.remedy.length).toBeGreaterThan(20);
    }
  });

  it.each([
    ["blank lines", "\n".repeat(200_000)],
    ["CRLF blank lines", "\r\n".repeat(200_000)],
    ["spaces", `${" ".repeat(1_000_000)}x\n`],
    ["backticks", `${"`".repeat(1_000_000)}\n`],
    ["a long id", `<!-- overpace:a ${"x".repeat(500_000)} -->\n<!-- /overpace:a -->`],
    ["fences", "```\n".repeat(100_000)],
    ["list markers", "- ".repeat(300_000)],
  ])("stays linear: %s", (_, text) => {
    expect(processorMs(() => scan(`${zone("real")}${text}\n`))).toBeLessThan(1_000);
  });
});

describe("zoneHash", () => {
  it("is twelve hex digits that spacing and rules do not change", () => {
    expect(zoneHash("| a | b |\n| --- | ---: |\n")).toBe(zoneHash("|a|b|\r\n|:-|".replace(":-|", "-|-:|\r\n\r\n")));
    expect(zoneHash("")).toBe("e3b0c44298fc");
    expect(zoneHash("größe")).toMatch(/^[0-9a-f]{12}$/);
  });
  it.each(["x.", "X", "1 x", "x\n- y"])("sees a typed word: %s", (text) => {
    expect(zoneHash(text)).not.toBe(zoneHash("x"));
  });
  it("sees a changed figure or sign", () => {
    expect(new Set(["$1.00", "$2.00", "-$1.00", "$1.0", "€1.00"].map(zoneHash)).size).toBe(5);
  });
  it("is given for every zone of a body", () => {
    expect(hashesOf(`${zone("a")}${zone("b 1", "y")}`, "r.md", 1)).toEqual({ a: zoneHash("x"), [zoneKey("b", "1")]: zoneHash("y") });
  });
});
