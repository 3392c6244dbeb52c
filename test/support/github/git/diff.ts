import { once, type Store } from "./objects.ts";
import { gitBytes, gitEnded, gitText } from "./run.ts";

export interface FileChange {
  readonly path: string;
  readonly previous: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Null for a binary file. */
  readonly patch: string | null;
}

const statuses: Readonly<Record<string, FileChange["status"]>> = { A: "added", D: "removed", M: "modified", R: "renamed", T: "changed" };

interface Raw {
  readonly letter: string;
  readonly old: string;
  readonly now: string;
  readonly paths: readonly string[];
}

function rawOf(fields: readonly string[]): { raws: Raw[]; rest: string[] } {
  const raws: Raw[] = [];
  let at = 0;
  while (fields[at]?.startsWith(":") === true) {
    const [, , old = "", now = "", status = "M"] = fields[at]?.split(" ") ?? [];
    const count = /^[RC]/.test(status) ? 2 : 1;
    raws.push({ letter: status.slice(0, 1), old, now, paths: fields.slice(at + 1, at + 1 + count) });
    at += 1 + count;
  }
  return { raws, rest: fields.slice(at) };
}

function countsOf(fields: readonly string[]): [string, string][] {
  const counts: [string, string][] = [];
  for (let at = 0; at < fields.length && fields[at] !== "";) {
    const [plus = "0", minus = "0", path = ""] = fields[at]?.split("\t") ?? [];
    counts.push([plus, minus]);
    at += path === "" ? 3 : 1;
  }
  return counts;
}

/** The files that differ between two trees or commits, renames found, each with its patch. */
export const diffTrees = (store: Store, from: string, to: string): Promise<FileChange[]> =>
  once(store, `diff ${from} ${to}`, () => diff(store, from, to));

async function diff(store: Store, from: string, to: string): Promise<FileChange[]> {
  const args = ["diff-tree", "-r", "-M", "--full-index"];
  const [listed, text] = await Promise.all([
    gitBytes(store.dir, [...args, "-z", "--raw", "--numstat", from, to]),
    gitText(store.dir, [...args, "-p", from, to]),
  ]);
  const { raws, rest } = rawOf(listed.toString("utf8").split("\0"));
  const counts = countsOf(rest);
  const patches = text.split(/^diff --git /m).slice(1);
  return raws.map((raw, index) => {
    const [plus = "0", minus = "0"] = counts[index] ?? [];
    const patch = patches[index] ?? "";
    const start = patch.search(/^@@ /m);
    return {
      path: raw.paths.at(-1) ?? "",
      previous: raw.letter === "R" ? (raw.paths[0] ?? null) : null,
      status: statuses[raw.letter] ?? "modified",
      sha: raw.letter === "D" ? raw.old : raw.now,
      additions: plus === "-" ? 0 : Number(plus),
      deletions: minus === "-" ? 0 : Number(minus),
      patch: start === -1 ? null : patch.slice(start).replace(/\n$/, ""),
    };
  });
}

/** The best common ancestor, or null. */
export async function mergeBase(store: Store, a: string, b: string): Promise<string | null> {
  const ended = await once(store, `base ${a} ${b}`, () => gitEnded(store.dir, ["merge-base", a, b]));
  return ended.code === 0 ? ended.out.toString("utf8").trim() : null;
}

/** Commits reachable from one but not from another, oldest first. */
export async function commitsBetween(store: Store, base: string | null, head: string): Promise<string[]> {
  const args = ["rev-list", "--topo-order", "--reverse", head, ...(base === null ? [] : [`^${base}`])];
  const text = await once(store, args.join(" "), () => gitText(store.dir, args));
  return text.split("\n").filter((line) => line !== "");
}

/** The tree of a merge without conflicts, or null. */
export async function mergeTrees(store: Store, ours: string, theirs: string): Promise<string | null> {
  const ended = await once(store, `merge ${ours} ${theirs}`, () => gitEnded(store.dir, ["merge-tree", "--write-tree", ours, theirs]));
  return ended.code === 0 ? ended.out.toString("utf8").slice(0, 40) : null;
}
