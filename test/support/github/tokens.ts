import { createHash } from "node:crypto";
import { findUser, newId, type App, type Permissions, type State, type Token, type User } from "./state.ts";

/** Whose token: a person's (all they may do, or fewer permissions), that of Actions in a repository, or that of another app. */
export type Whose =
  | { readonly user: string; readonly permissions?: Permissions; readonly limit?: number }
  | { readonly actions: string; readonly permissions: Permissions; readonly limit?: number }
  | { readonly app: string; readonly permissions: Permissions; readonly repos?: readonly string[]; readonly limit?: number };

/** Text that looks random and is the same in every run. */
function noise(seed: string, length: number, alphabet: "hex" | "base64url"): string {
  let text = "";
  for (let part = 0; text.length < length; part++) text += createHash("sha512").update(`${seed} ${part}`).digest(alphabet);
  return text.slice(0, length);
}

/** An installation token as issued since 2026: `ghs_<app>_<JWT>`, about 520 characters, with dots. */
function installationToken(app: App, seed: string): string {
  const header = Buffer.from(JSON.stringify({ alg: "RS256", typ: "JWT" })).toString("base64url");
  return `ghs_${app.id}_${header}.${noise(`${seed} claims`, 260, "base64url")}.${noise(`${seed} signature`, 214, "base64url")}`;
}

function botOf(state: State, app: App): User {
  const login = `${app.slug}[bot]`;
  const known = findUser(state, login);
  if (known !== undefined) return known;
  const bot: User = { id: app.slug === "github-actions" ? 41_898_282 : newId(state), login, type: "Bot" };
  state.users.push(bot);
  return bot;
}

function appOf(state: State, slug: string): App {
  const known = state.tokens.find((token) => token.app?.slug === slug)?.app;
  if (known) return known;
  return slug === "github-actions"
    ? { id: 15_368, slug, name: "GitHub Actions" }
    : { id: newId(state), slug, name: slug.replace(/^./, (letter) => letter.toUpperCase()) };
}

/** Makes a token and remembers it. */
export function issueToken(state: State, whose: Whose): string {
  const seed = `token ${state.tokens.length}`;
  const token = "user" in whose ? personal(state, whose, seed) : installed(state, whose, seed);
  state.tokens.push(token);
  return token.value;
}

function personal(state: State, whose: Extract<Whose, { user: string }>, seed: string): Token {
  const user = findUser(state, whose.user);
  if (user === undefined) throw new Error(`there is no user ${whose.user}`);
  const value = whose.permissions === undefined ? `ghp_${noise(seed, 36, "hex")}` : `github_pat_${noise(seed, 82, "hex")}`;
  const permissions = whose.permissions ?? null;
  return { value, kind: "user", user, app: null, permissions, repos: null, limit: whose.limit ?? 5000, used: 0 };
}

function installed(state: State, whose: Exclude<Whose, { user: string }>, seed: string): Token {
  const actions = "actions" in whose;
  const app = appOf(state, actions ? "github-actions" : whose.app);
  const repos = actions ? [whose.actions] : (whose.repos ?? null);
  return {
    value: installationToken(app, seed),
    kind: actions ? "actions" : "app",
    user: botOf(state, app),
    app,
    permissions: whose.permissions,
    repos: repos?.map((name) => name.toLowerCase()) ?? null,
    limit: whose.limit ?? (actions ? 1000 : 5000),
    used: 0,
  };
}
