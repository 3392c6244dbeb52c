import { jsonText } from "../../core/text.ts";
import { type Format, findingsOf, isOk } from "./format.ts";

export const json: Format = (files) => {
  const findings = findingsOf(files);
  const result = {
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
  };
  return `${jsonText(result)}\n`;
};
