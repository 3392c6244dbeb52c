import type { World } from "../core/world.ts";
import { statSync } from "../shell/node.ts";
import { progressOn, sizeText } from "../shell/progress.ts";

/** Says on a terminal what a source is reading while it reads; elsewhere it only reads. */
export async function whileReading<T>(world: World, source: string, paths: readonly string[], read: () => Promise<T>): Promise<T> {
  if (!world.isTerminal) return read();
  const progress = progressOn(world);
  const size = sizeText(paths.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0));
  progress.show(`${source}: reading ${paths.length} ${paths.length === 1 ? "file" : "files"}, ${size}`);
  try {
    return await read();
  } finally {
    progress.end();
  }
}
