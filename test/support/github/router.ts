import type { Route } from "./call.ts";

/** Parameters that may hold slashes, written or encoded. */
const long = new Set(["ref", "path", "basehead", "branch", "name"]);

interface Matcher {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

function matcherOf(route: Route): Matcher {
  const names: string[] = [];
  const source = route.path.replaceAll(/\{(\w+)\}|([^{}]+)/g, (_, name: string | undefined, literal: string | undefined) => {
    if (name === undefined) return (literal ?? "").replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
    names.push(name);
    return long.has(name) ? (name === "path" ? "(.*)" : "(.+)") : "([^/]+)";
  });
  return { route, names, pattern: new RegExp(`^${source}/?$`) };
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds routes by method and path. */
export function routerOf(routes: readonly Route[]): (method: string, path: string) => Match | null {
  const matchers = routes.map(matcherOf);
  return (method, path) => {
    for (const { route, pattern, names } of matchers) {
      const found = route.method === method || (route.method === "GET" && method === "HEAD") ? pattern.exec(path) : null;
      if (found === null) continue;
      return { route, params: Object.fromEntries(names.map((name, at) => [name, decoded(found[at + 1] ?? "")])) };
    }
    return null;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
