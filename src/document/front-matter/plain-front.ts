import { itemsOf, keysOf } from "../actions/lines.ts";
import { plainItem, plainMap } from "./plain-yaml.ts";

/** The value of one key with the lines below it; undefined where it is written in more than a plain way. */
function plainValue(name: string, text: string): unknown {
  const map = plainMap(text.split("\n"), 0);
  if (map) return map[name];
  const items = itemsOf(text, name)?.map((item) => plainItem(item.text, item.indent));
  return items && items.length > 0 && !items.includes(null) ? items : undefined;
}

/**
 * A front matter as the YAML parser gives it, read without one; null where any of it is written in more than a plain way. For reviews
 * that others look back on: there are many of them, and they were held.
 */
export function plainFront(front: string): Readonly<Record<string, unknown>> | null {
  const keys = front.includes("\r") || !/^(?:#.*\n)*[A-Za-z]/.test(front) ? null : keysOf(front);
  if (keys === null) return null;
  const values = [...keys].map(([name, text]) => [name, plainValue(name, text)] as const);
  return values.some(([, value]) => value === undefined) ? null : Object.fromEntries(values);
}
