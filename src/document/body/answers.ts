import { linesOf } from "../lines.ts";
import { codeReader } from "./code.ts";
import type { Zone } from "./zone.ts";

/** What a person wrote behind a prompt such as `- **Why:**`; empty text when nothing. */
export interface Answer {
  readonly text: string;
  readonly line: number;
  /** The line of another answer behind a prompt of the same name that says something else. */
  readonly again?: number;
  /** Something stands there, in a form that is no prompt. */
  readonly unread?: true;
}

/** A prompt with the text behind it and the lines below it. */
interface Found {
  readonly line: number;
  readonly lines: string[];
}

const labels = "expected|why|assumed|status|cause|resolution|decision";
/** What stands before a label: nothing, or the mark of a list, a box of a task list behind it. */
const lead = String.raw`^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ x]\]\s+)?)?`;
/** As overpace writes it, and as people type it: in another list or none, the colon behind the stars or a dash in its place, with underscores. */
const prompt = new RegExp(String.raw`${lead}(\*\*|__)(${labels})(?::\1|\1(?:\s?:|\s[–—-](?=\s|$)))(.*)$`, "i");
/** A label in another form than a prompt has: without stars, with the answer between them, as a heading, quoted. */
const loose = new RegExp(
  String.raw`^ {0,3}(?:>\s*)*(?:(?:[-*+•–]|\d{1,9}[.)])\s+)?(?:\[[ x]\]\s+)?(?:#{1,6}\s+(?=\w+\s*$))?[*_]{0,3}(${labels})[*_]{0,3}(?:\s?:|\s*$)`,
  "i",
);
/** Answers that are a word or ids: what stands below them in a block of its own is prose. */
const short: ReadonlySet<string> = new Set(["expected", "status", "decision"]);
/** A blank line, or one that begins a list item, a heading, a quote, a table, code or HTML at the margin. */
const block = /\n(?:\s*\n|(?=[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|[>|<]|```|~~~))/;

/** How many characters of a line are its prompt; 0 for a line without one. */
export function promptLength(line: string): number {
  const [whole = "", , , rest = ""] = prompt.exec(line) ?? [];
  return whole.length - rest.length;
}

function withoutComments(text: string): string {
  let rest = text;
  let kept = "";
  for (;;) {
    const start = rest.indexOf("<!--");
    if (start < 0) return (kept + rest).trim();
    kept += rest.slice(0, start);
    const end = rest.indexOf("-->", start + 4);
    if (end < 0) return kept.trim();
    rest = rest.slice(end + 3);
  }
}

/** The text of an answer out of the one that stands behind its prompt and in the lines below it. */
function answerText(label: string, lines: readonly string[]): string {
  const text = withoutComments(lines.join("\n"));
  return short.has(label) ? (text.split(block, 1)[0] ?? "").trim() : text;
}

/** One word as people write it: in any case, in code quotes, with a full stop; with the spaces, hyphens and unseen marks of word processors. */
export function wordOf(answer: string): string {
  return answer
    .toLowerCase()
    .replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .replace(/[\u2010-\u2014\u2212]/g, "-")
    .replace(/\s+/g, " ")
    .replace(/[`*_".\u201C\u201D]/g, "")
    .trim();
}

/** One answer out of all that stand behind prompts of one name: a blank one counts for nothing, and what differs is put together. */
function joined(label: string, found: readonly Found[]): Answer {
  const given = new Map<string, { readonly text: string; readonly line: number }>();
  for (const { line, lines } of found) {
    const text = answerText(label, lines);
    const key = short.has(label) ? wordOf(text).replaceAll(" ", "-") : text;
    if (text !== "" && !given.has(key)) given.set(key, { text, line });
  }
  const answers = [...given.values()];
  const [first, again] = answers;
  const line = first?.line ?? found[0]?.line ?? 0;
  return { text: answers.map(({ text }) => text).join("\n"), line, ...(again === undefined ? {} : { again: again.line }) };
}

/**
 * The answers below a zone, by prompt in lower case (`why`): the text behind it and the lines that follow, comments left out. What
 * stands in code or in a comment is no prompt. `below` is the text between the zone and the next one, `line` the line on which it begins.
 */
export function answersIn(below: string, line: number): Map<string, Answer> {
  const found = new Map<string, Found[]>();
  const unread = new Map<string, Answer>();
  const read = codeReader();
  let current: Found | null = null;
  let number = line - 1;
  for (const { start, end } of linesOf(below, 0)) {
    number++;
    const text = below.slice(start, end).trimEnd();
    const isText = read(text) === "text";
    const [, , label, rest = ""] = (isText && prompt.exec(text)) || [];
    if (label !== undefined) {
      current = { line: number, lines: [rest] };
      const all = found.get(label.toLowerCase());
      if (all) all.push(current);
      else found.set(label.toLowerCase(), [current]);
      continue;
    }
    current?.lines.push(text);
    const near = isText ? loose.exec(text)?.[1]?.toLowerCase() : undefined;
    if (near !== undefined && !unread.has(near)) unread.set(near, { text: "", line: number, unread: true });
  }
  return new Map([...unread, ...[...found].map(([label, all]) => [label, joined(label, all)] as const)]);
}

/** Each zone with the text below it, up to the next zone. */
export function textBelow(body: string, zones: readonly Zone[]): Map<string, string> {
  return new Map(zones.map((zone, index) => [zone.key, body.slice(zone.end, zones[index + 1]?.start)]));
}
