import { linesOf } from "../lines.ts";
import type { Zone } from "./zone.ts";

/** What a person wrote behind a prompt such as `- **Why:**`; empty text when nothing. */
export interface Answer {
  readonly text: string;
  readonly line: number;
}

const labels = "expected|why|assumed|status|cause|resolution|decision";
/** As overpace writes it, and as people type it again: without the bullet, with the colon behind the stars or a dash in its place, with underscores. */
const prompt = new RegExp(`^ {0,3}(?:[-*+] +)?(\\*\\*|__)(${labels})(?::\\1|\\1(?: ?:| [–—-](?= |$)))(.*)$`, "i");

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

/**
 * The answers below a zone, by prompt in lower case (`why`): the text behind it and the lines that follow, comments left out.
 * `below` is the text between the zone and the next one, `line` the line on which it begins.
 */
export function answersIn(below: string, line: number): Map<string, Answer> {
  const found = new Map<string, { line: number; parts: string[] }>();
  let current: { line: number; parts: string[] } | null = null;
  let number = line - 1;
  for (const { start, end } of linesOf(below, 0)) {
    number++;
    const text = below.slice(start, end).trimEnd();
    const [, , label, rest = ""] = prompt.exec(text) ?? [];
    if (label !== undefined) found.set(label.toLowerCase(), (current = { line: number, parts: [rest] }));
    else current?.parts.push(text);
  }
  return new Map([...found].map(([label, { line: at, parts }]) => [label, { line: at, text: withoutComments(parts.join("\n")) }]));
}

/** Each zone with the text below it, up to the next zone. */
export function textBelow(body: string, zones: readonly Zone[]): Map<string, string> {
  return new Map(zones.map((zone, index) => [zone.key, body.slice(zone.end, zones[index + 1]?.start)]));
}
