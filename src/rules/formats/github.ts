import type { Finding } from "../../core/finding.ts";
import { logText, plural } from "../../core/text.ts";
import { type Format, findingsOf, ofSeverity, summaryOf } from "./format.ts";

/** GitHub shows ten errors and ten warnings of a step. */
const most = 10;

/** As the runner reads a message back. */
function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return escaped(logText(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function commandOf({ rule, severity, file, line, column, message, remedy }: Finding): string {
  const kind = severity === "error" ? "error" : "warning";
  const title = severity === "todo" ? `to decide · ${rule}` : rule;
  const said = escaped(`${logText(message)}\ndo: ${logText(remedy)}`);
  return `::${kind} file=${property(file)},line=${line},col=${column},title=${property(title)}::${said}`;
}

function restOf(errors: number, warnings: number): string[] {
  const [more, others] = [Math.max(0, errors - most), Math.max(0, warnings - most)];
  if (more + others === 0) return [];
  const said = [more > 0 ? plural(more, "error") : "", others > 0 ? plural(others, "warning") : ""].filter((part) => part !== "");
  return [`::notice title=overpace::${said.join(" and ")} more than GitHub shows for a step; overpace check prints them all`];
}

/**
 * Annotations of a pull request. An open point of a draft is a warning: it is no fault, and must not take one of the ten places of an
 * error; it goes before the other warnings, because it is what ends the step with 1.
 */
export const github: Format = (files) => {
  const findings = findingsOf(files);
  const errors = ofSeverity(findings, "error");
  const warnings = [...ofSeverity(findings, "todo"), ...ofSeverity(findings, "warning")];
  const shown = [...errors.slice(0, most), ...warnings.slice(0, most)].map(commandOf);
  return `${[...shown, ...restOf(errors.length, warnings.length), summaryOf(files)].join("\n")}\n`;
};
