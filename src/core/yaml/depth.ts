import type { CST } from "yaml";

/** What people write by hand is never nested deeper than this; what reads the tree may call itself once a level. */
const deepest = 100;

function partsOf(token: CST.Token): CST.Token[] {
  if (token.type === "document") return token.value ? [token.value] : [];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value]).filter((part) => part !== null && part !== undefined);
}

/** The offset of the first list or map that is nested too deep, or null. Walks with a list of its own, whatever the depth. */
export function tooDeepAt(tokens: readonly CST.Token[]): number | null {
  const waiting = tokens.map((token) => ({ token, depth: 0 }));
  let first: number | null = null;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepest && "items" in token) first = Math.min(first ?? token.offset, token.offset);
    else for (const part of partsOf(token)) waiting.push({ token: part, depth: depth + 1 });
  }
  return first;
}
