import { basename, dirname, join, relative, sep } from "node:path";
import { Problem } from "../core/problem.ts";
import { textOf } from "./files.ts";
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, writing } from "./node.ts";

const largest = 10 * 1024 * 1024;

function refuse(message: string, remedy: string, file: string, cause?: unknown): never {
  throw new Problem(message, { remedy, place: { file }, cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Whether a symbolic link stands at a path. */
export function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** The folders and the file on the way from a folder down to a path; the path alone where it is not below the folder. */
function wayTo(path: string, root: string): string[] {
  const parts = relative(root, path).split(sep);
  if (parts[0] === "..") return [path];
  return parts.map((_, index) => join(root, ...parts.slice(0, index + 1)));
}

function bytesOf(opened: number, shown: string, most: number): Buffer {
  const found = fstatSync(opened);
  if (!found.isFile()) refuse("is not a file", "a review is a Markdown file: remove what stands in its place", shown);
  if (found.size > most)
    refuse(`the file is larger than ${most / 1024 / 1024} MB`, "a review is a page of text: move what is attached elsewhere", shown);
  return readFileSync(opened);
}

/**
 * Reads a file that somebody else may have put there: nothing but a plain file of at most `most` bytes (10 MB), reached through no symbolic
 * link below `root`, never waiting for one that does not end. Whoever reads many files of a folder may answer `isLink` for its folders.
 * Small files by the hundred are read several times faster without promises.
 * @throws Problem that says why it is not read.
 */
export function readPlainFile(path: string, root: string, shown: string, most = largest, asked = isLink): string {
  for (const step of wayTo(path, root)) {
    if (step === path ? isLink(step) : asked(step))
      refuse("a symbolic link is not followed", "put the file itself in the place of the link", shown);
  }
  let opened: number | undefined;
  let bytes: Buffer;
  try {
    opened = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    bytes = bytesOf(opened, shown, most);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    return refuse(`cannot read the file (${codeOf(cause)})`, "check that it is a file and may be read", shown, cause);
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
  return textOf(bytes, shown);
}

/**
 * Puts a text in the place of a plain file, at once and with the same permissions.
 * @throws Problem when it cannot be written; the file is then as it was.
 */
export async function replacePlainFile(path: string, shown: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.overpace-${process.pid}-${basename(path)}`);
  const { chmod, lstat, rename, rm, writeFile } = writing();
  try {
    const { mode } = await lstat(path);
    await writeFile(temporary, text, { flag: "wx" });
    await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    refuse(`cannot write (${codeOf(cause)})`, "check that the folder may be written to, and that the disk has room", shown, cause);
  }
}
