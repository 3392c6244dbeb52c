import type { Need } from "./call.ts";
import { notFound, Refusal, refuse } from "./refusal.ts";
import { type Area, atLeast, findIssue, findRepo, fullName, type Repo, type Role, roleOf, type State, type Token } from "./state.ts";

/** The token of an Authorization header; null without one. An unknown one is 401, as on GitHub. */
export function tokenOf(state: State, header: string | undefined): Token | null {
  if (header === undefined) return null;
  const [, scheme = "", rest = ""] = /^(\S+)\s+(\S+)\s*$/.exec(header) ?? [];
  const value = /^basic$/i.test(scheme)
    ? Buffer.from(rest, "base64")
        .toString("utf8")
        .replace(/^[^:]*:/, "")
    : rest;
  const token = /^(?:basic|bearer|token)$/i.test(scheme) ? state.tokens.find((token) => token.value === value) : undefined;
  if (token === undefined) throw refuse(401, "Bad credentials");
  return token;
}

const grants = (token: Token, area: Area, level: "read" | "write"): boolean => {
  if (token.permissions === null || area === "metadata") return true;
  const given = token.permissions[area];
  return given === "write" || given === level;
};

const notAccessible = (token: Token): Refusal =>
  refuse(403, token.app === null ? "Resource not accessible by personal access token" : "Resource not accessible by integration");

/** What a token may do in a repository: apps go by their permissions, people by their role. */
export function roleIn(repo: Repo, token: Token | null): Role {
  if (token === null) return repo.private ? "none" : "read";
  if (token.repos !== null && !token.repos.includes(fullName(repo).toLowerCase())) return repo.private ? "none" : "read";
  return token.app === null ? roleOf(repo, token.user) : "write";
}

/** The repository of a path, when the token may see it; else 404, so that nobody learns of private ones. */
export function visibleRepo(state: State, name: string, token: Token | null): Repo {
  const repo = findRepo(state, name);
  if (repo === undefined || roleIn(repo, token) === "none") throw notFound();
  return repo;
}

function areaOf(need: Need, repo: Repo, params: Readonly<Record<string, string>>): Area {
  if (need.area === "none") return "metadata";
  if (need.area !== "issue") return need.area;
  const comment = Number(params["comment_id"] ?? "0");
  const issue =
    findIssue(repo, Number(params["issue_number"] ?? "0")) ?? repo.issues.find((one) => one.comments.some(({ id }) => id === comment));
  return issue?.pull ? "pull_requests" : "issues";
}

/** Throws the refusal GitHub would send when this token may not use a route. */
export function checkAccess(need: Need, repo: Repo, token: Token | null, params: Readonly<Record<string, string>>): void {
  const area = areaOf(need, repo, params);
  const level = need.level === "read" ? "read" : "write";
  if (token === null) {
    if (level === "read" && area !== "administration" && need.area !== "workflows") return;
    throw refuse(401, "Requires authentication");
  }
  const role = roleIn(repo, token);
  const inside = token.repos === null || token.repos.includes(fullName(repo).toLowerCase());
  const open = level === "read" && !repo.private && area !== "administration" && token.kind !== "actions";
  if (!open && (!inside || !grants(token, area, level))) throw notAccessible(token);
  if (level === "write" && repo.archived) throw refuse(403, "Repository was archived so is read-only.");
  if (token.app !== null) return;
  const wanted: Role = area === "administration" ? "admin" : need.level === "participate" ? "read" : need.level;
  if (!atLeast(role, wanted))
    throw refuse(403, area === "administration" ? "Must have admin rights to Repository." : "Must have push access to repository");
}

/** Whether a token may set labels, assignees and the like of issues; without it GitHub drops them without a word. */
export function mayTriage(repo: Repo, token: Token | null, pull: boolean): boolean {
  if (token === null) return false;
  if (!grants(token, pull ? "pull_requests" : "issues", "write") && !grants(token, "issues", "write")) return false;
  return token.app !== null || atLeast(roleIn(repo, token), "triage");
}

/** Whether a token may read, or push to, the repository through git. */
export function mayGit(repo: Repo, token: Token | null, level: "read" | "write"): boolean {
  const role = roleIn(repo, token);
  if (level === "read") return role !== "none" && (token === null || !repo.private || grants(token, "contents", "read"));
  return token !== null && atLeast(role, "write") && grants(token, "contents", "write") && !repo.archived;
}
