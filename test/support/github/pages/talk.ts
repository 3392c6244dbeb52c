import type { FileChange } from "../git/diff.ts";
import { commitsOf, filesOfPull, mergeability } from "../merging.ts";
import { commitOf } from "../shapes/commit.ts";
import type { PullIssue } from "../shapes/pull.ts";
import { type CheckRun, fullName, type Issue, type Repo } from "../state.ts";
import { h, type Safe, safe } from "./html.ts";
import { markdown, type Place } from "./markdown.ts";

const stateOf = (issue: Issue): string => {
  if (issue.pull?.merge) return "merged";
  return issue.state === "open" && issue.pull?.draft ? "draft" : issue.state;
};

/** The badge of an issue or pull request. */
export const badge = (issue: Issue): Safe => h`<span class="state ${stateOf(issue)}">${stateOf(issue)}</span>`;

export const labels = (issue: Issue): Safe[] =>
  issue.labels.map(
    (label) => h`<span class="label" style="border-color:#${label.color.replaceAll(/[^0-9a-f]/gi, "")}">${label.name}</span>`,
  );

const box = (title: Safe, body: Safe): Safe => h`<div class="box"><h3>${title}</h3>${body}</div>`;

function said(repo: Repo, issue: Issue): Safe[] {
  const path = `/${fullName(repo)}`;
  const place = { page: `${path}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`, raw: null };
  const text = (body: string) =>
    h`<div>${body === "" ? safe("<p class=muted>No description provided.</p>") : markdown(body, place, path)}</div>`;
  const first = box(h`${issue.user.login} <span class="muted">opened this ${issue.createdAt}</span>`, text(issue.body ?? ""));
  const rest = [
    ...issue.comments.map((one) => ({
      at: one.createdAt,
      id: one.id,
      html: box(
        h`<span id="issuecomment-${one.id}">${one.user.login}</span> <span class="muted">commented ${one.createdAt}</span>`,
        text(one.body),
      ),
    })),
    ...issue.events.map((one) => ({ at: one.at, id: one.id, html: h`<p class="muted">${one.actor.login} · ${one.event} · ${one.at}</p>` })),
  ];
  return [first, ...rest.toSorted((a, b) => (a.at === b.at ? a.id - b.id : a.at < b.at ? -1 : 1)).map((one) => one.html)];
}

/** The head of both kinds of pages. */
const top = (issue: Issue): Safe =>
  h`<h1>${issue.title} <span class="muted">#${issue.number}</span></h1><p>${badge(issue)} ${labels(issue)}</p>`;

const names = (title: string, logins: readonly string[]): Safe | null =>
  logins.length === 0 ? null : h`<p>${title}: ${logins.join(", ")}</p>`;

const people = (issue: Issue): Safe | null =>
  names(
    "Assignees",
    issue.assignees.map((user) => user.login),
  );

/** The page of an issue. */
export const issuePage = (repo: Repo, issue: Issue): Safe =>
  h`${top(issue)}${people(issue)}<p class="muted">${issue.stateReason}</p>${said(repo, issue)}`;

const kindOf = (line: string): string =>
  line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : line.startsWith("@@") ? "hunk" : "";

export function fileBox(repo: Repo, branch: string, file: FileChange): Safe {
  const name = file.previous === null ? file.path : `${file.previous} → ${file.path}`;
  const counts = h`<span class="muted">${file.status}, +${file.additions} −${file.deletions}</span>`;
  const link = file.status === "removed" ? h`${name}` : h`<a href="/${fullName(repo)}/blob/${branch}/${file.path}">${name}</a>`;
  const lines = (file.patch ?? "Binary file").split("\n").slice(0, 2000);
  return box(h`${link} ${counts}`, h`<pre class="diff">${lines.map((line) => h`<span class="${kindOf(line)}">${line}</span>`)}</pre>`);
}

/** What a check run says. */
export const runBox = (run: CheckRun, place: Place): Safe =>
  box(
    h`<span id="check-${run.id}">${run.name}</span>: ${run.conclusion ?? run.status} ${run.output.title}`,
    h`<div>${markdown([run.output.summary, run.output.text].filter((text) => text !== null).join("\n\n"), place)}
        ${run.annotations.map((one) => h`<p>${one.annotation_level} · ${one.path}:${one.start_line} · ${one.message}</p>`)}</div>`,
  );

async function checks(repo: Repo, issue: PullIssue): Promise<Safe> {
  const { headSha } = issue.pull;
  const runs = repo.checkRuns.filter((run) => run.headSha === headSha);
  const statuses = repo.statuses.filter((status) => status.sha === headSha);
  const merging = issue.state === "open" ? await mergeability(repo, issue) : null;
  const place = { page: `/${fullName(repo)}/pull/${issue.number}`, raw: null };
  const shown = runs.map((run) => runBox(run, place));
  const rest = statuses.map((status) => h`<p>${status.context}: ${status.state} ${status.description}</p>`);
  return h`<h2>Checks</h2>${shown}${rest}${merging === null ? null : h`<p>Merging: ${merging.state}</p>`}`;
}

/** The page of a pull request: talk, checks, commits, files with their differences. */
export async function pullPage(repo: Repo, issue: PullIssue): Promise<Safe> {
  const { pull } = issue;
  const path = `/${fullName(repo)}`;
  const shas = await commitsOf(repo, issue);
  const commits = await Promise.all(
    shas.map(async (sha) => {
      const commit = await commitOf(repo, sha);
      const verified = repo.verified.has(sha) ? h` <span class="label">Verified</span>` : null;
      return h`<p><code>${sha.slice(0, 7)}</code> ${commit.message.split("\n")[0] ?? ""} <span class="muted">${commit.author.name}</span>${verified}</p>`;
    }),
  );
  const files = await filesOfPull(repo, issue);
  const branch = pull.merge === null ? pull.headRef : pull.headSha;
  const reviews = pull.reviews.map((review) => h`<p>${review.user.login}: ${review.state} ${review.body}</p>`);
  const asked = names(
    "Reviewers asked",
    pull.reviewers.map((user) => user.login),
  );
  return h`${top(issue)}
    <p class="muted">${issue.user.login} wants to merge ${shas.length} commits into
      <a href="${path}/tree/${pull.baseRef}">${pull.baseRef}</a> from <a href="${path}/tree/${pull.headRef}">${pull.headRef}</a></p>
    ${asked}${people(issue)}${said(repo, issue)}${reviews}${await checks(repo, issue)}
    <h2>Commits</h2>${commits}<h2>Files changed (${files.length})</h2>${files.map((file) => fileBox(repo, branch, file))}`;
}
