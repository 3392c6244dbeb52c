import { existsSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";
import { glob } from "tinyglobby";
import { Problem } from "../../core/problem.ts";

/** A file of the source: where it is, and how messages name it. */
export interface SourceFile {
  readonly path: string;
  /** Relative to the root, with forward slashes. */
  readonly name: string;
}

const readable = /\.csv(\.gz)?$/i;

/**
 * The files that the patterns name, each once, in the order of their names.
 * @throws Problem for a pattern without a file, and for a file that is no CSV.
 */
export async function findFiles(root: string, patterns: readonly string[]): Promise<SourceFile[]> {
  const found = new Map<string, SourceFile>();
  for (const pattern of patterns) {
    for (const path of await filesOf(root, pattern)) found.set(path, { path, name: nameOf(root, path) });
  }
  const files = [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const other = files.find((file) => !readable.test(file.name));
  if (other !== undefined) {
    throw new Problem(`${other.name} is not a CSV file; the focus source reads .csv and .csv.gz.`, {
      remedy: "Narrow the pattern in path (for example costs/*.csv), or export the data as CSV.",
      place: { file: other.name },
    });
  }
  return files;
}

async function filesOf(root: string, pattern: string): Promise<string[]> {
  // A name that exists is taken as it is, so that brackets in it are no glob.
  const exact = resolve(root, pattern);
  if (existsSync(exact) && statSync(exact).isFile()) return [exact];
  const paths = await glob([pattern.replaceAll("\\", "/")], { cwd: root, absolute: true, onlyFiles: true, expandDirectories: false });
  if (paths.length > 0) return paths.map((path) => resolve(path));
  throw new Problem(`No file matches ${JSON.stringify(pattern)}.`, {
    remedy:
      "Correct path of this source in config/overpace.yaml (globs such as costs/*.csv count from the folder that holds config/), or put the files there.",
  });
}

function nameOf(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}
