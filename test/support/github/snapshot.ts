import { readBranch } from "./git/refs.ts";
import { repoHandle } from "./repo-handle.ts";
import { type CheckRun, fullName, type Issue, type State } from "./state.ts";

const withoutShas = (text: string | null) => text?.replaceAll(/\b[0-9a-f]{40}\b/g, "(sha)") ?? null;
const countOf = (runs: readonly CheckRun[], name: string) => runs.filter((run) => run.name === name).length;

/** What can be seen of an issue or pull request, without ids, times and SHAs. */
function talk(issue: Issue) {
  const { pull } = issue;
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body,
    by: issue.user.login,
    state: issue.state,
    reason: issue.stateReason,
    locked: issue.locked,
    labels: issue.labels.map((label) => label.name).toSorted(),
    assignees: issue.assignees.map((user) => user.login).toSorted(),
    comments: issue.comments.map((comment) => ({ by: comment.user.login, body: withoutShas(comment.body) })),
    ...(pull === null
      ? {}
      : {
          head: `${fullName(pull.headRepo)}:${pull.headRef}`,
          base: pull.baseRef,
          draft: pull.draft,
          merged: pull.merge !== null,
          reviewers: pull.reviewers.map((user) => user.login).toSorted(),
          reviews: pull.reviews.map((review) => ({ by: review.user.login, state: review.state, body: review.body })),
        }),
  };
}

/**
 * All that a person could see in every repository, as plain data without ids, times and SHAs: two runs that led to the same
 * end have equal snapshots. Check runs stand with the branch whose head they are on, the newest of each name with the number of them.
 */
export async function snapshot(state: State): Promise<Record<string, unknown>> {
  const repos: Record<string, unknown> = {};
  for (const repo of state.repos) {
    const handle = repoHandle(state, fullName(repo));
    await handle.pulls();
    const branches: Record<string, unknown> = {};
    for (const branch of Object.keys(await handle.branches())) {
      const head = readBranch(repo.store, branch);
      const runs = repo.checkRuns.filter((run) => run.headSha === head);
      const statuses = repo.statuses.filter((status) => status.sha === head);
      branches[branch] = {
        files: await handle.files(branch),
        log: await handle.log(branch),
        checks: Object.fromEntries(
          runs.map(({ name, conclusion, output, annotations }) => [
            name,
            { conclusion, output: { ...output, summary: withoutShas(output.summary) }, annotations, runs: countOf(runs, name) },
          ]),
        ),
        statuses: Object.fromEntries(statuses.map((status) => [status.context, status.state])),
      };
    }
    const issues = repo.issues.filter((issue) => issue.gone === null).map(talk);
    const labels = repo.labels
      .map(({ name, color, description }) => ({ name, color, description }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    repos[fullName(repo)] = { branches, issues, labels };
  }
  return repos;
}
