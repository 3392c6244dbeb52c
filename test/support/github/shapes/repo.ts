import { atLeast, fullName, isCollaborator, type Label, type Repo, type Role, type State } from "../state.ts";
import { node, userShape } from "./user.ts";

/** The address of a repository in the API. */
export const apiOf = (state: State, repo: Repo): string => `${state.api}/repos/${fullName(repo)}`;
/** The address of its page. */
export const webOf = (state: State, repo: Repo): string => `${state.web}/${fullName(repo)}`;

const apiLinks = (url: string) => ({
  url,
  archive_url: `${url}/{archive_format}{/ref}`,
  assignees_url: `${url}/assignees{/user}`,
  blobs_url: `${url}/git/blobs{/sha}`,
  branches_url: `${url}/branches{/branch}`,
  collaborators_url: `${url}/collaborators{/collaborator}`,
  comments_url: `${url}/comments{/number}`,
  commits_url: `${url}/commits{/sha}`,
  compare_url: `${url}/compare/{base}...{head}`,
  contents_url: `${url}/contents/{+path}`,
  contributors_url: `${url}/contributors`,
  deployments_url: `${url}/deployments`,
  downloads_url: `${url}/downloads`,
  events_url: `${url}/events`,
  forks_url: `${url}/forks`,
  git_commits_url: `${url}/git/commits{/sha}`,
  git_refs_url: `${url}/git/refs{/sha}`,
  git_tags_url: `${url}/git/tags{/sha}`,
  hooks_url: `${url}/hooks`,
  issue_comment_url: `${url}/issues/comments{/number}`,
  issue_events_url: `${url}/issues/events{/number}`,
  issues_url: `${url}/issues{/number}`,
  keys_url: `${url}/keys{/key_id}`,
  labels_url: `${url}/labels{/name}`,
  languages_url: `${url}/languages`,
  merges_url: `${url}/merges`,
  milestones_url: `${url}/milestones{/number}`,
  notifications_url: `${url}/notifications{?since,all,participating}`,
  pulls_url: `${url}/pulls{/number}`,
  releases_url: `${url}/releases{/id}`,
  stargazers_url: `${url}/stargazers`,
  statuses_url: `${url}/statuses/{sha}`,
  subscribers_url: `${url}/subscribers`,
  subscription_url: `${url}/subscription`,
  tags_url: `${url}/tags`,
  teams_url: `${url}/teams`,
  trees_url: `${url}/git/trees{/sha}`,
});

/** `minimal-repository`. */
export function minimalRepoShape(state: State, repo: Repo) {
  return {
    id: repo.id,
    node_id: node("Repository", repo.id),
    name: repo.name,
    full_name: fullName(repo),
    private: repo.private,
    owner: userShape(state, repo.owner),
    html_url: webOf(state, repo),
    description: null,
    fork: repo.parent !== null,
    ...apiLinks(apiOf(state, repo)),
  };
}

/** `repository`, as it stands inside a pull request. */
export function repoShape(state: State, repo: Repo) {
  const open = repo.issues.filter((issue) => issue.state === "open" && issue.gone === null).length;
  const web = webOf(state, repo);
  return {
    ...minimalRepoShape(state, repo),
    git_url: `git://${web.replace(/^https?:\/\//, "")}.git`,
    ssh_url: `git@127.0.0.1:${fullName(repo)}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    homepage: null,
    mirror_url: null,
    language: null,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    size: 0,
    default_branch: repo.defaultBranch,
    open_issues_count: open,
    is_template: false,
    topics: [],
    has_issues: repo.hasIssues,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: repo.archived,
    disabled: false,
    visibility: repo.private ? "private" : "public",
    pushed_at: repo.pushedAt,
    created_at: repo.createdAt,
    updated_at: repo.pushedAt,
    license: null,
    forks: 0,
    open_issues: open,
    watchers: 0,
  };
}

/** `full-repository`; settings of merging show only to those who push. */
export function fullRepoShape(state: State, repo: Repo, role: Role, signedIn: boolean): Record<string, unknown> {
  const may = (wanted: Role): boolean => atLeast(role, wanted);
  const permissions = { admin: may("admin"), maintain: may("maintain"), push: may("write"), triage: may("triage"), pull: may("read") };
  return {
    ...repoShape(state, repo),
    network_count: 0,
    subscribers_count: [...repo.roles.keys()].length,
    ...(signedIn ? { permissions } : {}),
    ...(repo.parent === null ? {} : { parent: repoShape(state, repo.parent), source: repoShape(state, repo.parent) }),
    ...(may("write") && signedIn
      ? {
          allow_squash_merge: repo.mergeMethods.includes("squash"),
          allow_merge_commit: repo.mergeMethods.includes("merge"),
          allow_rebase_merge: repo.mergeMethods.includes("rebase"),
          allow_auto_merge: false,
          delete_branch_on_merge: repo.deleteBranchOnMerge,
        }
      : {}),
  };
}

/** `label`. */
export const labelShape = (state: State, repo: Repo, label: Label) => ({
  id: label.id,
  node_id: node("Label", label.id),
  url: `${apiOf(state, repo)}/labels/${encodeURIComponent(label.name)}`,
  name: label.name,
  color: label.color,
  default: false,
  description: label.description,
});

/** The users who can be assigned. */
export const assignable = (state: State, repo: Repo) => state.users.filter((user) => isCollaborator(repo, user));
