import { join } from "node:path";
import { Problem } from "../core/problem.ts";
import { readText, writeTexts } from "./files.ts";
import type { GitPlace } from "./git.ts";
import { createHash } from "./node.ts";

/** Besides the objects of the repository: what was read of them stays true as long as they do. */
const name = "overpace/actions";

function headOf(version: string, text: string): string {
  return `overpace actions ${version} ${createHash("sha256").update(text).digest("hex")}\n`;
}

/** What an earlier run kept; null when there is nothing, or it is of another version or damaged. */
export async function readActionsCache({ shared }: GitPlace, version: string): Promise<string | null> {
  const path = join(shared, name);
  const whole = await readText(path, path).catch(() => null);
  if (whole === null) return null;
  const text = whole.slice(whole.indexOf("\n") + 1);
  return whole.startsWith(headOf(version, text)) ? text : null;
}

/** Keeps a text for the next run; a repository that may not be written to goes without. */
export async function writeActionsCache({ shared }: GitPlace, version: string, text: string): Promise<void> {
  try {
    await writeTexts([{ path: join(shared, name), text: headOf(version, text) + text }]);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
