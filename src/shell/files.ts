import { isUtf8 } from "node:buffer";
import { dirname, join } from "node:path";
import { Problem } from "../core/problem.ts";
import { lstatSync, readFileSync, readdirSync, statSync, writing } from "./node.ts";

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * How long a file is that is about to be read: a named pipe waits for whoever writes into it, and a device may never end.
 * @throws Problem when it is one of these, or a socket.
 */
export function sizeOf(path: string, shown: string): number {
  const found = statSync(path);
  if (found.isFile() || found.isDirectory()) return found.size;
  throw new Problem("is a named pipe, a socket or a device, not a file", {
    remedy: "put a plain file in its place",
    place: { file: shown },
  });
}

/** A text file as UTF-8, or null when there is none. @throws Problem when it cannot be read or is not UTF-8. */
export async function readText(path: string, shown: string): Promise<string | null> {
  let bytes: Buffer;
  try {
    sizeOf(path, shown);
    bytes = readFileSync(path);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    if (codeOf(cause) === "ENOENT" || codeOf(cause) === "ENOTDIR") return null;
    throw new Problem(`cannot read the file (${codeOf(cause)})`, {
      remedy: "check that it is a file and may be read",
      place: { file: shown },
      cause,
    });
  }
  return textOf(bytes, shown);
}

/** Bytes as text. @throws Problem when they are not UTF-8. */
export function textOf(bytes: Buffer, shown: string): string {
  if (!isUtf8(bytes)) throw new Problem("is not UTF-8 text", { remedy: "save it as UTF-8", place: { file: shown } });
  return bytes.toString("utf8");
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Whether anything stands there, a link that leads nowhere included. */
export async function pathExists(path: string): Promise<boolean> {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** The names in a folder, sorted; none when there is no such folder. @throws Problem when it cannot be listed. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    if (codeOf(cause) === "ENOENT" || codeOf(cause) === "ENOTDIR") return [];
    throw new Problem(`cannot list the folder (${codeOf(cause)})`, {
      remedy: "check that it is a folder and may be read",
      place: { file: folder },
      cause,
    });
  }
}

/** What a path of the configuration leads to; null for nothing. @throws Problem when it may not be looked at. */
export function standingAt(path: string, shown: string): "file" | "folder" | null {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? null : found.isDirectory() ? "folder" : "file";
  } catch (cause) {
    throw new Problem(`${shown} cannot be looked at (${codeOf(cause)}).`, {
      remedy: "Check path of this source in config/overpace.yaml, and that its folders may be read.",
      place: { file: shown },
      cause,
    });
  }
}

/** Writes all files or none of the new contents: each goes to a temporary file first, then all are moved into place. A null text removes the file. */
export async function writeTexts(files: readonly { readonly path: string; readonly text: string | null }[]): Promise<void> {
  const staged = files.map(({ path, text }) => ({
    path,
    text,
    temporary: join(dirname(path), `.overpace-${process.pid}-${path.split(/[\\/]/).at(-1)}`),
  }));
  const { mkdir, rename, rm, writeFile } = writing();
  let current = "";
  try {
    for (const { path, text, temporary } of staged) {
      current = path;
      if (text === null) continue;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, text);
    }
    for (const { path, text, temporary } of staged) {
      current = path;
      await (text === null ? rm(path, { force: true }) : rename(temporary, path));
    }
  } catch (cause) {
    // Where a file stands in the place of a folder, there is nothing to take away.
    for (const { temporary } of staged) await rm(temporary, { force: true }).catch(() => {});
    throw new Problem(`cannot write (${codeOf(cause)})`, {
      remedy: "check that the folder exists and may be written to, and that the disk has room",
      place: { file: current },
      cause,
    });
  }
}

/** Adds text at the end of a file. @throws Problem when it cannot be written. */
export async function appendText(path: string, text: string): Promise<void> {
  try {
    await writing().appendFile(path, text);
  } catch (cause) {
    throw new Problem(`cannot write (${codeOf(cause)})`, { remedy: "check that the file may be written to", place: { file: path }, cause });
  }
}
