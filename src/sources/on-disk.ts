import { resolve } from "node:path";
import { glob } from "tinyglobby";
import { Problem } from "../core/problem.ts";

/**
 * Refuses files that end in `.GZ`: the engine knows gzip by `.gz` alone, and would take the packed bytes for text, of a short file for its header.
 * @throws Problem for the first such file.
 */
export function refuseCapitalGzip(files: readonly { readonly name: string }[]): void {
  const found = files.find(({ name }) => /\.gz$/i.test(name) && !name.endsWith(".gz"));
  if (found === undefined) return;
  throw new Problem(`${found.name} has its ending in capitals, by which gzip is not known`, {
    remedy: `Rename it so that it ends in .gz: ${found.name.slice(0, -2)}gz.`,
    place: { file: found.name },
  });
}

/** The files below `root` that a pattern with wildcards names, whatever the case of letters, by their absolute paths. */
export async function matching(root: string, pattern: string): Promise<string[]> {
  const options = { cwd: root, absolute: true, onlyFiles: true, expandDirectories: false, caseSensitiveMatch: false };
  return (await glob([pattern.replaceAll("\\", "/")], options)).map((path) => resolve(path));
}
