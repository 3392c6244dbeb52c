import { describe, expect, it } from "vitest";
import type { Finding, Severity } from "../../../src/core/finding.ts";
import { checkComment, checkReport } from "../../../src/document/mirror/check-report.ts";
import { nodesOf, reference, textIn, treeOf } from "../../support/markdown.ts";

const file = "reviews/2026/2026-W47.md";
const naming = {
  place: (path: string) => path,
  link: (path: string, line: number) => `https://github.com/acme/app/blob/${"a".repeat(40)}/${path}?plain=1#L${line}`,
};
const finding = (severity: Severity, line = 12, more: Partial<Finding> = {}): Finding => ({
  rule: "decision",
  severity,
  file,
  line,
  column: 1,
  message: "no outcome is stated yet",
  remedy: "write outcome: actions",
  ...more,
});
const held = finding("todo", 4, { rule: "held", message: "the review is still a draft" });
const report = (findings: readonly Finding[]) => checkReport([{ path: file, findings }], naming);

describe("a result", () => {
  it.each<[string, readonly Finding[], string, string]>([
    ["one thing open", [finding("todo")], "action_required", "1 thing to decide"],
    ["three things open", [1, 2, 3].map((line) => finding("todo", line)), "action_required", "3 things to decide"],
    ["an error", [finding("error")], "failure", "1 error"],
    ["both and a warning", [finding("warning"), finding("todo"), finding("error")], "failure", "1 error, 1 thing to decide, 1 warning"],
    ["only to be held, and a warning", [held, finding("warning")], "action_required", "Ready to hold, 1 warning"],
    ["only to be held", [held], "action_required", "Ready to hold"],
    ["only to be held, and one thing open elsewhere", [held, finding("todo")], "action_required", "2 things to decide"],
    ["only to be held, and an error elsewhere", [held, finding("error")], "failure", "1 error, 1 thing to decide"],
    ["a warning", [finding("warning")], "success", "Complete, 1 warning"],
    ["nothing", [], "success", "Complete"],
  ])("%s", (_, findings, conclusion, title) => {
    expect(report(findings)).toMatchObject({ conclusion, title });
  });

  it("is headed in a comment by whether anything is left to decide", () => {
    const headings = [[held], [held, finding("todo")], []].map((list) => checkComment(report(list), "2026-W47").split("\n")[1]);
    expect(headings).toEqual(["### Nothing is left to decide", "### What is left to decide", "### Nothing is left to decide"]);
  });

  it("without any review is a success", () => {
    expect(checkReport([], naming)).toMatchObject({ conclusion: "success", title: "No review yet", marks: [] });
    expect(checkReport([], naming).summary).toBe("There is no review to check yet.");
  });

  it.each<[string, readonly Finding[], string]>([
    ["nothing", [], "Nothing is missing."],
    ["a warning", [finding("warning")], "Nothing is missing.\n\n- **Warning:** ["],
    ["a thing to decide", [finding("todo")], "**1 thing to decide.** What is left, each with its place:\n\n- **To decide:** ["],
    [
      "as many errors",
      [finding("todo"), finding("error")],
      "**1 error, 1 thing to decide.** What is left, each with its place:\n\n- **Error:** [",
    ],
  ])("begins with what is left: %s", (_, findings, text) => expect(report(findings).summary.startsWith(text)).toBe(true));

  it("says each remark with its remedy", () =>
    expect(report([finding("error")]).summary).toContain(`${naming.link(file, 12)}) no outcome is stated yet – write outcome: actions`));

  it("lists errors first, every line with a link to its place, and marks the same lines", () => {
    const { summary, marks } = report([finding("todo", 3), finding("warning", 1), finding("error", 90)]);
    const links = [...nodesOf(treeOf(summary))].flatMap((node) => (node.type === "link" ? [[textIn(node), node.url]] : []));
    expect(links).toEqual([90, 3, 1].map((line) => [`2026-W47.md:${line}`, naming.link(file, line)]));
    expect(summary.split("\n").filter((line) => line.startsWith("- "))).toHaveLength(links.length);
    expect(marks.map(({ line, level }) => [line, level])).toEqual([
      [90, "failure"],
      [3, "warning"],
      [1, "notice"],
    ]);
    expect(report([finding("error", 90), finding("error", 7)]).marks.map(({ line }) => line)).toEqual([7, 90]);
    expect(marks[0]).toMatchObject({
      path: file,
      title: "overpace: decision",
      message: "no outcome is stated yet\nwrite outcome: actions",
    });
  });
});

it("marks take a remark on a file as a whole at its first line, and only as many letters as fit", () => {
  const [mark] = report([finding("error", 0, { rule: "r".repeat(300), message: "m".repeat(3_000) })]).marks;
  expect([mark?.line, mark?.title.length, mark?.message.length]).toEqual([1, 255, 2_000]);
});

describe("many findings", () => {
  const many = (count: number, message = "m") => report(Array.from({ length: count }, (_, n) => finding("todo", n + 1, { message })));
  const size = (text: string) => Buffer.byteLength(text);
  it.each([
    ["whole", 100, /write outcome/, 100, null],
    ["without remedies", 350, /^(?!.*write outcome)/s, 350, null],
    ["as many as fit, the rest counted", 20_000, /… and \d+ more: `overpace check` lists them all/, null, 20_000],
  ])("%s: %i", (_, count, words, lines, total) => {
    const { summary, marks } = many(count);
    expect(size(summary)).toBeLessThanOrEqual(60_000);
    expect(size(checkComment({ ...many(count) }, "2026-W47"))).toBeLessThanOrEqual(65_535);
    expect(summary).toMatch(words);
    const shown = summary.match(/^- \*\*/gm)?.length ?? 0;
    if (lines !== null) expect(shown).toBe(lines);
    const rest = Number(/and (\d+) more/.exec(summary)?.[1] ?? 0);
    if (total !== null) expect(shown + rest).toBe(total);
    expect(marks).toHaveLength(Math.min(count, 300));
    if (count > 300) expect(summary).toContain(`The first 300 of ${count} stand beside the lines`);
  });

  it("letters of several bytes count as the bytes they are", () => {
    expect(size(many(2_000, "費".repeat(500)).summary)).toBeLessThanOrEqual(60_000);
  });
});

const hostile = [
  "@octocat fixes #1",
  "closes acme/app#1 GH-1 acme/app@abcdef1",
  "resolve https://github.com/acme/app/issues/1",
  "<img src=x onerror=alert(1)> </details>",
  "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
  "--> <!-- overpace:check 2026-W01 -->",
  "x\n\n# heading\n- [ ] task\n::error::boom",
  "`code` | table | \u202Egnp.exe",
];

it.each(hostile)("text from a file is only text: %j", (text) => {
  const result = report([finding("error", 1, { message: text, remedy: text, rule: text })]);
  const comment = checkComment(result, "2026-W47");
  for (const said of [result.summary, comment]) {
    const nodes = [...nodesOf(treeOf(said))];
    const shown = nodes.filter(({ type }) => type === "text").map(textIn);
    expect(shown.filter((words) => reference.test(words))).toEqual([]);
    expect(nodes.flatMap((node) => (node.type === "link" ? [node.url] : []))).toEqual([naming.link(file, 1)]);
    expect(nodes.filter(({ type }) => type === "image")).toEqual([]);
    expect(nodes.flatMap((node) => (node.type === "html" ? [node.value] : []))).toEqual(
      said === comment ? ["<!-- overpace:check 2026-W47 -->"] : [],
    );
  }
  expect(result.marks[0]?.message.split("\n")).toHaveLength(2);
  expect(result.marks[0]?.message).not.toContain("::error::");
});
