import type { Change, Changes, ChangesQuery } from "../../core/causes/change.ts";
import { prefixOf, touched } from "../../core/causes/paths.ts";
import { type Day, contains } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import type { Client, Repository } from "./client.ts";
import { problemOf } from "./refusal.ts";

/** Bounds of the questions about one repository: 2 pages of pull requests and the files of 20, 2 lists, 5 folders, 10 commits twice. */
const mostPages = 2;
const mostPulls = 20;
const mostFolders = 5;
const mostCommits = 10;

interface Job {
  readonly client: Client;
  readonly at: Repository;
  readonly query: ChangesQuery;
}

const dayIn = (time: string | null | undefined): Day => (time ?? "").slice(0, 10);
const isWithin = ({ query }: Job, day: Day) => contains({ start: query.since, end: query.until }, day);
const nameOf = ({ at }: Job) => `${at.owner}/${at.repo}`;

/** Merged pull requests, the newest first; reviews of overpace itself are no cause of cost. */
async function mergedPulls(job: Job) {
  const { client, at, query } = job;
  const found = [];
  for (let page = 1; page <= mostPages; page++) {
    const { data } = await client.pulls.list({ ...at, state: "closed", sort: "updated", direction: "desc", per_page: 100, page });
    found.push(...data);
    if (data.length < 100 || dayIn(data.at(-1)?.updated_at) < query.since) break;
  }
  const merged = found.filter(({ merged_at: time, head }) => isWithin(job, dayIn(time)) && !head.ref.startsWith("overpace/"));
  return merged.sort((a, b) => ((a.merged_at ?? "") > (b.merged_at ?? "") ? -1 : 1)).slice(0, mostPulls);
}

async function ofPulls(job: Job, pulls: Awaited<ReturnType<typeof mergedPulls>>): Promise<Change[]> {
  const { client, at, query } = job;
  const changes: Change[] = [];
  for (const { number, title, merged_at: time } of pulls) {
    const files = query.paths.length === 0 ? [] : (await client.pulls.listFiles({ ...at, pull_number: number, per_page: 100 })).data;
    const paths = touched(
      files.map(({ filename }) => filename),
      query.paths,
    );
    changes.push({ kind: "pull-request", repository: nameOf(job), ref: `#${number}`, title, day: dayIn(time), paths });
  }
  return changes;
}

async function releases(job: Job): Promise<Change[]> {
  const { data } = await job.client.repos.listReleases({ ...job.at, per_page: 30 });
  return data
    .filter(({ draft, published_at: time }) => !draft && isWithin(job, dayIn(time)))
    .map(({ tag_name: ref, name, published_at: time }) => ({
      kind: "release",
      repository: nameOf(job),
      ref,
      title: name === ref ? "" : (name ?? ""),
      day: dayIn(time),
      paths: [],
    }));
}

/** The last deployment of each day to each environment that lasts. */
async function deployments(job: Job): Promise<Change[]> {
  const { data } = await job.client.repos.listDeployments({ ...job.at, per_page: 100 });
  const lasting = data.filter(({ transient_environment: transient, created_at: time }) => transient !== true && isWithin(job, dayIn(time)));
  const byDay = Map.groupBy(lasting, ({ environment, created_at: time }) => `${dayIn(time)} ${environment}`);
  return [...byDay.values()].flatMap(([last]) =>
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
}

/** Commits to the default branch that touched the paths and came with no pull request. */
async function commits(job: Job): Promise<Change[]> {
  const { client, at, query } = job;
  const shas = new Set<string>();
  for (const path of [...new Set(query.paths.map(prefixOf))].slice(0, mostFolders)) {
    const range = { since: `${query.since}T00:00:00Z`, until: `${query.until}T00:00:00Z` };
    const { data } = await client.repos.listCommits({ ...at, ...range, ...(path === "" ? {} : { path }), per_page: 30 });
    for (const { sha } of data) shas.add(sha);
  }
  const changes: Change[] = [];
  for (const ref of [...shas].slice(0, mostCommits)) {
    const { data: pulls } = await client.repos.listPullRequestsAssociatedWithCommit({ ...at, commit_sha: ref, per_page: 1 });
    if (pulls.length > 0) continue;
    const { data } = await client.repos.getCommit({ ...at, ref });
    const paths = touched(
      (data.files ?? []).map(({ filename }) => filename),
      query.paths,
    );
    const day = dayIn(data.commit.committer?.date);
    const title = data.commit.message.split("\n")[0] ?? "";
    if (paths.length > 0 && isWithin(job, day))
      changes.push({ kind: "commit", repository: nameOf(job), ref: ref.slice(0, 7), title, day, paths });
  }
  return changes;
}

/** The changes of one kind, or why they cannot be told. */
async function asked(doing: string, ask: () => Promise<Change[]>): Promise<Change[] | Problem> {
  try {
    return await ask();
  } catch (error) {
    const problem = problemOf(error, doing);
    if (problem instanceof Problem) return problem;
    throw error;
  }
}

/** What changed in each repository, by lists only; a list that is refused is named and leaves the others. */
export async function changesIn(client: Client, query: ChangesQuery): Promise<Changes> {
  const all = [];
  for (const name of query.repositories) {
    const [owner = "", repo = ""] = name.split("/");
    const job = { client, at: { owner, repo }, query };
    const parts = [
      await asked("reading pull requests", async () => ofPulls(job, await mergedPulls(job))),
      await asked("reading releases", () => releases(job)),
      await asked("reading deployments", () => deployments(job)),
      ...(query.paths.length === 0 ? [] : [await asked("reading commits", () => commits(job))]),
    ];
    const problems = parts.filter((part) => part instanceof Problem).map(({ message }) => message);
    const found = parts.flatMap((part) => (part instanceof Problem ? [] : part));
    all.push({ asked: { repository: name, problem: problems.length === 0 ? null : [...new Set(problems)].join("; ") }, found });
  }
  return { asked: all.map((one) => one.asked), found: all.flatMap(({ found }) => found) };
}
