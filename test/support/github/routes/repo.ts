import { roleIn } from "../access.ts";
import { nothing, ok, read, type Route, textOf, write } from "../call.ts";
import { paged } from "../paging.ts";
import { notFound, refuse } from "../refusal.ts";
import { assignable, fullRepoShape } from "../shapes/repo.ts";
import { profileShape, userShape } from "../shapes/user.ts";
import { findUser, isCollaborator, type Role, roleOf } from "../state.ts";

const permissionOf = (role: Role): string => (role === "maintain" ? "write" : role === "triage" ? "read" : role);

const access = {
  none: { pull: false, triage: false, push: false, maintain: false, admin: false },
  read: { pull: true, triage: false, push: false, maintain: false, admin: false },
  triage: { pull: true, triage: true, push: false, maintain: false, admin: false },
  write: { pull: true, triage: true, push: true, maintain: false, admin: false },
  maintain: { pull: true, triage: true, push: true, maintain: true, admin: false },
  admin: { pull: true, triage: true, push: true, maintain: true, admin: true },
} satisfies Record<Role, object>;

/** The repository itself, who may do what in it, and the settings of Actions. */
export const repoRoutes: readonly Route[] = [
  read("metadata", "", ({ state, repo, token }) => ok(fullRepoShape(state, repo, roleIn(repo, token), token !== null))),
  read("metadata", "/assignees", (call) => paged(call, assignable(call.state, call.repo), (user) => userShape(call.state, user))),
  read("metadata", "/assignees/{assignee}", ({ state, repo, params }) => {
    const user = findUser(state, params["assignee"] ?? "");
    if (user === undefined || !isCollaborator(repo, user)) throw notFound();
    return nothing;
  }),
  read("metadata", "/collaborators/{username}", ({ state, repo, params, token }) => {
    if (token === null) throw refuse(401, "Requires authentication");
    const user = findUser(state, params["username"] ?? "");
    if (user === undefined || !isCollaborator(repo, user)) throw notFound();
    return nothing;
  }),
  read("metadata", "/collaborators/{username}/permission", ({ state, repo, params, token }) => {
    if (token === null) throw refuse(401, "Requires authentication");
    const user = findUser(state, params["username"] ?? "");
    if (user === undefined) throw refuse(404, `${params["username"]} is not a user`);
    const role = roleOf(repo, user);
    const shape = { ...userShape(state, user), role_name: role, permissions: access[role] };
    return ok({ permission: permissionOf(role), role_name: role, user: shape });
  }),
  read("administration", "/actions/permissions/workflow", ({ repo }) =>
    ok({ default_workflow_permissions: repo.defaultPermissions, can_approve_pull_request_reviews: repo.actionsMayCreatePulls }),
  ),
  write("PUT", "administration", "/actions/permissions/workflow", ({ repo, body }) => {
    const preset = textOf(body, "default_workflow_permissions");
    if (preset === "read" || preset === "write") repo.defaultPermissions = preset;
    const may = body["can_approve_pull_request_reviews"];
    if (typeof may === "boolean") repo.actionsMayCreatePulls = may;
    return nothing;
  }),
];

/** What the limits of a token are; asking costs nothing. */
const rateLimit: Route = {
  method: "GET",
  path: "/rate_limit",
  need: { area: "none", level: "read" },
  handle: ({ state, token }) => {
    const limit = token?.limit ?? 60;
    const used = Math.min(token?.used ?? 0, limit);
    const core = { limit, used, remaining: limit - used, reset: Math.floor(state.clock / 1000) + 3600 };
    const search = { limit: 30, used: 0, remaining: 30, reset: core.reset };
    return ok({ resources: { core, search, graphql: core }, rate: core });
  },
};

const user: Route = {
  method: "GET",
  path: "/users/{username}",
  need: { area: "none", level: "read" },
  handle: ({ state, params }) => {
    const user = findUser(state, params["username"] ?? "");
    if (user === undefined) throw notFound();
    return ok(profileShape(state, user));
  },
};

const me: Route = {
  method: "GET",
  path: "/user",
  need: { area: "none", level: "read" },
  handle: ({ state, token }) => {
    if (token === null) throw refuse(401, "Requires authentication");
    if (token.app !== null) throw refuse(403, "Resource not accessible by integration");
    return ok(profileShape(state, token.user));
  },
};

/** Routes outside a repository. */
export const globalRoutes: readonly Route[] = [rateLimit, user, me];
