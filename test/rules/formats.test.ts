import type { Log } from "sarif";
import { describe, expect, it } from "vitest";
import type { Finding, Severity } from "../../src/core/finding.ts";
import { codeFrame, linedText } from "../../src/rules/formats/code-frame.ts";
import type { CheckedFile } from "../../src/rules/formats/format.ts";
import { formats as loads } from "../../src/rules/formats/index.ts";
import { rules } from "../../src/rules/index.ts";

const formats = { text: await loads.text(), json: await loads.json(), github: await loads.github(), sarif: await loads.sarif() };

const file = "reviews/2026/2026-W47.md";
const found = (severity: Severity, line: number, more: Partial<Finding> = {}): Finding => ({
  rule: "minutes",
  severity,
  file,
  line,
  column: 1,
  message: `${severity} on ${line}`,
  remedy: "write it",
  ...more,
});
const checked = (findings: readonly Finding[], text: string | null = "one\ntwo\nthree\nfour\n"): CheckedFile[] => [
  { file, text, findings },
];
const hostile = "x\n::error::forged\r##[error]forged\u001B[31m\u2028::stop-commands::t\u202Eevil\u0085z %0A::error::no";

/** What a runner of GitHub would take for a command in a log: `::name` at the start of a line, `##[name]` anywhere. */
const commandsIn = (log: string) => log.split(/\r\n|\r|\n/).filter((line) => /^\s*::[a-z-]+/i.test(line) || line.includes("##["));
/** What no log should hold besides its own line breaks. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

describe("code frame", () => {
  const frame = (text: string, line: number, column: number) => codeFrame(linedText(text), line, column);

  it("shows the line between its neighbours, the caret below the column", () => {
    expect(frame("a: 1\nb: two\nc: 3\n", 2, 4)).toEqual(["  1 | a: 1", "  2 | b: two", "    |    ^", "  3 | c: 3"]);
  });

  it.each([
    ["first line", "a\nb", 1, 1, ["  1 | a", "    | ^", "  2 | b"]],
    ["last line without a line break", "a\nbc", 2, 2, ["  1 | a", "  2 | bc", "    |  ^"]],
    ["an empty line", "a\n\nb", 2, 1, ["  1 | a", "  2 |", "    | ^", "  3 | b"]],
    ["CRLF and a byte order mark", "\uFEFF---\r\nx: 1\r\n", 1, 1, ["  1 | ---", "    | ^", "  2 | x: 1"]],
    ["a column beyond the line", "ab\n", 1, 99, ["  1 | ab", "    |   ^"]],
    ["a line beyond the file", "ab\n", 3, 1, []],
    ["an empty file", "", 1, 1, []],
    ["numbers of two widths", "1\n2\n3\n4\n5\n6\n7\n8\n9\nten", 9, 1, ["   8 | 8", "   9 | 9", "     | ^", "  10 | ten"]],
    ["tabs", "\ta\tb", 1, 4, ["  1 |   a  b", "    |      ^"]],
    ["wide letters", "費用: x", 1, 5, ["  1 | 費用: x", "    |       ^"]],
    ["an emoji of two code units", "🚀 x", 1, 4, ["  1 | 🚀 x", "    |    ^"]],
    ["a combining mark", "e\u0301 x", 1, 4, ["  1 | e\u0301 x", "    |   ^"]],
  ])("%s", (_, text, line, column, lines) => expect(frame(text, line, column)).toEqual(lines));

  it("cuts a long line around the caret, and never a letter in two", () => {
    const long = `${"a".repeat(500)}X${"b".repeat(500)}`;
    const [row = "", caret = ""] = frame(long, 1, 501);
    expect(row.length).toBeLessThan(140);
    expect(row.startsWith("  1 | …a")).toBe(true);
    expect(row.endsWith("b…")).toBe(true);
    expect(row.charAt(caret.indexOf("^"))).toBe("X");
    for (let column = 55; column < 70; column++) {
      for (const line of frame("🚀".repeat(100), 1, column)) expect(line.isWellFormed()).toBe(true);
    }
  });

  it("costs no more for a line of ten million characters", () => {
    const source = linedText("x".repeat(10_000_000));
    for (let index = 1; index < 10_000; index++) codeFrame(source, 1, index * 1_000);
  });

  it("holds nothing that a terminal or a runner obeys", () => {
    const rows = frame(`::error::a ##[error]b \u001B[31m \u202E c\u0000`, 1, 20);
    expect(rows.join("").replaceAll("\u200B", "")).not.toMatch(controls);
    expect(commandsIn(rows.join("\n"))).toEqual([]);
  });
});

describe("text", () => {
  it("lists what is left to decide first, then errors, then warnings, each with its place and what to do", () => {
    const text = formats.text(checked([found("warning", 1), found("error", 2), found("todo", 3), found("todo", 4)]));
    expect(text).toBe(`2 things to decide

${file}:3:1 todo todo on 3 [minutes]
  2 | two
  3 | three
    | ^
  4 | four
  do: write it

${file}:4:1 todo todo on 4 [minutes]
  3 | three
  4 | four
    | ^
  do: write it

1 error

${file}:2:1 error error on 2 [minutes]
  1 | one
  2 | two
    | ^
  3 | three
  do: write it

1 warning

${file}:1:1 warning warning on 1 [minutes]
  1 | one
    | ^
  2 | two
  do: write it

1 review file(s): 2 to decide, 1 error(s), 1 warning(s)
`);
  });

  it.each([1, 3])("says %d thing(s) to decide in words", (count) => {
    const [heading] = formats.text(checked(Array.from({ length: count }, () => found("todo", 1)))).split("\n");
    expect(heading).toBe(count === 1 ? "1 thing to decide" : "3 things to decide");
  });

  it("says that there is nothing to remark, and shows no frame of a file that could not be read", () => {
    expect(formats.text(checked([]))).toBe("1 review file(s): nothing to remark\n");
    expect(formats.text(checked([found("error", 1)], null))).not.toContain(" | ");
  });
});

describe("json", () => {
  it("is the contract and nothing else", () => {
    const findings = [found("warning", 1), found("todo", 2)];
    const extra = findings.map((finding) => ({ ...finding, at: "minutes" }));
    expect(JSON.parse(formats.json(checked(extra)))).toEqual({ ok: false, findings });
    expect(JSON.parse(formats.json(checked([found("warning", 1)])))).toMatchObject({ ok: true });
    expect(JSON.parse(formats.json([]))).toEqual({ ok: true, findings: [] });
  });
});

describe("sarif", () => {
  const logOf = (files: readonly CheckedFile[]) => JSON.parse(formats.sarif(files)) as Log;
  const resultsOf = (files: readonly CheckedFile[]) => logOf(files).runs[0]?.results ?? [];

  it("describes every rule with its reason, and every result names a rule that is described", () => {
    const log = logOf(checked([found("error", 1, { rule: "of-tomorrow" }), found("error", 2)]));
    const described = log.runs[0]?.tool.driver.rules ?? [];
    for (const { name, reason } of rules) expect(described.find(({ id }) => id === name)?.help?.text).toBe(reason);
    for (const { ruleId } of resultsOf(checked([found("error", 1, { rule: "of-tomorrow" })])))
      expect(logOf(checked([found("error", 1, { rule: "of-tomorrow" })])).runs[0]?.tool.driver.rules?.map(({ id }) => id)).toContain(
        ruleId,
      );
    expect(new Set(described.map(({ id }) => id)).size).toBe(described.length);
    expect(log).toMatchObject({ version: "2.1.0", runs: [{ columnKind: "utf16CodeUnits" }] });
  });

  it("an open point is a warning with its severity beside it", () => {
    const levels = resultsOf(checked([found("error", 1), found("todo", 2), found("warning", 3)]));
    expect(levels.map(({ level, properties }) => [level, properties?.["severity"]])).toEqual([
      ["error", "error"],
      ["warning", "todo"],
      ["warning", "warning"],
    ]);
  });

  it("fingerprints follow their line, tell findings of one line apart, and change with the line", () => {
    const prints = (text: string, ...findings: Finding[]) =>
      resultsOf(checked(findings, text)).map(({ partialFingerprints }) => partialFingerprints?.["primaryLocationLineHash"] ?? "");
    const [before] = prints("a\nb: 1\n", found("error", 2));
    const [after] = prints("a\nnew\nnew\n  b: 1\r\n", found("error", 4));
    expect(after).toBe(before);
    expect(prints("a\nb: 2\n", found("error", 2))).not.toEqual([before]);
    expect(prints("a\nb: 1\n", found("error", 2, { rule: "other" }))).not.toEqual([before]);
    expect(new Set(prints("a\nb: 1\n", found("error", 2), found("error", 2))).size).toBe(2);
  });

  it.each([
    [file, file],
    ["reviews/2026/ü %20 #1?.md", "reviews/2026/%C3%BC%20%2520%20%231%3F.md"],
    ["../other/a:b.md", "../other/a%3Ab.md"],
    ["/tmp/a b.md", "file:///tmp/a%20b.md"],
  ])("the place %s is the reference %s", (name, uri) => {
    const [result] = resultsOf([{ file: name, text: "x", findings: [found("error", 1, { file: name })] }]);
    expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe(uri);
    expect(() => new URL(uri, "file:///repo/")).not.toThrow();
  });

  it("makes no link of what a file says", () => {
    const [result] = resultsOf(checked([found("error", 1, { message: "[click](https://evil.example) \\" })]));
    expect(result?.message.text).toContain("\\[click\\](https://evil.example) \\\\");
  });
});

describe("github", () => {
  /** Reads commands as the runner does. */
  const read = (log: string) =>
    log.split("\n").flatMap((line) => {
      const [, kind = "", properties = "", data = ""] = /^::([a-z]+) ([^:]*)::(.*)$/.exec(line) ?? [];
      const back = (text: string) =>
        text.replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
      const pairs = properties.split(",").map((pair) => pair.split("=", 2).map(back));
      return kind === "" ? [] : [{ kind, ...(Object.fromEntries(pairs) as Record<string, string>), data: back(data) }];
    });

  it("annotates with place, rule, message and remedy", () => {
    const place = { file: "a,b:c%.md", column: 5, message: "50 %, or: more" };
    expect(read(formats.github(checked([found("error", 2, place), found("todo", 3)])))).toEqual([
      { kind: "error", file: "a,b:c%.md", line: "2", col: "5", title: "minutes", data: "50 %, or: more\ndo: write it" },
      { kind: "warning", file, line: "3", col: "1", title: "to decide · minutes", data: "todo on 3\ndo: write it" },
    ]);
  });

  const many = (severity: Severity, count: number) => Array.from({ length: count }, (_, index) => found(severity, index + 1));
  it.each([
    [10, 4, 6, null],
    [11, 4, 7, "1 error and 1 warning more"],
    [12, 0, 10, "2 errors more"],
    [0, 12, 5, "7 warnings more"],
  ])("of %d errors, %d open points and %d warnings ten each are shown and the rest is counted", (errors, todos, warnings, rest) => {
    const shown = read(formats.github(checked([...many("warning", warnings), ...many("error", errors), ...many("todo", todos)])));
    const kinds = (kind: string) => shown.filter((one) => one.kind === kind);
    expect(kinds("error")).toHaveLength(Math.min(10, errors));
    expect(kinds("warning")).toHaveLength(Math.min(10, todos + warnings));
    // Open points go before warnings: they end the step.
    expect(kinds("warning").filter(({ data }) => data.startsWith("todo"))).toHaveLength(Math.min(10, todos));
    expect(kinds("notice").map(({ data }) => data)).toEqual(rest === null ? [] : [expect.stringContaining(rest)]);
  });

  it("ends with a summary that is no command", () => {
    expect(formats.github(checked([])).trimEnd()).toBe("1 review file(s): nothing to remark");
  });
});

describe("hostile text", () => {
  const finding = found("error", 1, { rule: `r${hostile}`, file: `f${hostile}.md`, message: hostile, remedy: hostile });
  const files: CheckedFile[] = [{ file: finding.file, text: hostile, findings: [finding, found("todo", 2, { message: hostile })] }];

  it.each(Object.entries(formats))("%s forges no command and prints no control character", (name, format) => {
    const log = format(files);
    expect(commandsIn(log)).toHaveLength(name === "github" ? 2 : 0);
    expect(log.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
  });

  it.each(["json", "sarif"] as const)("%s still says what stood there", (name) => {
    expect(formats[name](files).split("\n")).toHaveLength(2);
    expect(JSON.stringify(JSON.parse(formats[name](files)))).toContain("##[error]forged");
  });
});
