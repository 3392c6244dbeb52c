import { unlessRefusedLater } from "../../core/problem.ts";
import type { Sprint } from "../../core/settings/schedule.ts";
import { logText } from "../../core/text.ts";
import { type FixSettings, type Fixed, fixReview } from "../../document/fix/fix.ts";
import { readSettings } from "../../shell/config.ts";
import { replacePlainFile } from "../../shell/plain-file.ts";
import { noteText } from "../../shell/report.ts";
import { sourceSchemaFor } from "../../sources/index.ts";
import type { Call } from "../command.ts";
import type { FileToCheck } from "./files.ts";

/** Null too where there are no settings or they are not sound: `check` works without. */
async function sprintOf({ world, config }: Call): Promise<Sprint | null> {
  const settings = await unlessRefusedLater(readSettings(world.cwd, config, sourceSchemaFor));
  return settings?.config.schedule.sprint ?? null;
}

function changeLines(file: string, { changes }: Fixed): string[] {
  return changes.map(({ line, key, from, to }) => `${logText(file)}:${line}: ${key} ${logText(from)} → ${logText(to)}`);
}

function say(call: Call, lines: readonly string[]): void {
  if (lines.length === 0) return;
  const said = `${call.dryRun ? "would mend" : "mended"}\n${lines.join("\n")}\n\n`;
  if (call.format === "text") call.world.write(said);
  else call.world.log(said);
}

/** Whether something could be mended in a review that was left alone as it is no draft. */
function isLeft({ file, text }: FileToCheck, fixed: Fixed | null, settings: FixSettings): boolean {
  if (settings.held || text === null || fixed === null || fixed.changes.length > 0) return false;
  return fixReview(text, file, { ...settings, held: true }).changes.length > 0;
}

/**
 * Mends what is mechanical in the files and says what; with `--dry-run` it says so and writes nothing. Reviews that are held may be
 * closed, so they are touched only when they are named.
 */
export async function fixFiles(call: Call, files: readonly FileToCheck[]): Promise<FileToCheck[]> {
  const settings = { sprint: await sprintOf(call), held: call.files.length > 0 };
  const lines: string[] = [];
  const mended: FileToCheck[] = [];
  for (const one of files) {
    const { file, path, text } = one;
    const fixed = text === null ? null : fixReview(text, file, settings);
    if (isLeft(one, fixed, settings))
      call.world.log(noteText(`${file} is no draft and was left as it is: overpace check --fix ${file} mends it`));
    if (fixed === null || (fixed.changes.length === 0 && fixed.findings.length === 0)) {
      mended.push(one);
      continue;
    }
    if (fixed.text !== text && !call.dryRun) await replacePlainFile(path, file, fixed.text);
    lines.push(...changeLines(file, fixed));
    mended.push({ ...one, text: call.dryRun ? text : fixed.text, findings: fixed.findings });
  }
  say(call, lines);
  return mended;
}
