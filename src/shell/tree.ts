import { basename, dirname } from "node:path";
import { Problem } from "../core/problem.ts";
import { namesIn, readText } from "./files.ts";
import { namesAt, textAt } from "./git.ts";
import { isLink, readPlainFile } from "./plain-file.ts";

/** Files by their path on this machine: as they stand in their folders, or as a commit holds them. */
export interface Tree {
  /** The text of a file, null when there is none. @throws Problem when it cannot be read or is not UTF-8. */
  readonly read: (path: string, shown: string) => Promise<string | null>;
  /** The names in a folder, sorted; none when there is no such folder. */
  readonly names: (folder: string) => Promise<readonly string[]>;
}

/** The files as they stand on disk, behind links too. */
export const onDisk: Tree = { read: readText, names: namesIn };

const largest = 64 * 1024 * 1024;

/** Nothing stands there: known by why a file could not be opened. */
function isAbsent({ cause }: Problem): boolean {
  return cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
}

/** The files of a folder that somebody else may have filled: plain ones, behind no symbolic link, that end. Folders are asked about once. */
export function plainBelow(root: string): Tree {
  const links = new Map<string, boolean>();
  const isFolderLink = (folder: string) => {
    const found = links.get(folder) ?? isLink(folder);
    links.set(folder, found);
    return found;
  };
  return {
    read: async (path, shown) => {
      try {
        return readPlainFile(path, root, shown, largest, isFolderLink);
      } catch (error) {
        if (error instanceof Problem && isAbsent(error)) return null;
        throw error;
      }
    },
    names: namesIn,
  };
}

/** The files of a commit of the repository around them. */
export function inCommit(commit: string): Tree {
  return {
    read: (path) => textAt(dirname(path), commit, basename(path)),
    names: (folder) => namesAt(folder, commit),
  };
}
