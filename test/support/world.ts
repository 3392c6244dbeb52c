import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import type { World } from "../../src/core/world.ts";
import { run } from "../../src/run.ts";
import { afterFile } from "./afterwards.ts";

const folders: string[] = [];
afterFile(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export type Files = Readonly<Record<string, string>>;

/** Writes files into a folder; those that exist are replaced. */
export function write(folder: string, files: Files): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A temporary folder with these files in it, removed after the tests of the file. */
export function folderWith(files: Files = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "overpace-scenario-"));
  folders.push(folder);
  write(folder, files);
  return folder;
}

/** A temporary copy of a folder. */
export function copyOf(source: string): string {
  const folder = folderWith();
  cpSync(source, folder, { recursive: true });
  return folder;
}

/** Every file below a folder by its name with forward slashes, sorted; none when there is no such folder. */
export function filesIn(folder: string): Record<string, string> {
  const entries = (() => {
    try {
      return readdirSync(folder, { recursive: true, withFileTypes: true });
    } catch {
      return [];
    }
  })();
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const named = paths.map((path) => [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")] as const);
  return Object.fromEntries(named.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a command line did. */
export interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Setting {
  /** The fixed time; without it a command that looks at the clock fails the test. */
  readonly now?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
  readonly isTerminal?: boolean;
}

/** Runs one command line in this process, in `cwd`, with its output captured. What is thrown, and not refused on purpose, fails the test. */
export async function overpace(
  cwd: string,
  words: readonly string[],
  { now, env = {}, fetch = globalThis.fetch, isTerminal = false }: Setting = {},
): Promise<Result> {
  const said = { out: "", err: "" };
  const world: World = {
    env,
    cwd,
    now: () => {
      if (now === undefined) throw new Error("the clock was read");
      return new Date(now);
    },
    write: (text) => void (said.out += text),
    log: (text) => void (said.err += text),
    isTerminal,
    fetch,
    second: 0,
  };
  return { code: await run(words, world), ...said };
}
