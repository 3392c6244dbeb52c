import { basename, dirname, join, resolve } from "node:path";
import { pathExists } from "./files.ts";
import { createHash, realpathSync } from "./node.ts";

/** Variables that name a repository, such as git sets for its hooks: the repository is always the one around a folder. */
const misleading = new Set(["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"]);

/** The environment of a call of git. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !misleading.has(name));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
}

/** Settings of people that would change what git prints. */
export const gitSettings: readonly string[] = [
  "log.showRoot=true",
  "log.showSignature=false",
  "log.follow=false",
  "log.mailmap=true",
  "diff.relative=false",
  "core.quotePath=false",
].flatMap((setting) => ["-c", setting]);

/** How a call of git ended: what it printed, or why it did not work. */
async function gitEnded(folder: string, words: readonly string[]): Promise<{ out: string } | { fault: string }> {
  const { execFile } = await import("node:child_process");
  return new Promise((resolve) => {
    const options = { maxBuffer: 64 * 1024 * 1024, env: gitEnvironment() };
    execFile("git", ["-C", folder, ...gitSettings, ...words], options, (error, stdout) =>
      resolve(error ? { fault: error.message } : { out: stdout }),
    );
  });
}

/** A path without symbolic links; null when there is nothing. */
function realPathOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

/** Whether git could find a repository from a folder; it is not started where there is nothing to find. */
async function mayHaveRepository(folder: string): Promise<boolean> {
  let at = realPathOf(folder);
  while (at !== null) {
    // Inside of a bare repository, or of a folder `.git`, a repository is around as well.
    if ((await pathExists(join(at, ".git"))) || (await pathExists(join(at, "HEAD")))) return true;
    at = dirname(at) === at ? null : dirname(at);
  }
  return false;
}

/** What git prints, or null when there is no git, no repository or no such thing. */
export async function git(folder: string, ...words: string[]): Promise<string | null> {
  if (!(await mayHaveRepository(folder))) return null;
  const ended = await gitEnded(folder, words);
  return "out" in ended ? ended.out : null;
}

const originHead = "refs/remotes/origin/HEAD";

/**
 * The default branch as far as the clone knows: what origin calls so, else the one that the surroundings name, else `main` or
 * `master`.
 */
async function defaultBranch(folder: string, told: string | null = null): Promise<string | null> {
  const names = (told === null ? ["main", "master"] : [told, "main", "master"]).flatMap((name) => [
    { name, ref: `refs/heads/${name}` },
    { name: `origin/${name}`, ref: `refs/remotes/origin/${name}` },
  ]);
  const wanted = [originHead, ...names.map(({ ref }) => ref)];
  const listed = (await git(folder, "for-each-ref", "--format=%(refname) %(symref)", ...wanted)) ?? "";
  const refs = new Map(
    listed.split("\n").map((line) => {
      const [ref = "", points = ""] = line.split(" ");
      return [ref, points];
    }),
  );
  return refs.get(originHead)?.replace(/^refs\/remotes\//, "") || (names.find(({ ref }) => refs.has(ref))?.name ?? null);
}

/** The text of a file on the default branch of the repository that contains it; null when it is not there. */
export async function textOnDefaultBranch(path: string): Promise<string | null> {
  const folder = dirname(path);
  const branch = await defaultBranch(folder);
  return branch === null ? null : textAt(folder, branch, basename(path));
}

/** The text of a file of a folder as a commit holds it; null when it is not there. */
export function textAt(folder: string, commit: string, name: string): Promise<string | null> {
  return git(folder, "show", `${commit}:./${name}`);
}

/** The names in a folder as a commit holds it, sorted. */
export async function namesAt(folder: string, commit: string): Promise<string[]> {
  const listed = await git(folder, "ls-tree", "-z", "--name-only", commit);
  return listed === null ? [] : listed.split("\0").filter((name) => name !== "");
}

/** The id of what each file below a folder holds in a commit, by path relative to the folder with forward slashes. */
export async function blobsAt(folder: string, commit: string): Promise<Map<string, string>> {
  const listed = (await git(folder, "ls-tree", "-r", "-z", commit)) ?? "";
  const entries = listed.split("\0").map((line) => /^\d+ blob ([0-9a-f]+)\t(.+)$/s.exec(line));
  return new Map(entries.flatMap((entry) => (entry?.[1] && entry[2] ? [[entry[2], entry[1]] as const] : [])));
}

/** The id of the blob that holds a text, in a repository whose ids look like `like`. */
export function blobId(text: string, like: string): string {
  const hash = createHash(like.length === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${Buffer.byteLength(text)}\0${text}`).digest("hex");
}

/** True when a text is exactly what the id of a blob stands for. */
export function isBlob(text: string, id: string): boolean {
  return blobId(text, id) === id;
}

/** Where a folder stands in its repository, and where that keeps its own files. */
export interface GitPlace {
  readonly folder: string;
  /** The path of the folder in the repository, with forward slashes; empty for the whole. */
  readonly below: string;
  /** The folder of what all work trees share, such as `shallow`. */
  readonly shared: string;
}

/** Null where no repository contains the folder. */
export async function gitPlace(folder: string): Promise<GitPlace | null> {
  const found = await git(folder, "rev-parse", "--git-common-dir", "--show-prefix");
  const [shared = "", below = ""] = found?.split("\n") ?? [];
  return found === null ? null : { folder, below: below.replace(/\/$/, ""), shared: resolve(folder, shared) };
}

/** When a file last changed on what is checked out, a merge counting as its own time; null without a repository, or where it has no past. */
export async function changedAt(path: string): Promise<string | null> {
  const found = await git(dirname(path), "log", "-1", "--first-parent", "--format=%cI", "--", basename(path));
  return found?.trim() || null;
}

/** The repository around a folder. */
export interface Repository {
  /** The commit that is checked out. */
  readonly head: string;
  /** The default branch is checked out. */
  readonly onDefault: boolean;
  /** The commit of the default branch; null when the clone does not have it, or not its name. */
  readonly standing: string | null;
  /** The second parent of a merge that is checked out; null for other commits, and where the clone does not have it. */
  readonly merged: string | null;
}

/**
 * What is checked out around a folder. Null when no repository contains it, when it has no commit yet, or without git; `told` is the
 * name of the default branch where something besides the clone knows it.
 */
export async function repositoryAround(folder: string, told: string | null): Promise<Repository | null | "unreadable"> {
  if (!(await mayHaveRepository(folder))) return null;
  const commit = async (name: string) => (await git(folder, "rev-parse", "--verify", "--quiet", `${name}^{commit}`))?.trim() ?? null;
  const [ended, branch, [name, tip], merged] = await Promise.all([
    gitEnded(folder, ["rev-parse", "--verify", "HEAD^{commit}"]),
    git(folder, "symbolic-ref", "--quiet", "--short", "HEAD"),
    defaultBranch(folder, told).then(async (name) => [name, name === null ? null : await commit(name)] as const),
    commit("HEAD^2"),
  ]);
  if ("fault" in ended) return ended.fault.includes("dubious ownership") ? "unreadable" : null;
  const head = ended.out.trim();
  const onDefault = name !== null && (branch === null ? head === tip : branch.trim() === name.replace(/^origin\//, ""));
  return { head, onDefault, standing: onDefault ? head : tip, merged };
}
