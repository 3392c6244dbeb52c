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

/** Ids stand several times in the front matter, which has an end: a longer slug is cut. */
const longestSlug = 600;

function shortened(text: string): string {
  return text.length <= longestSlug ? text : text.slice(0, longestSlug).replace(/[\uD800-\uDBFF]$/, "");
}

/** A slug for each name; names whose slugs are equal, empty or longer than 600 characters get `~` and six hex of the SHA-256 of the name. */
export function slugs(names: Iterable<string>): Map<string, string> {
  const all = [...new Set(names)];
  const count = new Map<string, number>();
  for (const name of all) count.set(slug(name), (count.get(slug(name)) ?? 0) + 1);
  return new Map(
    all.map((name) => {
      const plain = slug(name);
      const short = shortened(plain);
      return [name, plain !== "" && count.get(plain) === 1 && short === plain ? plain : `${short}~${sha256Hex(name).slice(0, 6)}`];
    }),
  );
}
