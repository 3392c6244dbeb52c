import { matchesGlob } from "../glob.ts";

const mostNamed = 3;

/** The files among these that a pattern names, at most three, in their order; a submodule is a file in the place of a folder. */
export function touched(files: readonly string[], patterns: readonly string[]): string[] {
  const plain = patterns.map((pattern) => pattern.replace(/\*{2,}\/?/g, "*"));
  return [...new Set(files)]
    .filter((file) => plain.some((pattern) => matchesGlob(pattern, file) || matchesGlob(pattern, `${file}/`)))
    .slice(0, mostNamed);
}

/** What of a pattern stands before its first wildcard, cut at a folder: what a code host can be asked for. */
export function prefixOf(pattern: string): string {
  const [before = "", ...rest] = pattern.split("*");
  return (rest.length === 0 ? before : before.slice(0, before.lastIndexOf("/") + 1)).replace(/\/$/, "");
}
