import { relative, resolve, sep } from "node:path";
import { Problem } from "../../core/problem.ts";
import { standingAt } from "../../shell/files.ts";
import { withoutCopies } from "../copies.ts";
import { isAddress } from "../objects/address.ts";
import type { Objects, OpenObjects } from "../objects/index.ts";
import { matching, refuseCapitalGzip } from "../on-disk.ts";

/** A file of a source: where it is, and how messages name it. */
export interface SourceFile {
  readonly path: string;
  /** Relative to the root, with forward slashes. */
  readonly name: string;
}

/** What a source reads, and what had to be decided to know it. */
interface FoundFiles {
  readonly files: readonly SourceFile[];
  readonly warnings: readonly string[];
}

/** What a source takes for its files: endings, and how a message says them. */
export interface Kind {
  readonly type: string;
  readonly ending: RegExp;
  readonly endings: string;
}

/**
 * The files that the patterns name, each once, in the order of their names. A second copy of a file, byte for byte, is left out.
 * @throws Problem for a pattern without a file, and for a file of another kind or whose `.gz` is in capitals.
 */
export async function findFiles(root: string, patterns: readonly string[], kind: Kind, objects: OpenObjects): Promise<FoundFiles> {
  const found = new Map<string, SourceFile>();
  for (const pattern of patterns) {
    if (isAddress(pattern)) {
      for (const name of await objectsOf(pattern, kind, await objects())) found.set(name, { path: name, name });
      continue;
    }
    for (const path of await filesOf(root, pattern, kind)) found.set(path, { path, name: relative(root, path).split(sep).join("/") });
  }
  const files = [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const other = files.find(({ name }) => !kind.ending.test(name));
  refuseCapitalGzip(files);
  if (other === undefined) return withoutCopies(await brought(files, objects));
  throw new Problem(`${other.name} has another ending than a file of a ${kind.type} source; it reads ${kind.endings}.`, {
    remedy: "Narrow the pattern in path of this source, or rename the file.",
    place: { file: other.name },
  });
}

/** The objects of an address; below a prefix those with the endings of the source. */
async function objectsOf(address: string, kind: Kind, objects: Objects): Promise<readonly string[]> {
  const { names, isFolder } = await objects.find(address);
  const own = isFolder ? names.filter((name) => kind.ending.test(name)) : names;
  if (own.length > 0) return own;
  throw new Problem(`No object below ${address} is one that a ${kind.type} source reads: ${kind.endings}.`, {
    remedy: "Correct path of this source in config/overpace.yaml.",
    place: { file: address },
  });
}

/** The files with objects downloaded. */
async function brought(files: readonly SourceFile[], objects: OpenObjects): Promise<SourceFile[]> {
  const remote = files.filter(({ path }) => isAddress(path)).map(({ name }) => name);
  if (remote.length === 0) return [...files];
  const paths = await (await objects()).bring(remote);
  return files.map((file) => ({ ...file, path: paths.get(file.name) ?? file.path }));
}

async function filesOf(root: string, pattern: string, { type }: Kind): Promise<string[]> {
  // A name that exists is taken as it is, so that brackets in it are no glob.
  const exact = resolve(root, pattern);
  const found = standingAt(exact, pattern);
  if (found === "file") return [exact];
  if (found === "folder") {
    throw new Problem(`${JSON.stringify(pattern)} is a folder; a ${type} source reads files.`, {
      remedy: `Say which of its files in path of this source: ${JSON.stringify(pattern.replace(/\/*$/, "/*"))} names them all.`,
    });
  }
  const paths = await matching(root, pattern);
  if (paths.length > 0) return paths;
  throw new Problem(`No file matches ${JSON.stringify(pattern)}.`, {
    remedy: "Correct path of this source in config/overpace.yaml (it counts from the folder that holds config/), or put the files there.",
  });
}

/** The refusal of a file that cannot be opened, unpacked or taken apart. */
export function unreadable(file: SourceFile, cause: unknown): Problem {
  const text = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  return new Problem(`${file.name} could not be read: ${text.replaceAll(file.path, file.name)}`, {
    remedy: "Check that the file is whole, readable and in UTF-8 (gzip only with the ending .gz), or export it again.",
    place: { file: file.name },
    cause,
  });
}
