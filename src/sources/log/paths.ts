import { literal } from "../engine/literal.ts";

/** The keys that lead to a field: `usage.cost`, or the JSON pointer `/attributes/gen_ai.usage.cost` where a key holds a dot. */
export function keysOf(path: string): string[] {
  if (!path.startsWith("/")) return path.split(".");
  return path
    .slice(1)
    .split("/")
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The path as the pointer that the engine takes. */
export function pointerOf(path: string): string {
  return keysOf(path)
    .map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** Keys by the keys before them; a path ends in the type that it is read as. */
interface Tree extends Map<string, Tree | "DOUBLE" | "VARCHAR"> {}

/**
 * The types that make the engine read just these paths: null when the paths cannot stand side by side as columns, because one leads through
 * another, two differ in case alone, or one counts the items of a list.
 */
export function columnTypes(paths: readonly string[], numbers: ReadonlySet<string>): string | null {
  const tree: Tree = new Map();
  for (const path of paths) {
    const keys = keysOf(path);
    const last = keys.pop() ?? "";
    let node = tree;
    for (const key of keys) {
      const next = node.get(key) ?? new Map();
      if (typeof next === "string") return null;
      node.set(key, next);
      node = next;
    }
    if (node.has(last) || [...keys, last].some((key) => key === "" || /^\d+$/.test(key))) return null;
    node.set(last, numbers.has(path) ? "DOUBLE" : "VARCHAR");
  }
  return distinct(tree) ? `{${[...tree].map(([key, below]) => `${literal(key)}: ${literal(typeOf(below))}`).join(", ")}}` : null;
}

function distinct(tree: Tree): boolean {
  const keys = [...tree.keys()].map((key) => key.toLowerCase());
  return new Set(keys).size === keys.length && [...tree.values()].every((below) => typeof below === "string" || distinct(below));
}

const quoted = (key: string) => `"${key.replaceAll('"', '""')}"`;

function typeOf(below: Tree | string): string {
  return typeof below === "string" ? below : `STRUCT(${[...below].map(([key, next]) => `${quoted(key)} ${typeOf(next)}`).join(", ")})`;
}

/** The SQL of a path in those columns. */
export function columnSql(path: string): string {
  return keysOf(path).map(quoted).join(".");
}

/** What stands at a path in a parsed object; undefined for nothing. */
export function valueAt(value: unknown, path: string): unknown {
  let found = value;
  for (const key of keysOf(path)) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[key];
  }
  return found;
}

/** The text of a path in a parsed object, as the engine would give it; undefined for none, null and empty text. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = valueAt(value, path);
  if (found === null || found === undefined || found === "") return undefined;
  return typeof found === "object" ? JSON.stringify(found) : String(found);
}
