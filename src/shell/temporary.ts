import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../core/world.ts";
import { writing } from "./node.ts";

/**
 * Hands `work` a new folder that nobody else can read, under `RUNNER_TEMP` (else the system's), never in the working directory, and removes it
 * afterwards, whatever happens.
 */
export async function withFolder<T>({ env }: Pick<World, "env">, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await writing().mkdtemp(join(env["RUNNER_TEMP"] || tmpdir(), "overpace-"));
  try {
    return await work(folder);
  } finally {
    await writing().rm(folder, { recursive: true, force: true });
  }
}
