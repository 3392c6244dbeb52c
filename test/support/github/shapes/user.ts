import { type App, atLeast, isCollaborator, type Repo, roleOf, type State, type User } from "../state.ts";

const nodeId = (kind: string, id: number): string => Buffer.from(`0:${kind}${id}`).toString("base64");

/** The id GraphQL uses for a thing. */
export const node = nodeId;

/** The path of a bot's page says so; its login has the suffix `[bot]`. */
const pageOf = (state: State, user: User): string =>
  user.type === "Bot" ? `${state.web}/apps/${user.login.replace(/\[bot\]$/, "")}` : `${state.web}/${user.login}`;

/** `simple-user`. */
export function userShape(state: State, user: User) {
  const url = `${state.api}/users/${encodeURIComponent(user.login)}`;
  return {
    login: user.login,
    id: user.id,
    node_id: nodeId(user.type, user.id),
    avatar_url: `${state.web}/avatars/u/${user.id}?v=4`,
    gravatar_id: "",
    url,
    html_url: pageOf(state, user),
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.type,
    user_view_type: "public",
    site_admin: false,
  };
}

export const userOrNull = (state: State, user: User | null | undefined) => (user ? userShape(state, user) : null);

/** `public-user`. */
export function profileShape(state: State, user: User) {
  const time = "2020-01-01T00:00:00Z";
  return {
    ...userShape(state, user),
    name: user.login,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    public_repos: state.repos.filter((repo) => repo.owner === user).length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: time,
    updated_at: time,
  };
}

/** `integration`: the app that did something, or null for a person. */
export function appShape(state: State, app: App | null) {
  if (app === null) return null;
  const owner = state.users[0];
  if (owner === undefined) return null;
  const time = "2020-01-01T00:00:00Z";
  return {
    id: app.id,
    slug: app.slug,
    client_id: `Iv1.${app.id}`,
    node_id: nodeId("Integration", app.id),
    owner: userShape(state, owner),
    name: app.name,
    description: "",
    external_url: `${state.web}/apps/${app.slug}`,
    html_url: `${state.web}/apps/${app.slug}`,
    created_at: time,
    updated_at: time,
    permissions: {},
    events: [],
  };
}

/** How a person stands to a repository, as issues and comments show it. */
export function associationOf(repo: Repo, user: User): string {
  if (user.id === repo.owner.id) return "OWNER";
  if (user.type === "Bot") return atLeast(roleOf(repo, user), "write") ? "CONTRIBUTOR" : "NONE";
  if (!isCollaborator(repo, user)) return "NONE";
  return repo.owner.type === "Organization" ? "MEMBER" : "COLLABORATOR";
}
