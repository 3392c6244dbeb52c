import { basename, dirname } from "node:path";
import { namesIn, pathExists, readText } from "./files.ts";
import { namesAt, textAt } from "./git.ts";
import { readPlainFile } from "./plain-file.ts";

/** Files by their path on this machine: as they stand in their folders, or as a commit holds them. */
export interface Tree {
  /** The text of a file, null when there is none. @throws Problem when it cannot be read or is not UTF-8. */
  readonly read: (path: string, shown: string) => Promise<string | null>;
  /** The names in a folder, sorted; none when there is no such folder. */
  readonly names: (folder: string) => Promise<readonly string[]>;
}

export const onDisk: Tree = { read: readText, names: namesIn };

const largest = 64 * 1024 * 1024;

/** The files of a folder that somebody else may have filled: plain ones, behind no symbolic link, that end. */
export function plainBelow(root: string): Tree {
  return {
    read: async (path, shown) => ((await pathExists(path)) ? readPlainFile(path, root, shown, largest) : null),
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
