import type { Finding } from "../core/finding.ts";
import { Problem } from "../core/problem.ts";
import { inOrder, readReview } from "../rules/engine/read.ts";
import type { CheckedFile } from "../rules/formats/format.ts";
import { findingsOf, isOk } from "../rules/formats/format.ts";
import { formats } from "../rules/formats/index.ts";
import { noteText } from "../shell/report.ts";
import { type FileToCheck, filesToCheck } from "./check/files.ts";
import { type Host, nowhere } from "./check/host.ts";
import type { Judge } from "./check/judge.ts";
import type { Call, ExitCode } from "./command.ts";

function isFormat(name: string): name is keyof typeof formats {
  return Object.hasOwn(formats, name);
}

/** A finding of `--fix` says more than what the front matter's schema says of the same value. */
function withoutRepeats(found: readonly Finding[], mended: readonly Finding[]): Finding[] {
  const isSaid = ({ rule, line, column }: Finding) =>
    rule === "front-matter" && mended.some((finding) => finding.line === line && finding.column === column);
  return [...mended, ...found.filter((finding) => !isSaid(finding))];
}

/** What is judged by is loaded and read when the first file can be judged. */
async function checked({ file, text, findings }: FileToCheck, judge: () => Promise<Judge>): Promise<CheckedFile> {
  if (text === null) return { file, text, findings };
  const { review, findings: unreadable } = readReview(text, file);
  const found = review === null ? unreadable : inOrder([...unreadable, ...(await (await judge()).findingsOf(review, text))]);
  return { file, text, findings: withoutRepeats(found, findings) };
}

/** The files with what is wrong or open in them, and what could not be known about them. */
async function checkFiles(call: Call, host: Host, found: readonly FileToCheck[]): Promise<CheckedFile[]> {
  let opened: Judge | undefined;
  const judge = async () => (opened ??= (await import("./check/judge.ts")).judgeOf(call, host));
  const files: CheckedFile[] = [];
  for (const file of found) files.push(await checked(file, judge));
  const note = opened?.note() ?? null;
  if (note !== null) call.world.log(noteText(note));
  const gaps = opened?.gaps() ?? [];
  return [...files, ...gaps.map((gap) => ({ file: gap.file, text: null, findings: [gap] }))];
}

async function hostOf(call: Call): Promise<Host> {
  return call.publish === "folder" || call.dryRun ? nowhere : (await import("./check/publish.ts")).hostOf(call);
}

async function mended(call: Call, files: readonly FileToCheck[]): Promise<readonly FileToCheck[]> {
  return call.fix ? (await import("./check/fix.ts")).fixFiles(call, files) : files;
}

/** `overpace check`: what is missing or wrong in the named review files, or in all of them. */
export async function check(call: Call): Promise<ExitCode> {
  if (call.fix && call.publish !== "folder")
    throw new Problem("--fix mends files on this machine and publishes nothing", {
      remedy: "leave out --publish, and commit what was mended",
      kind: "usage",
    });
  const format = await formats[isFormat(call.format) ? call.format : "text"]();
  const host = await hostOf(call);
  const files = await checkFiles(call, host, await mended(call, await filesToCheck(call)));
  const findings = findingsOf(files);
  call.world.write(format(files));
  await host.publish(
    files.map(({ file, text }) => ({ path: file, text: text ?? "" })),
    findings,
  );
  return isOk(findings) ? 0 : 1;
}
