import { relative, resolve, sep } from "node:path";
import { Problem } from "../../../core/problem.ts";
import { standingAt } from "../../../shell/files.ts";
import { withoutCopies } from "../../copies.ts";
import { isAddress } from "../../objects/address.ts";
import type { Objects, OpenObjects } from "../../objects/index.ts";
import { matching, refuseCapitalGzip } from "../../on-disk.ts";
import { filesOfFolder, folderOnDisk } from "./exports/folder.ts";
import { type FoundFiles, isReadable, type SourceFile } from "./source-file.ts";

/**
 * The files that the patterns name, each once, in the order of their names. A folder, on disk or in a bucket, stands for what its manifests
 * name, or else for all files below it that can be read. Objects are downloaded. A second copy of a file, byte for byte, is left out.
 * @throws Problem for a pattern without a file, and for a file that is neither CSV nor Parquet, or whose `.gz` is in capitals.
 */
export async function findFiles(root: string, patterns: readonly string[], objects: OpenObjects): Promise<FoundFiles> {
  const found = new Map<string, SourceFile>();
  const warnings: string[] = [];
  for (const pattern of patterns) {
    const part = isAddress(pattern) ? await objectsOf(await objects(), pattern) : await filesOf(root, pattern);
    for (const file of part.files) found.set(file.path, { set: found.get(file.path)?.set, ...file });
    warnings.push(...part.warnings);
  }
  const files = [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const other = files.find((file) => !isReadable(file.name));
  if (other !== undefined) {
    throw new Problem(`${other.name} is not a file that the focus source reads: .csv, .csv.gz or .parquet.`, {
      remedy: "Narrow the pattern in path (for example costs/*.csv), or export the data as CSV or Parquet.",
      place: { file: other.name },
    });
  }
  refuseCapitalGzip(files);
  const distinct = await withoutCopies(await brought(files, objects));
  return { files: distinct.files, warnings: [...warnings, ...distinct.warnings] };
}

async function filesOf(root: string, pattern: string): Promise<FoundFiles> {
  // A name that exists is taken as it is, so that brackets in it are no glob.
  const exact = resolve(root, pattern);
  const name = (path: string) => relative(root, path).split(sep).join("/");
  const found = standingAt(exact, pattern);
  if (found === "folder") return filesOfFolder(name(exact) || ".", await folderOnDisk(exact, name));
  if (found === "file") return { files: [{ path: exact, name: name(exact) }], warnings: [] };
  const paths = await matching(root, pattern);
  if (paths.length > 0) return { files: paths.map((path) => ({ path, name: name(path) })), warnings: [] };
  throw new Problem(`No file matches ${JSON.stringify(pattern)}.`, {
    remedy:
      "Correct path of this source in config/overpace.yaml (a folder, or globs such as costs/*.csv, count from the folder that holds config/), or put the files there.",
  });
}

/** The objects of an address, whose paths are still their names. */
async function objectsOf(objects: Objects, address: string): Promise<FoundFiles> {
  const { names, isFolder } = await objects.find(address);
  if (isFolder) return filesOfFolder(address, { paths: names.toSorted(), nameOf: (name) => name, read: objects.read });
  return { files: names.map((name) => ({ path: name, name })), warnings: [] };
}

async function brought(files: readonly SourceFile[], objects: OpenObjects): Promise<SourceFile[]> {
  const remote = files.filter(({ path }) => isAddress(path)).map(({ name }) => name);
  const paths: ReadonlyMap<string, string> = remote.length === 0 ? new Map() : await (await objects()).bring(remote);
  return files.map((file) => ({ ...file, path: paths.get(file.name) ?? file.path }));
}
