import { join } from "node:path";
import type { Day } from "../core/day.ts";
import { type LedgerFile, newestDay, parseLedgerName } from "../core/ledger/ledger.ts";
import { parseLedger } from "../core/ledger/parse.ts";
import { sha256Hex } from "../core/slug.ts";
import { namesIn, readText } from "./files.ts";
import { createHash } from "./node.ts";
import { type Tree, onDisk } from "./tree.ts";

/** A ledger file as it stands on disk. */
export interface StoredLedger extends LedgerFile {
  readonly text: string;
}

/** From here on Node's own hashing is worth loading. */
const longText = 64 * 1024;

/** The fingerprint of a ledger file's text that a review keeps, whatever line breaks a checkout gave it. */
export function ledgerHash(text: string): string {
  const plain = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  // Loading Node's hashes takes longer than hashing the ledger of a small team without them.
  const hash = plain.length < longText ? sha256Hex(plain) : createHash("sha256").update(plain).digest("hex");
  return hash.slice(0, 16);
}

/** Where the ledger stands: the folder of the reviews, and the same as shown. */
interface Place {
  readonly reviews: string;
  readonly shown: string;
}

/**
 * The ledger files under a folder of reviews, ordered by name. `names` gives the present names of renamed sources.
 * @throws Problem for a file that cannot be read, with file and line.
 */
export async function readLedger(reviews: string, shown: string, names: ReadonlyMap<string, string>): Promise<StoredLedger[]> {
  const files = (await namesIn(join(reviews, "ledger"))).filter((name) => parseLedgerName(name) !== null);
  const read = files.map(async (name) => {
    const file = join(shown, "ledger", name);
    const text = (await readText(join(reviews, "ledger", name), file)) ?? "";
    return { ...parseLedger(name, text, file, names), text };
  });
  return Promise.all(read);
}

/** A ledger whose files are read when they are asked for, each once however many reviews need it. */
export interface LedgerShelf {
  /** The names of all files, sorted. */
  readonly names: () => Promise<readonly string[]>;
  /** The hash of a file's text; null when there is none. */
  readonly hash: (name: string) => Promise<string | null>;
  /** A file taken apart. @throws Problem when it is no ledger file. */
  readonly take: (name: string) => Promise<LedgerFile>;
  /** The last day that anything in the file is about; empty text for an empty file. @throws Problem when it is no ledger file. */
  readonly newest: (name: string) => Promise<Day | "">;
}

/** More than a review needs, so that reviews checked in their order take each file apart once; others are let go. */
const mostTaken = 96;

/** Remembers what `make` gives for the last keys that were asked for. */
function remembering<T>(most: number, make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.delete(key);
    known.set(key, found);
    for (const oldest of known.keys()) if (known.size > most) known.delete(oldest);
    return found;
  };
}

/** Opens the ledger of a folder of reviews. */
export function ledgerShelf({ reviews, shown }: Place, names: ReadonlyMap<string, string>, tree: Tree = onDisk): LedgerShelf {
  const shownFile = (name: string) => join(shown, "ledger", name);
  const text = remembering(mostTaken, (name) => tree.read(join(reviews, "ledger", name), shownFile(name)));
  const take = remembering(mostTaken, async (name) => parseLedger(name, (await text(name)) ?? "", shownFile(name), names));
  let listed: Promise<readonly string[]> | undefined;
  return {
    names: () =>
      (listed ??= tree.names(join(reviews, "ledger")).then((all) => all.filter((name) => parseLedgerName(name) !== null).toSorted())),
    hash: remembering(Infinity, async (name) => {
      const found = await text(name);
      return found === null ? null : ledgerHash(found);
    }),
    take,
    newest: remembering(Infinity, async (name) => newestDay(await take(name))),
  };
}
