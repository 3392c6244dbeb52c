import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../core/problem.ts";
import type { World } from "../core/world.ts";
import { rmdirSync, writing } from "./node.ts";

/**
 * Hands `work` a new folder that nobody else can read, under `RUNNER_TEMP` (else the system's), never in the working directory, and removes it
 * afterwards, whatever happens.
 */
export async function withFolder<T>({ env }: Pick<World, "env">, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await made(env["RUNNER_TEMP"] || tmpdir());
  try {
    return await work(folder);
  } finally {
    await removed(folder);
  }
}

async function made(parent: string): Promise<string> {
  try {
    return await writing().mkdtemp(join(parent, "overpace-"));
  } catch (cause) {
    throw new Problem("no folder for temporary files can be made", {
      remedy: "name one that exists and may be written to in TMPDIR, and see that its disk has room",
      place: { file: parent },
      cause,
    });
  }
}

/** Removes a folder. Mostly it is empty: then nothing has to be loaded that goes through what is in it. */
async function removed(folder: string): Promise<void> {
  try {
    rmdirSync(folder);
  } catch {
    await writing().rm(folder, { recursive: true, force: true });
  }
}
