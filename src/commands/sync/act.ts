import { resolve } from "node:path";
import type { Issue, IssueChange } from "../../core/issue.ts";
import { type Wanted, goneChange, issueChange, newIssue, questionsOf, wantedOf } from "../../document/issue/change.ts";
import { driftOf } from "../../document/issue/drift.ts";
import type { LatestAction } from "../../document/issue/latest.ts";
import { actionMarker, damageIn } from "../../document/issue/machine-part.ts";
import type { Refused, Tracker } from "../../forges/forge.ts";
import { changedAt } from "../../shell/git.ts";
import type { Pair, Standing } from "./gather.ts";

/** What became of one issue. */
export interface Done {
  readonly id: string;
  readonly title: string;
  readonly did: "created" | "updated" | "closed" | "unchanged";
  /** Null for one that would be created. */
  readonly issue: number | null;
  readonly state: Issue["status"];
}

/** What the writing of one run needs; `problems` grows. */
export interface Desk {
  readonly tracker: Tracker;
  readonly cwd: string;
  readonly dryRun: boolean;
  readonly problems: string[];
  /** Asks once for each login. */
  readonly isAssignable: (login: string) => Promise<boolean>;
  /** Writes that were tried, and those that were refused. */
  readonly writes: { tried: number; refused: number };
}

/** Hands a write on; a refusal becomes a problem and null. */
async function tried(desk: Desk, what: string, write: () => Promise<Issue | Refused>): Promise<Issue | null> {
  desk.writes.tried++;
  const ended = await write();
  if (!("refused" in ended)) return ended;
  desk.writes.refused++;
  desk.problems.push(`${what}: ${ended.refused}`);
  return null;
}

const has = ({ assignees }: Issue, login: string) => assignees.some((one) => one.toLowerCase() === login.toLowerCase());

/** GitHub drops labels and assignees that a token may not set without a word: the answer is read back. */
async function readBack(desk: Desk, wanted: Wanted, issue: Issue): Promise<void> {
  const { id, login } = wanted;
  if (!issue.labelled) desk.problems.push(`${id}: issue #${issue.number} was made without its labels: the token may not set them`);
  if (login === null || has(issue, login)) return;
  desk.problems.push(`${id}: ${login} was not assigned to issue #${issue.number}: the token may not assign`);
  const { body } = newIssue(wanted, false);
  await tried(desk, `${id}: issue #${issue.number} could not be changed`, () => desk.tracker.update(issue.number, { body }));
}

async function create(desk: Desk, wanted: Wanted, assignable: boolean): Promise<Done[]> {
  const done = { id: wanted.id, title: wanted.title, did: "created" as const, state: "open" as const };
  if (desk.dryRun) return [{ ...done, issue: null }];
  const issue = await tried(desk, `${wanted.id}: no issue could be made`, () =>
    desk.tracker.create({ ...newIssue(wanted, assignable), marker: actionMarker(wanted.id) }),
  );
  if (issue === null) return [];
  await readBack(desk, assignable ? wanted : { ...wanted, login: null }, issue);
  return [{ ...done, issue: issue.number }];
}

/** Applies a change, null for none. */
async function apply(desk: Desk, id: string, issue: Issue, change: IssueChange | null): Promise<Done> {
  const { number, status: state, title } = issue;
  const same: Done = { id, title, did: "unchanged", issue: number, state };
  if (change === null) return same;
  const isClosing = change.status === "done" || change.status === "dropped";
  const changed: Done = { ...same, title: change.title ?? title, did: isClosing ? "closed" : "updated", state: change.status ?? state };
  if (desk.dryRun) return changed;
  const after = await tried(desk, `${id}: issue #${number} could not be changed`, () => desk.tracker.update(number, change));
  if (after === null) return same;
  const missing = (change.assignees ?? []).filter((login) => !has(after, login));
  for (const login of missing) desk.problems.push(`${id}: ${login} was not assigned to issue #${number}: the token may not assign`);
  return changed;
}

/** Whether a file that names the action changed after its issue was closed; without git every edit counts. */
async function isLater({ cwd }: Desk, { paths }: LatestAction, { closedAt }: Issue): Promise<boolean> {
  const times = await Promise.all(paths.map((path) => changedAt(resolve(cwd, path))));
  const known = times.filter((time) => time !== null);
  return known.length === 0 || closedAt === null || known.some((time) => Date.parse(time) > Date.parse(closedAt));
}

function sayUnassignable(desk: Desk, id: string, login: string): void {
  desk.problems.push(`${id}: ${login} cannot be assigned to issues: give them access to ${desk.tracker.name}, or name another person`);
}

async function bring(desk: Desk, { latest, issue }: Pair): Promise<Done[]> {
  const wanted = wantedOf(latest, desk.tracker.link);
  const { id, login } = wanted;
  if (issue === null) {
    const assignable = login !== null && (await desk.isAssignable(login));
    if (login !== null && !assignable) sayUnassignable(desk, id, login);
    return create(desk, wanted, assignable);
  }
  const asked = questionsOf(wanted, issue);
  const assignable = asked.assignable !== null && (await desk.isAssignable(asked.assignable));
  if (asked.assignable !== null && !assignable) sayUnassignable(desk, id, asked.assignable);
  const answers = {
    later: asked.later && (await isLater(desk, latest, issue)),
    assignable,
    reason: asked.reason ? await desk.tracker.closingComment(issue) : null,
  };
  const change = issueChange(wanted, issue, answers);
  desk.problems.push(...driftOf(latest, issue, change?.status ?? issue.status));
  return [await apply(desk, id, issue, change)];
}

/** An issue whose markers people damaged is said and left alone; the others go on. */
async function unlessDamaged(desk: Desk, id: string, issue: Issue | null, act: () => Promise<Done[]>): Promise<Done[]> {
  const damage = issue === null ? null : damageIn(issue);
  if (issue === null || damage === null) return act();
  desk.problems.push(`${id}: issue #${issue.number} is left as it is: ${damage}`);
  return [{ id, title: issue.title, did: "unchanged", issue: issue.number, state: issue.status }];
}

/** The numbers that no review says yet. */
function numbersOf({ pairs }: Standing, done: readonly Done[]): Map<string, number> {
  const numbers = new Map(done.flatMap(({ id, issue }) => (issue === null ? [] : [[id, issue] as const])));
  const open = pairs.filter(({ latest }) => latest.status === "open" && latest.issue === null);
  return new Map(
    open.flatMap(({ latest: { action } }) => (numbers.has(action.id) ? [[action.id, numbers.get(action.id) ?? 0] as const] : [])),
  );
}

/** Makes, changes and closes issues, one after the other. */
export async function actOn(desk: Desk, standing: Standing): Promise<Done[]> {
  const done: Done[] = [];
  for (const pair of standing.pairs) done.push(...(await unlessDamaged(desk, pair.latest.action.id, pair.issue, () => bring(desk, pair))));
  for (const { id, issue } of standing.gone)
    done.push(...(await unlessDamaged(desk, id, issue, async () => [await apply(desk, id, issue, goneChange(id, issue))])));
  if (desk.dryRun) return done;
  const refused = await desk.tracker.remember(numbersOf(standing, done));
  if (refused) desk.problems.push(`the numbers of new issues could not be kept with the label: ${refused.refused}`);
  return done;
}
