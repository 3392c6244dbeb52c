import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { CheckResult, Mark } from "../../core/check-result.ts";
import type { Finding, Severity } from "../../core/finding.ts";
import { logText, markdownSentence, markdownText, plural } from "../../core/text.ts";
import { blocks } from "../markdown.ts";

/** A review file and what was remarked on it. */
export interface Checked {
  /** As the findings name it. */
  readonly path: string;
  readonly findings: readonly Finding[];
}

/** How the place that shows a result names files and lines. */
export interface Naming {
  /** A file from the root of the repository. */
  readonly place: (path: string) => string;
  /** The address of a line. */
  readonly link: (path: string, line: number) => string;
}

/** GitHub takes 65,535 bytes of a summary and 65,536 characters of a comment; both stay well below. */
const longestSummary = 60_000;
/** Kept free for what stands around the list. */
const reserve = 1_000;
/** Fifty go into one request; what is beyond these is counted. */
const mostMarks = 300;
const longestMessage = 2_000;

const order = { error: 0, todo: 1, warning: 2 } as const satisfies Record<Severity, number>;
const levels = { error: "failure", todo: "warning", warning: "notice" } as const satisfies Record<Severity, Mark["level"]>;
const words = { error: "Error", todo: "To decide", warning: "Warning" } as const satisfies Record<Severity, string>;

interface Counts {
  readonly errors: number;
  readonly todos: number;
  readonly warnings: number;
}

function countsOf(findings: readonly Finding[]): Counts {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { errors: count("error"), todos: count("todo"), warnings: count("warning") };
}

/** What is done when nothing is open. */
function doneWords(files: readonly Checked[]): { title: string; sentence: string } {
  if (files.length === 0) return { title: "No review yet", sentence: "There is no review to check yet." };
  return { title: "Complete", sentence: "Nothing is missing." };
}

/** The one thing that is open where a draft has nothing left to decide. */
const holding = "held";
const readyTitle = "Ready to hold";

function titleOf(findings: readonly Finding[], { errors, todos, warnings }: Counts, done: string): string {
  const isReady = errors === 0 && todos > 0 && findings.every(({ rule, severity }) => severity !== "todo" || rule === holding);
  const toDo = isReady ? readyTitle : `${plural(todos, "thing")} to decide`;
  const open = [errors > 0 ? plural(errors, "error") : null, todos > 0 ? toDo : null];
  const said = open.filter((part) => part !== null);
  if (said.length === 0) said.push(done);
  return [...said, ...(warnings > 0 ? [plural(warnings, "warning")] : [])].join(", ");
}

const sizeOf = (text: string) => utf8ToBytes(text).length;
const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** One remark as an item of a list that leads to its place; the short form is without its remedy. */
function lineOf({ file, line, severity, message, remedy }: Finding, { place, link }: Naming, withRemedy: boolean): string {
  const where = `[${markdownText(nameOf(place(file)))}:${line}](${link(file, line)})`;
  return `- **${words[severity]}:** ${where} ${markdownSentence(message)}${withRemedy ? ` – ${markdownSentence(remedy)}` : ""}`;
}

/** The remarks as a list that fits: whole, without remedies, then as many as there is room for and the number of the others. */
function listOf(findings: readonly Finding[], naming: Naming): string {
  const room = longestSummary - reserve;
  const whole = findings.map((finding) => lineOf(finding, naming, true)).join("\n");
  if (sizeOf(whole) <= room) return whole;
  const lines = findings.map((finding) => lineOf(finding, naming, false));
  let used = 0;
  const fitting = lines.findIndex((line) => (used += sizeOf(line) + 1) > room);
  if (fitting === -1) return lines.join("\n");
  return [...lines.slice(0, fitting), `- … and ${lines.length - fitting} more: \`overpace check\` lists them all.`].join("\n");
}

function markOf({ rule, severity, file, line, message, remedy }: Finding, { place }: Naming): Mark {
  const text = `${logText(message)}\n${logText(remedy)}`.slice(0, longestMessage);
  return { path: place(file), line: Math.max(1, line), level: levels[severity], title: `overpace: ${rule}`.slice(0, 255), message: text };
}

/**
 * What the check of some review files came to. The order of the files is kept; within a file errors come first, then what is to be
 * decided. Warnings alone are a success.
 */
export function checkReport(files: readonly Checked[], naming: Naming): CheckResult {
  const findings = files.flatMap((file) => file.findings.toSorted((a, b) => order[a.severity] - order[b.severity] || a.line - b.line));
  const counts = countsOf(findings);
  const done = doneWords(files);
  const title = titleOf(findings, counts, done.title);
  const open = counts.errors + counts.todos;
  const marked = findings.slice(0, mostMarks);
  const summary = blocks([
    open === 0 ? done.sentence : `**${title}.** What is left, each with its place:`,
    listOf(findings, naming),
    marked.length < findings.length ? `The first ${marked.length} of ${findings.length} stand beside the lines of the files.` : null,
  ]);
  return {
    conclusion: counts.errors > 0 ? "failure" : counts.todos > 0 ? "action_required" : "success",
    title,
    summary,
    marks: marked.map((finding) => markOf(finding, naming)),
  };
}

/** The hidden line by which the comment on a review is found again. */
export function commentMarker(id: string): string {
  return `<!-- overpace:check ${id} -->`;
}

/** A result as a comment under the pull request of a review. */
export function checkComment({ conclusion, title, summary }: CheckResult, id: string): string {
  const isDecided = conclusion === "success" || title.startsWith(readyTitle);
  const heading = isDecided ? "### Nothing is left to decide" : "### What is left to decide";
  return blocks([`${commentMarker(id)}\n${heading}`, summary, "This comment is kept up to date by `overpace check`."]);
}
