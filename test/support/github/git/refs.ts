import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { once, readObject, type Store } from "./objects.ts";
import { gitEnded } from "./run.ts";

export interface Ref {
  readonly name: string;
  readonly sha: string;
}

/** The refs git has packed into one file. */
function packedRefs(store: Store): Ref[] {
  const table = join(store.dir, "packed-refs");
  if (!existsSync(table)) return [];
  const lines = readFileSync(table, "utf8").split("\n");
  return lines.filter((line) => /^[0-9a-f]{40} /.test(line)).map((line) => ({ sha: line.slice(0, 40), name: line.slice(41) }));
}

/** The SHA a full ref name points to, or null. */
export function readRef(store: Store, name: string): string | null {
  if (!name.startsWith("refs/") || name.split("/").includes("..")) return null;
  const place = join(store.dir, name);
  if (existsSync(place) && statSync(place).isFile()) return readFileSync(place, "utf8").trim();
  return packedRefs(store).find((ref) => ref.name === name)?.sha ?? null;
}

export const readBranch = (store: Store, branch: string): string | null => readRef(store, `refs/heads/${branch}`);

/** All refs whose full name starts with the text, sorted by name. */
export function listRefs(store: Store, prefix: string): Ref[] {
  const files = readdirSync(join(store.dir, "refs"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = files.map((entry) => relative(store.dir, join(entry.parentPath, entry.name))).filter((name) => !name.endsWith(".lock"));
  const all = [...new Set([...names, ...packedRefs(store).map((ref) => ref.name)])].filter((name) => name.startsWith(prefix)).toSorted();
  return all.flatMap((name) => {
    const sha = readRef(store, name);
    return sha === null ? [] : [{ name, sha }];
  });
}

/** Points a ref somewhere, or removes it; false when git refuses (a bad name, a folder in the way, the old value moved). */
export async function setRef(store: Store, name: string, sha: string | null, old?: string): Promise<boolean> {
  const args = sha === null ? ["update-ref", "-d", name] : ["update-ref", name, sha];
  return (await gitEnded(store.dir, old === undefined ? args : [...args, old])).code === 0;
}

/** Whether git takes this as a full ref name. */
export async function isRefName(store: Store, name: string): Promise<boolean> {
  return (await gitEnded(store.dir, ["check-ref-format", name])).code === 0;
}

/** Whether one commit is another or comes before it. */
export async function isAncestor(store: Store, early: string, late: string): Promise<boolean> {
  if (early === late) return true;
  const ended = await once(store, `ancestor ${early} ${late}`, () => gitEnded(store.dir, ["merge-base", "--is-ancestor", early, late]));
  return ended.code === 0;
}

/** What a user may write for a commit: a branch, a tag, a full ref or a SHA of at least seven digits. */
export async function resolveCommit(store: Store, name: string): Promise<string | null> {
  for (const full of [`refs/heads/${name}`, `refs/tags/${name}`, name, `refs/${name}`]) {
    const sha = readRef(store, full);
    if (sha !== null) return peeled(store, sha);
  }
  return /^[0-9a-f]{7,40}$/.test(name) ? peeled(store, name) : null;
}

async function peeled(store: Store, sha: string): Promise<string | null> {
  if ((await readObject(store, sha))?.kind === "commit") return sha;
  const ended = await gitEnded(store.dir, ["rev-parse", "--verify", "--quiet", `${sha}^{commit}`]);
  return ended.code === 0 ? ended.out.toString("utf8").trim() : null;
}
