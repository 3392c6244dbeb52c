import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** SHA-256 of a text (UTF-8), in hex. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** Lower case; Unicode letters, digits and dots stay, every other run becomes one `-`. */
export function slug(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{Nd}.]+/gu, "-");
}

/** A slug for each name; names whose slugs are equal, or empty, get `~` and six hex of the SHA-256 of the name. */
export function slugs(names: Iterable<string>): Map<string, string> {
  const all = [...new Set(names)];
  const count = new Map<string, number>();
  for (const name of all) count.set(slug(name), (count.get(slug(name)) ?? 0) + 1);
  return new Map(
    all.map((name) => {
      const plain = slug(name);
      return [name, plain !== "" && count.get(plain) === 1 ? plain : `${plain}~${sha256Hex(name).slice(0, 6)}`];
    }),
  );
}
