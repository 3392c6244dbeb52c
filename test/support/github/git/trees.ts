import { type Entry, parseTree, readObject, type Store, writeObject, writeTree } from "./objects.ts";

export const emptyTree = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** One change of a tree: `sha` null removes the path. */
export interface Change {
  readonly path: string;
  readonly mode: string;
  readonly sha: string | null;
}

async function entriesOf(store: Store, sha: string | null): Promise<Entry[]> {
  if (sha === null || sha === emptyTree) return [];
  const tree = await readObject(store, sha);
  return tree?.kind === "tree" ? parseTree(tree.data) : [];
}

/** The tree a commit or a tree SHA stands for, or null. */
export async function treeOf(store: Store, sha: string): Promise<string | null> {
  if (sha === emptyTree) return sha;
  const object = await readObject(store, sha);
  if (object?.kind === "commit") return object.data.toString("latin1", 5, 45);
  return object?.kind === "tree" ? sha : null;
}

/** A new tree: the base with the changes laid over it; folders that become empty disappear. */
export async function changeTree(store: Store, base: string | null, changes: readonly Change[]): Promise<string> {
  const entries = new Map((await entriesOf(store, base)).map((entry) => [entry.name, entry]));
  const inner = new Map<string, Change[]>();
  for (const change of changes) {
    const [name = "", ...rest] = change.path.split("/");
    if (rest.length > 0) inner.set(name, [...(inner.get(name) ?? []), { ...change, path: rest.join("/") }]);
    else if (change.sha === null) entries.delete(name);
    else entries.set(name, { name, mode: change.mode, sha: change.sha });
  }
  for (const [name, below] of inner) {
    const old = entries.get(name);
    const sha = await changeTree(store, old?.mode === "040000" ? old.sha : null, below);
    if (sha === emptyTree) entries.delete(name);
    else entries.set(name, { name, mode: "040000", sha });
  }
  return writeTree(store, [...entries.values()]);
}

export interface Found extends Entry {
  readonly path: string;
}

/** What stands at a path of a tree: a file, a folder (also the root, by ""), or null. */
export async function findPath(store: Store, tree: string, path: string): Promise<Found | null> {
  let at: Found = { mode: "040000", name: "", sha: tree, path: "" };
  for (const name of path.split("/").filter((part) => part !== "")) {
    if (at.mode !== "040000") return null;
    const next = (await entriesOf(store, at.sha)).find((entry) => entry.name === name);
    if (next === undefined) return null;
    at = { ...next, path: at.path === "" ? name : `${at.path}/${name}` };
  }
  return at;
}

/** The entries of a folder with their whole path. */
export async function listFolder(store: Store, folder: Found): Promise<Found[]> {
  const inside = await entriesOf(store, folder.sha);
  return inside.map((entry) => ({ ...entry, path: folder.path === "" ? entry.name : `${folder.path}/${entry.name}` }));
}

/** Every entry below a tree, folders included, in git's order. */
export async function walk(store: Store, tree: string): Promise<Found[]> {
  const found: Found[] = [];
  const visit = async (folder: Found): Promise<void> => {
    for (const entry of await listFolder(store, folder)) {
      found.push(entry);
      if (entry.mode === "040000") await visit(entry);
    }
  };
  await visit({ mode: "040000", name: "", sha: tree, path: "" });
  return found;
}

/** All files of a tree as text. */
export async function filesOf(store: Store, tree: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of await walk(store, tree)) {
    if (entry.mode === "040000" || entry.mode === "160000") continue;
    files[entry.path] = (await readObject(store, entry.sha))?.data.toString("utf8") ?? "";
  }
  return files;
}

/** Changes that write these files; null removes one. */
export function changesOf(store: Store, files: Readonly<Record<string, string | Buffer | null>>): Change[] {
  return Object.entries(files).map(([path, content]) => ({
    path,
    mode: "100644",
    sha: content === null ? null : writeObject(store, "blob", Buffer.from(content)),
  }));
}
