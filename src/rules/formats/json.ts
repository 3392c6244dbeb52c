import { type Format, findingsOf, isOk } from "./format.ts";

/**
 * One line of JSON. What could end the line for a log, or be read there as a command (`##[`), is written as an escape: the value stays
 * the same.
 */
export function jsonLine(value: unknown): string {
  const escaped = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const text = JSON.stringify(value).replace(/[\u007F-\u009F\u2028\u2029]/g, escaped);
  return `${text.replaceAll("##[", "#\\u0023[")}\n`;
}

export const json: Format = (files) => {
  const findings = findingsOf(files);
  return jsonLine({
    ok: isOk(findings),
    findings: findings.map(({ rule, severity, file, line, column, message, remedy }) => ({
      rule,
      severity,
      file,
      line,
      column,
      message,
      remedy,
    })),
  });
};
