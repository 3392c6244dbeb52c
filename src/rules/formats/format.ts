import type { Finding, Severity } from "../../core/finding.ts";

/** A file that was checked, or one that the check depends on, such as a setting. */
export interface CheckedFile {
  readonly file: string;
  /** What stands in it; null where it could not be read. */
  readonly text: string | null;
  readonly findings: readonly Finding[];
}

/** What `check` prints on standard output: pure, and nothing in it is taken for a command by a runner's log. */
export type Format = (files: readonly CheckedFile[]) => string;

/** Whether a check ends well: warnings alone do not count. */
export function isOk(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === "warning");
}

export function findingsOf(files: readonly CheckedFile[]): Finding[] {
  return files.flatMap(({ findings }) => findings);
}

export function ofSeverity<T extends Pick<Finding, "severity">>(findings: readonly T[], severity: Severity): T[] {
  return findings.filter((finding) => finding.severity === severity);
}

/** The last line of what people read. */
export function summaryOf(files: readonly CheckedFile[]): string {
  const findings = findingsOf(files);
  const [open, errors, warnings] = (["todo", "error", "warning"] as const).map((severity) => ofSeverity(findings, severity).length);
  const said = findings.length === 0 ? "nothing to remark" : `${open} to decide, ${errors} error(s), ${warnings} warning(s)`;
  const reviews = new Set(files.flatMap(({ file }) => (file.endsWith(".md") ? [file] : [])));
  return `${reviews.size} review file(s): ${said}`;
}
