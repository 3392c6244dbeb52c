import { shortList } from "../core/short-list.ts";
import { sizeOf } from "../shell/files.ts";
import { createHash, readStream } from "../shell/node.ts";

/** A file of a source; those of one `set` come from an export whose manifests name them, and are what they are. */
interface File {
  readonly path: string;
  readonly name: string;
  readonly set?: string | undefined;
}

/**
 * The files without second copies: the same export downloaded twice is one. Of equal bytes the first name stays, and a sentence names the others.
 * Empty files are left to whoever reads them.
 * @throws Problem for what is no file and may never end.
 */
export async function withoutCopies<T extends File>(files: readonly T[]): Promise<{ readonly files: T[]; readonly warnings: string[] }> {
  const bySize = Map.groupBy(files, (file) => sizeOf(file.path, file.name));
  const copies = new Map<T, T[]>();
  for (const [size, alike] of bySize) {
    const seen = new Map<string, T>();
    for (const file of alike.length > 1 && size > 0 ? alike : []) {
      const digest = await digestOf(file.path);
      const first = seen.get(digest);
      if (first === undefined) seen.set(digest, file);
      else if (file.set === undefined || file.set !== first.set) copies.set(first, [...(copies.get(first) ?? []), file]);
    }
  }
  const left = new Set([...copies.values()].flat());
  return {
    files: files.filter((file) => !left.has(file)),
    warnings: [...copies].map(([first, others]) => {
      const names = shortList(others.map(({ name }) => name));
      return others.length === 1
        ? `${names} is byte for byte ${first.name}: it is counted once.`
        : `${names} are byte for byte ${first.name}: they are counted once.`;
    }),
  };
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of readStream(path)) hash.update(part as Buffer);
  return hash.digest("hex");
}
