import type { Area, Repo, State, Token, User } from "./state.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** One request, parsed and let in. */
export interface Call {
  readonly state: State;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly accept: string;
  readonly body: Fields;
  /** Null: nobody signed in. */
  readonly token: Token | null;
}

/** A request of somebody about one repository they may see. */
export interface RepoCall extends Call {
  readonly repo: Repo;
}

export interface Answer {
  readonly status: number;
  /** JSON, or bytes as they are, or nothing. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a token needs: "read" and "write" of an area; `anyone` a reader; `issue` depends on whether the number is a pull request. */
export type Need =
  | { readonly area: Area | "issue"; readonly level: "read" | "write" | "triage" | "participate" }
  | { readonly area: "none"; readonly level: "read" };

export interface Route {
  readonly method: string;
  /** The template of GitHub's OpenAPI description. */
  readonly path: string;
  readonly need: Need;
  readonly handle: (call: RepoCall) => Answer | Promise<Answer>;
  /** Works in archived repositories although it does not read. */
  readonly global?: boolean;
}

type Handle = Route["handle"];

/** A route that everybody who sees the repository may use, if the token may read the area. */
export const read = (area: Area | "issue", path: string, handle: Handle): Route => ({
  method: "GET",
  path: `/repos/{owner}/{repo}${path}`,
  need: { area, level: "read" },
  handle,
});

/** A route that writes; `level` says which role a person needs: write, triage, or none but reading ("participate"). */
export const write = (
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  area: Area | "issue",
  path: string,
  handle: Handle,
  level: "write" | "triage" | "participate" = "write",
): Route => ({ method, path: `/repos/{owner}/{repo}${path}`, need: { area, level }, handle });

export const ok = (body: unknown, status = 200): Answer => ({ status, body });
export const nothing: Answer = { status: 204 };

/** The user a request acts as; routes that write always have one. */
export function actor(call: Call): User {
  if (call.token === null) throw new Error("a route that writes was reached without a token");
  return call.token.user;
}

export const textOf = (fields: Fields, key: string): string | undefined => {
  const value = fields[key];
  return typeof value === "string" ? value : undefined;
};
/** The texts of an array; objects count by their `name`. */
export const textsOf = (fields: Fields, key: string): string[] | undefined => {
  const value = fields[key];
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((one: unknown) =>
    typeof one === "string" ? [one] : isFields(one) && typeof one["name"] === "string" ? [one["name"]] : [],
  );
};
export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
