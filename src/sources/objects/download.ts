import { createWriteStream } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as wait } from "node:timers/promises";
import { Problem } from "../../core/problem.ts";
import { sizeText } from "../../shell/progress.ts";
import { isPassing } from "./refusal.ts";
import type { ObjectStore, StoredObject } from "./store.ts";

const tries = 4;
const idle = 60_000;

/** An object that is to be on disk: `name` is how messages name it. */
export interface Wanted {
  readonly name: string;
  readonly store: ObjectStore;
  readonly object: StoredObject;
}

/** Where a download goes, how long a second of waiting is, and who is told of each chunk of bytes (fewer than none when a try failed). */
export interface Target {
  readonly path: string;
  readonly second: number;
  readonly told: (bytes: number) => void;
}

/** Writes an object to a file, whole or not at all; a connection that breaks is tried again. @throws what the client throws, or a Problem. */
export async function download({ name, store, object }: Wanted, { path, second, told }: Target): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    let bytes = 0;
    const counted = watched((size) => {
      bytes += size;
      told(size);
    });
    try {
      await pipeline(await store.open(object), counted, createWriteStream(path, { mode: 0o600 }));
      if (bytes === object.size) return;
      throw new Error(`${bytes} bytes arrived, ${object.size} were announced`);
    } catch (error) {
      told(-bytes);
      if (attempt === tries || !isPassing(error)) throw attempt === tries && bytes > 0 ? cutOff(name, error) : error;
      await wait(second * 2 ** attempt);
    }
  }
}

/** Lets bytes through and counts them; ends with an error when none come for a minute. */
function watched(count: (bytes: number) => void): Transform {
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      timer.refresh();
      count(chunk.length);
      done(null, chunk);
    },
    destroy(error, done) {
      clearTimeout(timer);
      done(error);
    },
  });
  const timer = setTimeout(() => stream.destroy(new Error(`nothing arrived for ${idle / 1000} seconds`)), idle);
  return stream;
}

function cutOff(name: string, cause: unknown): Problem {
  return new Problem(`${name} did not arrive whole in ${tries} tries: ${cause instanceof Error ? cause.message : String(cause)}.`, {
    remedy: "Try again later; nothing of this source was read.",
    place: { file: name },
    cause,
  });
}

const endings = [".csv.gz", ".parquet", ".csv", ".tsv.gz", ".tsv", ".txt.gz", ".txt", ".jsonl.gz", ".jsonl", ".ndjson.gz", ".ndjson"];
const moreEndings = [".json.gz", ".json", ".log.gz", ".log"];

/** A path of our own making: nothing of a key gets into it but one of a few endings. */
export function localPath(folder: string, number: number, key: string): string {
  const ending = [...endings, ...moreEndings].find((text) => key.toLowerCase().endsWith(text)) ?? "";
  return join(folder, `object-${number}${ending}`);
}

/** @throws Problem when the objects do not fit on the disk. */
export async function refuseTooLarge(folder: string, wanted: readonly Wanted[]): Promise<void> {
  const needed = wanted.reduce((sum, { object }) => sum + object.size, 0);
  const { bavail, bsize } = await statfs(folder);
  if (needed <= bavail * bsize) return;
  throw new Problem(`${wanted.length} objects of ${sizeText(needed)} do not fit into ${sizeText(bavail * bsize)} of free disk.`, {
    remedy: "Narrow path of this source (for example to the last months), or set RUNNER_TEMP to a folder with more room.",
    place: { file: wanted[0]?.name ?? "" },
  });
}
