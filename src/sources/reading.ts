import { statSync } from "node:fs";
import type { World } from "../core/world.ts";
import { progressOn, sizeText } from "../shell/progress.ts";

/** Is told now and then how far the engine is with a query, in per cent. */
export type Told = (percent: number) => void;

/** Shows on a terminal what a source is reading while it reads; elsewhere it only reads. */
export async function whileReading<T>(
  world: World,
  source: string,
  paths: readonly string[],
  read: (told?: Told) => Promise<T>,
): Promise<T> {
  if (!world.isTerminal) return read();
  const progress = progressOn(world);
  const size = sizeText(paths.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0));
  const what = `${source}: reading ${paths.length} ${paths.length === 1 ? "file" : "files"}, ${size}`;
  progress.show(what);
  try {
    return await read((percent) => progress.show(`${what} (${Math.round(percent)} %)`));
  } finally {
    progress.end();
  }
}
