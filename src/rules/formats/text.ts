import type { Finding } from "../../core/finding.ts";
import { logText, plural } from "../../core/text.ts";
import { type LinedText, codeFrame, linedText } from "./code-frame.ts";
import { type CheckedFile, type Format, ofSeverity, summaryOf } from "./format.ts";

/** A finding, and the text it stands in. */
interface Shown extends Finding {
  readonly source: LinedText | null;
}

function shownOf({ text, findings }: CheckedFile): Shown[] {
  const source = text === null ? null : linedText(text);
  return findings.map((finding) => ({ ...finding, source }));
}

function blockOf({ source, file, line, column, severity, message, remedy, rule }: Shown): string {
  return [
    `${logText(file)}:${line}:${column} ${severity} ${logText(message)} [${logText(rule)}]`,
    ...(source ? codeFrame(source, line, column) : []),
    `  do: ${logText(remedy)}`,
  ].join("\n");
}

const headings = [
  ["todo", (count: number) => plural(count, "thing to decide", "things to decide")],
  ["error", (count: number) => plural(count, "error")],
  ["warning", (count: number) => plural(count, "warning")],
] as const;

/** For people: what is left to decide, then what is wrong, then what they should know, each with its place. */
export const text: Format = (files) => {
  const all = files.flatMap(shownOf);
  const parts = headings.flatMap(([severity, heading]) => {
    const found = ofSeverity(all, severity);
    return found.length === 0 ? [] : [heading(found.length), ...found.map(blockOf)];
  });
  return `${[...parts, summaryOf(files)].join("\n\n")}\n`;
};
