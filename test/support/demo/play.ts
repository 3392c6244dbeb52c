import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillIn } from "./fill.ts";
import { repository, type Said, type Stage } from "./stage.ts";
import { openWeek, type Week, weeks } from "./words.ts";

/** Prints one line of the story. */
export type Tell = (line: string) => void;

/** What the demo leaves to look at. */
export interface Addresses {
  readonly pull: string;
  readonly file: string;
  readonly list: string;
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

/** A person opens the branch in their own clone, writes, and pushes. */
async function edit(stage: Stage, tell: Tell, week: Week, message: string): Promise<void> {
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
  await check(stage, tell, pushed, week.words.meeting === null ? 1 : 0);
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

async function heldWeek(stage: Stage, tell: Tell, week: Week): Promise<void> {
  const { reviewDate: date, id } = week;
  tell(`\n${id} · review of Monday ${date}`);
  const pull = await weeklyRun(stage, tell, { date, time: "06:17", seen: date });
  await edit(stage, tell, week, `Hold the review ${id}`);
  await mergePull(stage, tell, date, pull);
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
  await edit(stage, tell, openWeek, "Explain OpenAI before the meeting");
  tell("         Sunday's costs arrive; somebody starts the job again");
  await weeklyRun(stage, tell, { date, time: "15:05", seen: date });
  const review = (await stage.github.repo(repository).read(fileOf(id), branchOf(id))) ?? "";
  tell("         The words of @octocat stand; a note below the summary says what moved:");
  for (const line of movedLines(review)) tell(`           ${line}`);
  return { pull, file: `${stage.home}/blob/${branchOf(id)}/${fileOf(id)}`, list: `${stage.home}/pulls` };
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
