import { resolve } from "node:path";
import type { Finding } from "../core/finding.ts";
import { Problem } from "../core/problem.ts";
import { logText } from "../core/text.ts";
import { checkReview } from "../rules/engine/check.ts";
import { isFolder, readText } from "../shell/files.ts";
import { readReviews } from "../shell/reviews.ts";
import type { Call, ExitCode } from "./command.ts";

async function named({ world }: Call, file: string): Promise<{ path: string; text: string }> {
  const text = await readText(resolve(world.cwd, file), file);
  if (text === null)
    throw new Problem("there is no such file", {
      remedy: "name a review file, such as reviews/2026/2026-W47.md, or none to check them all",
      place: { file },
      kind: "usage",
    });
  return { path: file, text };
}

async function all({ world, reviews }: Call): Promise<{ path: string; text: string }[]> {
  const folder = resolve(world.cwd, reviews);
  if (!(await isFolder(folder)))
    throw new Problem("there is no such folder", {
      remedy: "name the folder of the reviews with --reviews, or review files",
      place: { file: reviews },
      kind: "usage",
    });
  return readReviews(folder, reviews);
}

function lineOf({ file, line, column, severity, message, remedy, rule }: Finding): string {
  return `${logText(file)}:${line}:${column} ${severity} ${logText(message)} [${rule}]\n  do: ${logText(remedy)}`;
}

function summaryOf(findings: readonly Finding[], files: number): string {
  const count = (severity: Finding["severity"]) => findings.filter((finding) => finding.severity === severity).length;
  if (findings.length === 0) return `${files} review file(s): nothing to remark`;
  return `${files} review file(s): ${count("todo")} to decide, ${count("error")} error(s), ${count("warning")} warning(s)`;
}

/** `overpace check`: what is missing or wrong in the named review files, or in all of them. */
export async function check(call: Call): Promise<ExitCode> {
  const files = call.files.length === 0 ? await all(call) : await Promise.all(call.files.map((file) => named(call, file)));
  const findings = files.flatMap(({ path, text }) => checkReview(text, path));
  const ok = findings.every(({ severity }) => severity === "warning");
  call.world.write(
    call.format === "json"
      ? `${JSON.stringify({ ok, findings })}\n`
      : `${[...findings.map(lineOf), summaryOf(findings, files.length)].join("\n")}\n`,
  );
  return ok ? 0 : 1;
}
