import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { expect, test } from "vitest";

/** The source as a house: in no folder do its files and folders import each other in a circle. The linter sees circles of single files. */

const source = join(import.meta.dirname, "../src");
const entries = readdirSync(source, { recursive: true, withFileTypes: true });
const folders = [
  "",
  ...entries.filter((entry) => entry.isDirectory()).map((entry) => relative(source, join(entry.parentPath, entry.name))),
];
const files = entries.filter(({ name }) => name.endsWith(".ts")).map((entry) => join(entry.parentPath, entry.name));

const imports = files.flatMap((from) =>
  [...readFileSync(from, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)"/g)].map(([, to = ""]) => ({ from, to: join(dirname(from), to) })),
);

/** What a folder holds directly, and which of it imports which. */
function arrowsIn(folder: string): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  const room = (file: string) => relative(join(source, folder), file).split(sep)[0] ?? "";
  for (const { from, to } of imports) {
    const [a, b] = [room(from), room(to)];
    if (a !== ".." && b !== ".." && a !== b) arrows.set(a, (arrows.get(a) ?? new Set()).add(b));
  }
  return arrows;
}

/** A way along the arrows from a place back to itself; empty without any. */
function circleFrom(start: string, arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const seen = new Set<string>();
  const walk = (at: string, way: readonly string[]): string[] => {
    for (const next of arrows.get(at) ?? []) {
      if (next === start) return [...way, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const found = walk(next, [...way, next]);
      if (found.length > 0) return found;
    }
    return [];
  };
  return walk(start, [start]);
}

test("imports are found at all", () => {
  expect(arrowsIn("").get("commands")).toContain("core");
  expect(
    circleFrom(
      "a",
      new Map([
        ["a", new Set(["b"])],
        ["b", new Set(["c"])],
        ["c", new Set(["a"])],
      ]),
    ),
  ).toEqual(["a", "b", "c", "a"]);
});

test.each(folders)("nothing in src/%s imports what imports it", (folder) => {
  const arrows = arrowsIn(folder);
  expect([...arrows.keys()].map((start) => circleFrom(start, arrows)).find((circle) => circle.length > 0)).toBeUndefined();
});
