import { type Change, type Changes, type ChangesQuery, spanOf } from "../../core/causes/change.ts";
import { prefixOf, touched } from "../../core/causes/paths.ts";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Client, Repository } from "./client.ts";
import { problemOf } from "./refusal.ts";

/** Bounds of the questions about one repository: 2 pages of pull requests and the files of 20, 2 lists, 5 folders, 10 commits twice. */
const perPage = 100;
const mostPages = 2;
const mostPulls = 20;
const mostFolders = 5;
const mostListed = 30;
const mostCommits = 10;
const mostReleases = 30;

interface Job {
  readonly client: Client;
  readonly at: Repository;
  readonly query: ChangesQuery;
}

const dayIn = (time: string | null | undefined): Day => (time ?? "").slice(0, 10);
const isWithin = ({ query }: Job, day: Day) => query.days.includes(day);
/** Whether a list ends with something of the days asked for, or later: more of them may stand on the next page. */
const goesOn = ({ query }: Job, time: string | null | undefined) => dayIn(time) >= spanOf(query).start;
const nameOf = ({ at }: Job) => `${at.owner}/${at.repo}`;

/** Changes of one kind, and what of it was not looked at. */
interface Part {
  readonly found: readonly Change[];
  readonly left: readonly string[];
}

/** Merged pull requests, the newest first; reviews of overpace itself are no cause of cost. */
async function mergedPulls(job: Job) {
  const { client, at } = job;
  const listed = [];
  let more = true;
  for (let page = 1; more && page <= mostPages; page++) {
    const { data } = await client.pulls.list({ ...at, state: "closed", sort: "updated", direction: "desc", per_page: perPage, page });
    listed.push(...data);
    more = data.length === perPage && goesOn(job, data.at(-1)?.updated_at);
  }
  const merged = listed.filter(({ merged_at: time, head }) => isWithin(job, dayIn(time)) && !head.ref.startsWith("overpace/"));
  return { merged: merged.sort((a, b) => ((a.merged_at ?? "") > (b.merged_at ?? "") ? -1 : 1)), more };
}
type Merged = Awaited<ReturnType<typeof mergedPulls>>;

interface File {
  readonly filename: string;
  readonly previous_filename?: string | undefined;
}

/** The configured files among these, by both names of one that was moved. */
function touchedOf(files: readonly File[], { query }: Job): string[] {
  return touched(
    files.flatMap(({ filename, previous_filename: before }) => (before === undefined ? [filename] : [filename, before])),
    query.paths,
  );
}

/** Pull requests with the configured files that they touched; of those beyond what may be asked, day and title alone. */
async function ofPulls(job: Job, { merged, more }: Merged): Promise<Part> {
  const { client, at, query } = job;
  const found: Change[] = [];
  const left = more ? [`only the ${mostPages * perPage} pull requests that moved last were looked at`] : [];
  for (const [index, { number, title, merged_at: time }] of merged.entries()) {
    const isAsked = query.paths.length > 0 && index < mostPulls;
    const files: readonly File[] = isAsked ? (await client.pulls.listFiles({ ...at, pull_number: number, per_page: perPage })).data : [];
    if (files.length === perPage) left.push(`only the first ${perPage} files of #${number} were looked at`);
    found.push({ kind: "pull-request", repository: nameOf(job), ref: `#${number}`, title, day: dayIn(time), paths: touchedOf(files, job) });
  }
  if (query.paths.length > 0 && merged.length > mostPulls)
    left.push(`only of the newest ${mostPulls} of ${merged.length} merged pull requests the files were looked at`);
  return { found, left };
}

async function releases(job: Job): Promise<Part> {
  const { data } = await job.client.repos.listReleases({ ...job.at, per_page: mostReleases });
  const found = data
    .filter(({ draft, published_at: time }) => !draft && isWithin(job, dayIn(time)))
    .map(({ tag_name: ref, name, published_at: time }): Change => ({
      kind: "release",
      repository: nameOf(job),
      ref,
      title: name === ref ? "" : (name ?? ""),
      day: dayIn(time),
      paths: [],
    }));
  const more = data.length === mostReleases && goesOn(job, data.at(-1)?.created_at);
  return { found, left: more ? [`only the newest ${mostReleases} releases were looked at`] : [] };
}

/** The last deployment of each day to each environment that lasts. */
async function deployments(job: Job): Promise<Part> {
  const { data } = await job.client.repos.listDeployments({ ...job.at, per_page: perPage });
  const lasting = data.filter(({ transient_environment: transient, created_at: time }) => transient !== true && isWithin(job, dayIn(time)));
  const byDay = Map.groupBy(lasting, ({ environment, created_at: time }) => `${dayIn(time)} ${environment}`);
  const found = [...byDay.values()].flatMap(([last]): Change[] =>
    last === undefined
      ? []
      : [
          {
            kind: "deployment",
            repository: nameOf(job),
            ref: last.environment,
            title: last.description ?? "",
            day: dayIn(last.created_at),
            paths: [],
          },
        ],
  );
  const more = data.length === perPage && goesOn(job, data.at(-1)?.created_at);
  return { found, left: more ? [`only the newest ${perPage} deployments were looked at`] : [] };
}

/** The ids of commits that touched the folders of the configured paths, whether there are more, and folders that were not looked at. */
async function commitIds({ client, at, query }: Job) {
  const folders = [...new Set(query.paths.map(prefixOf))];
  const { start, end } = spanOf(query);
  const range = { since: `${start}T00:00:00Z`, until: `${end}T00:00:00Z` };
  const ids = new Set<string>();
  const left = folders.length > mostFolders ? [`only of ${mostFolders} of ${folders.length} folders commits were looked at`] : [];
  let more = false;
  for (const path of folders.slice(0, mostFolders)) {
    const { data } = await client.repos.listCommits({ ...at, ...range, ...(path === "" ? {} : { path }), per_page: mostListed });
    for (const { sha } of data) ids.add(sha);
    more ||= data.length === mostListed;
  }
  return { ids, more, left };
}

/** Commits to the default branch that touched the paths and came with no pull request; those that merged one of these need no question. */
async function commits(job: Job, { merged }: Merged): Promise<Part> {
  const { client, at } = job;
  const { ids, more, left } = await commitIds(job);
  for (const { merge_commit_sha: sha } of merged) ids.delete(sha ?? "");
  const found: Change[] = [];
  for (const ref of [...ids].slice(0, mostCommits)) {
    const { data: pulls } = await client.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: ref, per_page: 1 });
    if (pulls.length > 0) continue;
    const { data } = await client.repos.getCommit({ ...at, ref });
    const paths = touchedOf(data.files ?? [], job);
    const day = dayIn(data.commit.committer?.date);
    const title = data.commit.message.split("\n")[0] ?? "";
    if (paths.length > 0 && isWithin(job, day))
      found.push({ kind: "commit", repository: nameOf(job), ref: ref.slice(0, 7), title, day, paths });
  }
  const looked = Math.min(ids.size, mostCommits);
  if (more || looked < ids.size) left.push(`only ${looked} of ${ids.size}${more ? " or more" : ""} commits were looked at`);
  return { found, left };
}

/** Why a list cannot be told. */
interface Refused {
  readonly what: string;
  readonly reason: string;
}

const isRefused = (answer: object): answer is Refused => "reason" in answer;

/** The answer to a question, or why it cannot be told. */
async function asked<T extends object>(what: string, ask: () => Promise<T>): Promise<T | Refused> {
  try {
    return await ask();
  } catch (error) {
    const doing = `reading ${what}`;
    const problem = problemOf(error, doing);
    if (problem instanceof Problem) return { what, reason: problem.message.slice(`${doing}: `.length) };
    throw error;
  }
}

/** All parts of one repository; which commits came with a pull request is known from these. */
async function partsOf(job: Job): Promise<(Part | Refused)[]> {
  const pulls = await asked("pull requests", () => mergedPulls(job));
  const merged = isRefused(pulls) ? { merged: [], more: false } : pulls;
  return [
    isRefused(pulls) ? pulls : await asked("pull requests", () => ofPulls(job, pulls)),
    await asked("releases", () => releases(job)),
    await asked("deployments", () => deployments(job)),
    ...(job.query.paths.length === 0 ? [] : [await asked("commits", () => commits(job, merged))]),
  ];
}

/** What of a repository could not be told, each reason once. */
function problemsOf(parts: readonly (Part | Refused)[]): string[] {
  const byReason = Map.groupBy(parts.filter(isRefused), ({ reason }) => reason);
  const refused = [...byReason].map(([reason, list]) => `reading ${list.map(({ what }) => what).join(", ")}: ${reason}`);
  return [...refused, ...parts.flatMap((part) => (isRefused(part) ? [] : part.left))];
}

/** What changed in each repository, by lists only; a list that is refused, or longer than is looked at, is named and leaves the others. */
export async function changesIn(client: Client, query: ChangesQuery): Promise<Changes> {
  const all = [];
  for (const name of query.repositories) {
    const [owner = "", repo = ""] = name.split("/");
    const parts = await partsOf({ client, at: { owner, repo }, query });
    const problems = problemsOf(parts);
    const found = parts.flatMap((part) => (isRefused(part) ? [] : part.found));
    all.push({ asked: { repository: name, problem: problems.length === 0 ? null : problems.join("; ") }, found });
  }
  return { asked: all.map((one) => one.asked), found: all.flatMap(({ found }) => found) };
}
