import type { CheckRun, Repo, State, Status } from "../state.ts";
import { minimalPullShape, type PullIssue } from "./pull.ts";
import { apiOf, webOf } from "./repo.ts";
import { appShape, node, userShape } from "./user.ts";

/** `check-run`. */
export function checkShape(state: State, repo: Repo, run: CheckRun) {
  const url = `${apiOf(state, repo)}/check-runs/${run.id}`;
  const pulls = repo.issues.filter((issue): issue is PullIssue => issue.pull?.headSha === run.headSha && issue.state === "open");
  const page = `${webOf(state, repo)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: node("CheckRun", run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: run.app.id * 1000 },
    app: appShape(state, run.app),
    pull_requests: pulls.map((issue) => minimalPullShape(state, repo, issue)),
  };
}

/** `simple-commit-status`. */
export function simpleStatusShape(state: State, repo: Repo, status: Status) {
  return {
    url: `${apiOf(state, repo)}/statuses/${status.sha}`,
    avatar_url: userShape(state, status.creator).avatar_url,
    id: status.id,
    node_id: node("StatusContext", status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.at,
    updated_at: status.at,
  };
}

/** `status`. */
export const statusShape = (state: State, repo: Repo, status: Status) => ({
  ...simpleStatusShape(state, repo, status),
  creator: userShape(state, status.creator),
});
