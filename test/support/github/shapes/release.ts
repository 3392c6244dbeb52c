import type { Deployment, Release, Repo, State } from "../state.ts";
import { apiOf, webOf } from "./repo.ts";
import { node, userShape } from "./user.ts";

/** `release`. */
export function releaseShape(state: State, repo: Repo, release: Release) {
  const [api, web] = [apiOf(state, repo), webOf(state, repo)];
  return {
    url: `${api}/releases/${release.id}`,
    html_url: `${web}/releases/tag/${release.tag}`,
    assets_url: `${api}/releases/${release.id}/assets`,
    upload_url: `${api}/releases/${release.id}/assets{?name,label}`,
    tarball_url: `${api}/tarball/${release.tag}`,
    zipball_url: `${api}/zipball/${release.tag}`,
    id: release.id,
    node_id: node("Release", release.id),
    tag_name: release.tag,
    target_commitish: repo.defaultBranch,
    name: release.name,
    body: null,
    draft: release.at === null,
    prerelease: false,
    immutable: false,
    created_at: release.at ?? repo.createdAt,
    updated_at: release.at ?? repo.createdAt,
    published_at: release.at,
    author: userShape(state, release.author),
    assets: [],
  };
}

/** `deployment`. */
export function deploymentShape(state: State, repo: Repo, deployment: Deployment) {
  const url = `${apiOf(state, repo)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: node("Deployment", deployment.id),
    sha: deployment.sha,
    ref: repo.defaultBranch,
    task: "deploy",
    payload: {},
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: userShape(state, deployment.creator),
    created_at: deployment.at,
    updated_at: deployment.at,
    statuses_url: `${url}/statuses`,
    repository_url: apiOf(state, repo),
    transient_environment: deployment.isTransient,
    production_environment: false,
    performed_via_github_app: null,
  };
}
