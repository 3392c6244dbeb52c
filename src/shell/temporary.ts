import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../core/world.ts";
import { rmdirSync, writing } from "./node.ts";

/**
 * Hands `work` a new folder that nobody else can read, under `RUNNER_TEMP` (else the system's), never in the working directory, and removes it
 * afterwards, whatever happens.
 */
export async function withFolder<T>({ env }: Pick<World, "env">, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await writing().mkdtemp(join(env["RUNNER_TEMP"] || tmpdir(), "overpace-"));
  try {
    return await work(folder);
  } finally {
    await removed(folder);
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
