import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillIn } from "../people/fill.ts";
import type { Said, Stage } from "../people/stage.ts";
import { repository } from "./stage.ts";
import { openWeek, type Week, weeks } from "./words.ts";

/** Prints one line of the story. */
export type Tell = (line: string) => void;

/** What the demo leaves to look at. */
export interface Addresses {
  readonly pull: string;
  readonly file: string;
  readonly list: string;
  readonly issues: string;
}

const fileOf = (id: string): string => `reviews/2026/${id}.md`;
const branchOf = (id: string): string => `overpace/${id}`;
const minute = (day: string, time: string): string => `${day}T${time}:00Z`;
const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

function expect(said: Said, code: number): Said {
  if (said.code !== code) throw new Error(`overpace ended with ${said.code} instead of ${code}:\n${said.out}`);
  return said;
}

const lastLine = ({ out }: Said): string => out.trimEnd().split("\n").at(-1) ?? "";

/** The weekly job: fresh checkout, fresh export, one run. */
async function weeklyRun({ github, job, overpace, exportCosts }: Stage, tell: Tell, run: { date: string; time: string; seen: string }) {
  const at = minute(run.date, run.time);
  github.setTime(at);
  await job.pull();
  exportCosts(run.seen);
  tell(`  ${run.time}  the cost export reaches to ${dayBefore(run.seen)}; the job runs: overpace weekly --publish github`);
  const said = expect(await overpace(job, ["weekly", "--publish", "github", "--as-of", run.date, "--json"], at), 0);
  const [, state] = /"state":"([^"]+)"/.exec(said.out) ?? [];
  const [, pull = ""] = /"pr":"([^"]+)"/.exec(said.out) ?? [];
  const [, title] = /"title":"([^"]+)"/.exec(said.out) ?? [];
  tell(`         ${state}: ${pull}\n         “${title}”`);
  return pull;
}

async function check({ desk, overpace }: Stage, tell: Tell, at: string, code: 0 | 1): Promise<void> {
  tell(`         overpace check: ${lastLine(expect(await overpace(desk, ["check"], at), code))}`);
}

/** What the push starts: the check of the pull request, which shows its result there. */
async function pullCheck({ github, job, pullCheck }: Stage, tell: Tell, branch: string, run: { pull: string; at: string; code: 0 | 1 }) {
  await job.checkout(branch);
  const number = Number(run.pull.split("/").at(-1));
  const sha = github.repo(repository).head(branch) ?? "";
  const said = expect(await pullCheck({ number, sha }, run.at), run.code);
  tell(`         its workflow runs overpace check --publish github: ${lastLine(said)}`);
}

/** A person opens the branch in their own clone, writes, and pushes. */
async function edit(stage: Stage, tell: Tell, week: Week, { message, pull }: { message: string; pull: string }): Promise<void> {
  const { desk, github } = stage;
  const [opened, pushed] = [minute(week.reviewDate, "13:00"), minute(week.reviewDate, "13:30")];
  github.setTime(opened);
  await desk.checkout(branchOf(week.id));
  tell(`  13:00  @octocat fetches ${branchOf(week.id)}`);
  await check(stage, tell, opened, 1);
  const path = join(desk.folder, fileOf(week.id));
  writeFileSync(path, fillIn(readFileSync(path, "utf8"), week.words));
  github.setTime(pushed);
  await desk.push(branchOf(week.id), message, pushed);
  tell(`  13:30  @octocat pushes: “${message}”`);
  await pullCheck(stage, tell, branchOf(week.id), { pull, at: pushed, code: week.words.meeting === null ? 1 : 0 });
}

/** What the browser's button “Ready for review” does, then an approval and the merge through the API. */
async function mergePull({ github }: Stage, tell: Tell, date: string, pull: string): Promise<void> {
  const number = Number(pull.split("/").at(-1));
  const product = github.as("hubot");
  github.setTime(minute(date, "14:00"));
  for (const issue of await github.repo(repository).pulls()) if (issue.number === number && issue.pull) issue.pull.draft = false;
  await product.approve(repository, number);
  await product.merge(repository, number);
  tell(`  14:00  @hubot marks it ready, approves and merges: the review is closed`);
}

/** What the push to the default branch starts: each open action is an issue. */
async function sync({ github, job, overpace }: Stage, tell: Tell, date: string): Promise<void> {
  const at = minute(date, "14:01");
  github.setTime(at);
  await job.pull();
  const { out } = expect(await overpace(job, ["sync", "--publish", "github"], at), 0);
  for (const line of out.trimEnd().split("\n").slice(0, -1)) tell(`         its workflow runs overpace sync: ${line}`);
}

/** The owner closes the issues of what is done, before the next review begins. */
async function closeIssues({ github }: Stage, tell: Tell, week: Week): Promise<void> {
  for (const id of week.words.meeting?.done ?? []) {
    const issue = github
      .repo(repository)
      .issues()
      .find(({ body }) => body?.includes(`<!-- overpace:action ${id} -->`));
    if (!issue) throw new Error(`there is no issue of ${id}`);
    github.setTime(minute(week.reviewDate, "05:30"));
    await github.as("octocat").closeIssue(repository, issue.number);
    tell(`  05:30  ${id} is done: @octocat closes its issue #${issue.number}`);
  }
}

async function heldWeek(stage: Stage, tell: Tell, week: Week): Promise<void> {
  const { reviewDate: date, id } = week;
  tell(`\n${id} · review of Monday ${date}`);
  await closeIssues(stage, tell, week);
  const pull = await weeklyRun(stage, tell, { date, time: "06:17", seen: date });
  await edit(stage, tell, week, { message: `Hold the review ${id}`, pull });
  await mergePull(stage, tell, date, pull);
  await sync(stage, tell, date);
}

/** The lines of the note that says which figures moved. */
function movedLines(review: string): string[] {
  const [, note = ""] = /<!-- overpace:changes -->\n([^]*?)<!-- \/overpace:changes -->/.exec(review) ?? [];
  return note.split("\n").filter((line) => line.startsWith("- "));
}

async function lastWeek(stage: Stage, tell: Tell): Promise<Addresses> {
  const { reviewDate: date, id, firstSeen } = openWeek;
  tell(`\n${id} · review of Monday ${date}, and the export is late`);
  const pull = await weeklyRun(stage, tell, { date, time: "06:17", seen: firstSeen });
  await edit(stage, tell, openWeek, { message: "Explain OpenAI before the meeting", pull });
  tell("         Sunday's costs arrive; somebody starts the job again");
  await weeklyRun(stage, tell, { date, time: "15:05", seen: date });
  const review = (await stage.github.repo(repository).read(fileOf(id), branchOf(id))) ?? "";
  tell("         The words of @octocat stand; a note below the summary says what moved:");
  for (const line of movedLines(review)) tell(`           ${line}`);
  return { pull, file: `${stage.home}/blob/${branchOf(id)}/${fileOf(id)}`, list: `${stage.home}/pulls`, issues: `${stage.home}/issues` };
}

/** Plays four weeks: three are held and merged, the fourth stays open for whoever looks. */
export async function play(stage: Stage, tell: Tell, stopped?: AbortSignal): Promise<Addresses> {
  tell(`A GitHub on this machine: ${stage.home} (configuration and plan, no review yet)`);
  for (const week of weeks) {
    stopped?.throwIfAborted();
    await heldWeek(stage, tell, week);
  }
  stopped?.throwIfAborted();
  return lastWeek(stage, tell);
}
