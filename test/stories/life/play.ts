import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Day } from "../../../src/core/day.ts";
import type { Clone } from "../../support/people/clone.ts";
import { fillIn } from "../../support/people/fill.ts";
import { type Said, type Stage, openStage } from "../../support/people/stage.ts";
import { costsBefore } from "./costs.ts";
import type { StoryWeek } from "./weeks.ts";

const owners = "owners: { engineering: { login: octocat }, product: { login: hubot } }\n";

/** A repository with a plan, two owners, and a boss who decides. */
export function openLife(): Promise<Stage> {
  return openStage({
    repository: "acme/costs",
    roles: { octocat: "write", hubot: "write", boss: "admin" },
    files: {
      "config/overpace.yaml": `${owners}sources: [{ type: focus, path: costs/*.csv }]\n`,
      "config/plan.yaml": 'currency: USD\nmonths: { "2026-09": 4600, "2026-10": 5400, "2026-11": 4300, "2026-12": 4300 }\n',
      ".gitignore": "/costs/\n",
    },
    now: "2026-10-04T09:00:00Z",
    costs: { path: "costs/export.csv", textOn: costsBefore },
  });
}

export const fileOf = ({ id }: StoryWeek): string => `reviews/2026/${id}.md`;
export const branchOf = ({ id }: StoryWeek): string => `overpace/${id}`;

function jsonOf({ code, out }: Said, expected: number): Record<string, unknown> {
  if (code !== expected) throw new Error(`overpace ended with ${code} instead of ${expected}:\n${out}`);
  return JSON.parse(out) as Record<string, unknown>;
}

/** The rules that `overpace check` names in the clone of a person, with their severity where they are no open points. */
async function remarks({ desk, overpace }: Stage, at: string, code: number): Promise<string[]> {
  const { findings } = jsonOf(await overpace(desk, ["check", "--json"], at), code);
  const rules = (findings as { rule: string; severity: string }[]).map(({ rule, severity }) =>
    severity === "todo" ? rule : `${severity} ${rule}`,
  );
  return [...new Set(rules)].toSorted();
}

/** Marks a pull request as ready, approves it and merges it. */
export async function merge({ github, repository }: Stage, number: number, at: string, method: StoryWeek["method"]): Promise<string> {
  github.setTime(at);
  for (const { number: other, pull } of await github.repo(repository).pulls()) if (other === number && pull) pull.draft = false;
  await github.as("hubot").approve(repository, number);
  return github.as("hubot").merge(repository, number, method);
}

export interface Synced {
  /** Created, updated, closed. */
  readonly did: readonly unknown[];
  readonly problems: unknown;
}

/** What the push to the default branch starts; a second run must write nothing. */
export async function sync(stage: Stage, at: string): Promise<Synced> {
  const { github, job, overpace } = stage;
  github.setTime(at);
  await job.pull();
  const run = async () => jsonOf(await overpace(job, ["sync", "--publish", "github", "--json"], at), 0);
  const { created, updated, closed, problems } = await run();
  github.forget();
  const again = await run();
  const written = github.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
  if (written.length > 0) throw new Error(`the second sync writes: ${written.join(", ")}`);
  if (JSON.stringify(again["problems"]) !== JSON.stringify(problems)) throw new Error("the second sync says something else");
  return { did: [created, updated, closed], problems };
}

/** Closes an issue as somebody, at a time. */
export async function closeIssue({ github, repository }: Stage, login: string, number: number, at: string): Promise<void> {
  github.setTime(at);
  await github.as(login).closeIssue(repository, number);
}

/** A person edits a file on the default branch by hand; gives the commit. */
export async function editOnMain(
  { github, desk }: Stage,
  week: StoryWeek,
  [from, to]: readonly [string, string],
  at: string,
): Promise<string> {
  github.setTime(at);
  await desk.pull();
  const path = join(desk.folder, fileOf(week));
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${week.id} does not say ${from}`);
  writeFileSync(path, text.replace(from, to));
  return desk.push("main", `Edit ${week.id}`, at);
}

/** What the button Revert does: a commit that takes another back, its pull request, and the merge. Gives both commits. */
export async function revert(stage: Stage, commit: string, branch: string, at: string, method: StoryWeek["method"]) {
  const { desk, github, repository } = stage;
  github.setTime(at);
  const reverted = await desk.revert(commit, branch, at);
  const { body } = await github.as("octocat").request("POST", `/repos/${repository}/pulls`, { title: branch, head: branch, base: "main" });
  const merged = await merge(stage, (body as { number: number }).number, at, method);
  return { reverted, merged };
}

/** What a week left behind: ids of commits, what was open in the draft, what sync did. */
export interface Played {
  readonly created: string;
  readonly held: string;
  readonly merged: string;
  /** The review as the tool wrote it. */
  readonly draft: string;
  readonly todo: readonly string[];
  readonly sync: Synced;
}

/** The weekly job: fresh checkout, fresh export, one run. Gives the number of the pull request. */
export async function propose(stage: Stage, { date }: StoryWeek): Promise<number> {
  const { github, job, overpace, exportCosts } = stage;
  const at = `${date}T06:17:00Z`;
  github.setTime(at);
  await job.pull();
  exportCosts(date);
  const { pr } = jsonOf(await overpace(job, ["weekly", "--publish", "github", "--as-of", date, "--json"], at), 0);
  return Number(String(pr).split("/").at(-1));
}

/** People fill in the review in their clone, hold it and push; gives the commit. */
async function hold(stage: Stage, week: StoryWeek, draft: string): Promise<string> {
  const { desk, github } = stage;
  const path = join(desk.folder, fileOf(week));
  if (week.first) {
    writeFileSync(path, fillIn(draft, week.first));
    await desk.push(branchOf(week), "A first try", `${week.date}T13:10:00Z`);
  }
  writeFileSync(path, fillIn(draft, week.words));
  const at = `${week.date}T13:30:00Z`;
  const open = await remarks(stage, at, 0);
  if (open.length > 0) throw new Error(`check still remarks on ${week.id}: ${open.join(", ")}`);
  github.setTime(at);
  return (week.first ? desk.replace : desk.push)(branchOf(week), `Hold the review ${week.id}`, at);
}

/** A whole week: proposed, checked, filled in, checked, merged, synced twice. */
export async function playWeek(stage: Stage, week: StoryWeek): Promise<Played> {
  const { github, desk, repository } = stage;
  const number = await propose(stage, week);
  const created = github.repo(repository).head(branchOf(week)) ?? "";
  await desk.checkout(branchOf(week));
  const todo = await remarks(stage, `${week.date}T13:00:00Z`, 1);
  const draft = readFileSync(join(desk.folder, fileOf(week)), "utf8");
  const held = await hold(stage, week, draft);
  const merged = await merge(stage, number, `${week.date}T14:00:00Z`, week.method);
  return { created, held, merged, draft, todo, sync: await sync(stage, `${week.date}T14:01:00Z`) };
}

/** What `overpace actions` prints in a clone at the review of a day. */
export async function actionsIn(clone: Clone, { overpace }: Stage, date: Day, ...words: string[]): Promise<string> {
  const { code, out } = await overpace(clone, ["actions", "--as-of", date, ...words], `${date}T15:00:00Z`);
  if (code !== 0) throw new Error(out);
  return out;
}
