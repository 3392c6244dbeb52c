import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync, inflateSync } from "node:zlib";
import { gitBytes } from "./run.ts";

export type Kind = "blob" | "tree" | "commit" | "tag";

export interface GitObject {
  readonly kind: Kind;
  readonly data: Buffer;
}

/** Where a bare repository stands, with the objects read so far: an object never changes. */
export interface Store {
  readonly dir: string;
  readonly cache: Map<string, GitObject>;
  /** What git computed from commits, which never changes either. */
  readonly known: Map<string, Promise<unknown>>;
}

/** Asks git once for what depends on nothing but its arguments. */
export function once<Result>(store: Store, key: string, compute: () => Promise<Result>): Promise<Result> {
  const known = store.known.get(key);
  if (known !== undefined) return known as Promise<Result>;
  const made = compute();
  store.known.set(key, made);
  return made;
}

const placeOf = (dir: string, sha: string): string => join(dir, "objects", sha.slice(0, 2), sha.slice(2));

/** Writes a loose object exactly as `git hash-object -w` does, without a process: a run of the sweep makes thousands. */
export function writeObject(store: Store, kind: Kind, data: Buffer): string {
  const whole = Buffer.concat([Buffer.from(`${kind} ${data.length}\0`), data]);
  const sha = createHash("sha1").update(whole).digest("hex");
  const place = placeOf(store.dir, sha);
  if (!existsSync(place)) {
    mkdirSync(join(store.dir, "objects", sha.slice(0, 2)), { recursive: true });
    writeFileSync(`${place}.new`, deflateSync(whole, { level: 1 }), { mode: 0o444 });
    renameSync(`${place}.new`, place);
  }
  store.cache.set(sha, { kind, data });
  return sha;
}

function loose(store: Store, sha: string): GitObject | null {
  const place = placeOf(store.dir, sha);
  if (!existsSync(place)) return null;
  const whole = inflateSync(readFileSync(place));
  const end = whole.indexOf(0);
  return { kind: whole.toString("latin1", 0, whole.indexOf(32)) as Kind, data: whole.subarray(end + 1) };
}

async function packed(store: Store, sha: string): Promise<GitObject | null> {
  const out = await gitBytes(store.dir, ["cat-file", "--batch"], `${sha}\n`);
  const end = out.indexOf(10);
  const [, kind, size] = out.toString("latin1", 0, end).split(" ");
  if (size === undefined) return null;
  return { kind: kind as Kind, data: out.subarray(end + 1, end + 1 + Number(size)) };
}

/** An object by its full SHA, or null. */
export async function readObject(store: Store, sha: string): Promise<GitObject | null> {
  if (!/^[0-9a-f]{40}$/.test(sha)) return null;
  const known = store.cache.get(sha);
  if (known !== undefined) return known;
  const found = loose(store, sha) ?? (await packed(store, sha));
  if (found !== null) store.cache.set(sha, found);
  return found;
}

export interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly sha: string;
}

/** The entries of one tree object. */
export function parseTree(data: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < data.length;) {
    const space = data.indexOf(32, at);
    const zero = data.indexOf(0, space);
    entries.push({
      mode: data.toString("latin1", at, space).padStart(6, "0"),
      name: data.toString("utf8", space + 1, zero),
      sha: data.toString("hex", zero + 1, zero + 21),
    });
    at = zero + 21;
  }
  return entries;
}

const orderOf = (entry: Entry): Buffer => Buffer.from(entry.mode === "040000" ? `${entry.name}/` : entry.name);

/** A tree object of these entries, in git's order. */
export function writeTree(store: Store, entries: readonly Entry[]): string {
  const sorted = entries.map((entry) => ({ entry, key: orderOf(entry) })).toSorted((a, b) => Buffer.compare(a.key, b.key));
  const parts = sorted.flatMap(({ entry }) => [
    Buffer.from(`${entry.mode.replace(/^0+/, "")} ${entry.name}\0`),
    Buffer.from(entry.sha, "hex"),
  ]);
  return writeObject(store, "tree", Buffer.concat(parts));
}

export interface Person {
  readonly name: string;
  readonly email: string;
  /** ISO time, in UTC. */
  readonly date: string;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

const personLine = (person: Person): string =>
  `${person.name.replaceAll(/[<>\n]/g, "")} <${person.email.replaceAll(/[<>\n]/g, "")}> ${Math.floor(Date.parse(person.date) / 1000)} +0000`;

/** A commit object. */
export function writeCommit(store: Store, commit: Commit): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personLine(commit.author)}`,
    `committer ${personLine(commit.committer)}`,
  ];
  return writeObject(store, "commit", Buffer.from(`${lines.join("\n")}\n\n${commit.message}`));
}

function personOf(text: string): Person {
  const [, name = "", email = "", seconds = "0"] = /^(.*?) ?<(.*)> (\d+) [+-]\d{4}$/.exec(text) ?? [];
  return { name, email, date: isoOf(Number(seconds) * 1000) };
}

/** A time as GitHub prints it: UTC, no fractions. */
export const isoOf = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");

/** Reads a commit object. */
export function parseCommit(data: Buffer): Commit {
  const text = data.toString("utf8");
  const cut = text.indexOf("\n\n");
  const head = text.slice(0, cut).split("\n");
  const value = (key: string): string =>
    head
      .find((line) => line.startsWith(`${key} `))
      ?.slice(key.length + 1)
      .trim() ?? "";
  return {
    tree: value("tree"),
    parents: head.filter((line) => line.startsWith("parent ")).map((line) => line.slice(7)),
    author: personOf(value("author")),
    committer: personOf(value("committer")),
    message: text.slice(cut + 2),
  };
}
