import { basename, join, resolve } from "node:path";
import type { Issue } from "../../core/issue.ts";
import { Problem } from "../../core/problem.ts";
import { issuesByAction } from "../../document/issue/by-action.ts";
import { type LatestAction, type ReviewOfActions, latestActions } from "../../document/issue/latest.ts";
import { actionIn } from "../../document/issue/machine-part.ts";
import { readForActions } from "../../document/issue/read.ts";
import type { Tracker } from "../../forges/forge.ts";
import { repositoryAround } from "../../shell/git.ts";
import { type MarkdownFile, readMarkdown, reviewFile } from "../../shell/reviews.ts";
import type { Call } from "../command.ts";

/** An action with its issue; null where it has none yet. */
export interface Pair {
  readonly latest: LatestAction;
  readonly issue: Issue | null;
}

/** What stands in the files, and what stands on the code host. */
export interface Standing {
  readonly pairs: readonly Pair[];
  /** Issues of actions that no review holds any more. */
  readonly gone: readonly { readonly id: string; readonly issue: Issue }[];
  /** What cannot be brought together, in sentences. */
  readonly problems: readonly string[];
}

interface Files {
  readonly latest: readonly LatestAction[];
  /** False for an action that no readable file names, and no unreadable one may. */
  readonly mayHold: (id: string) => boolean;
  readonly problems: readonly string[];
}

/** Several files of one review: the one in its place comes last and wins, and one that is named as a review before any other. */
function inOrder(reviews: readonly { readonly review: ReviewOfActions; readonly named: boolean }[], folder: string): ReviewOfActions[] {
  const rank = (path: string, named: boolean) => (path === join(folder, reviewFile(basename(path, ".md"))) ? 2 : named ? 1 : 0);
  const key = ({ review: { front, path }, named }: (typeof reviews)[number]) =>
    `${front.period.end} ${front.review} ${rank(path, named)} ${path}`;
  return reviews.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ review }) => review);
}

/** What is checked out must be the default branch: what is decided elsewhere is not decided yet. */
async function isDefaultBranch({ world, reviews }: Call, { defaultBranch }: Tracker): Promise<boolean> {
  const around = async (folder: string) => repositoryAround(resolve(world.cwd, folder), defaultBranch);
  const repository = (await around(reviews)) ?? (await around("."));
  if (repository === null || repository === "unreadable") return false;
  if (!repository.onDefault && repository.standing !== null)
    throw new Problem(`the default branch ${defaultBranch} is not what is checked out`, {
      remedy: `run overpace sync on ${defaultBranch}: actions count once their review is merged`,
      kind: "usage",
    });
  return true;
}

/** Whether a review that cannot be read may decide an action, or answer one under `previous`. */
function maySpeakOf({ path, text }: MarkdownFile, id: string): boolean {
  const review = basename(path, ".md");
  return id.startsWith(`${review}-`) || (text === null ? id < review : text.includes(id));
}

/** What is said of reviews that came in before they were held: what they decide would be lost without a word. */
function draftProblems(reviews: readonly ReviewOfActions[]): string[] {
  return reviews.flatMap(({ path, front }) => {
    const open = (front.actions ?? []).filter(({ status }) => status === "open").length;
    if (front.state === "held" || open === 0) return [];
    const what =
      open === 1
        ? "1 open action has no issue and no later review carries it"
        : `${open} open actions have no issues and no later review carries them`;
    return [`${path} came in as a draft, so its ${what}: write state: held`];
  });
}

async function filesOf(call: Call, tracker: Tracker): Promise<Files> {
  const isDefault = await isDefaultBranch(call, tracker);
  const files = await readMarkdown(resolve(call.world.cwd, call.reviews), call.reviews);
  const read = (files ?? []).map((file) => ({ ...file, review: file.text === null ? null : readForActions(file.text, file.path) }));
  const unreadable = read.filter(({ review, named }) => named && review === null);
  const reviews = inOrder(
    read.flatMap(({ review, named }) => (review ? [{ review, named }] : [])),
    call.reviews,
  );
  const ids = new Set(reviews.flatMap(({ front }) => [...(front.actions ?? []), ...(front.previous ?? [])].map(({ id }) => id)));
  const isUnread = (id: string) => unreadable.some((file) => maySpeakOf(file, id));
  const nothing = reviews.length === 0 && unreadable.length === 0 && !isDefault;
  return {
    latest: latestActions(reviews)
      .filter(({ action }) => !isUnread(action.id))
      .toSorted((a, b) => (a.action.id < b.action.id ? -1 : 1)),
    mayHold: (id) => nothing || ids.has(id) || isUnread(id) || !/^\d{4}-W/.test(id),
    problems: [
      ...unreadable.map(
        ({ path }) => `${path} cannot be read, so the issues of actions that it names stay as they are: overpace check says what to mend`,
      ),
      ...(isDefault ? draftProblems(reviews) : []),
      ...(nothing ? [`there is no review below ${call.reviews}: name their folder with --reviews`] : []),
    ],
  };
}

/** An issue by its number, which a review or the code host knows; a sentence when it is not to be had, null when it is another's. */
async function known(tracker: Tracker, id: string, number: number): Promise<Issue | string | null> {
  const issue = await tracker.read(number);
  if (issue === null)
    return `${id}: its issue #${number} was deleted, or moved where the token may not look, and is not made again: set its status in the next review`;
  if (issue.elsewhere !== null)
    return `${id}: its issue #${number} was transferred to ${issue.elsewhere}#${issue.number}, where it is no longer kept up to date`;
  const other = actionIn(issue);
  return other === null || other === id ? issue : null;
}

/** Looks for the issues that the list does not hold: by number, then among those without our label. */
async function findMissing(
  tracker: Tracker,
  missing: readonly LatestAction[],
): Promise<{ found: Map<string, Issue | null>; problems: string[] }> {
  const found = new Map<string, Issue | null>();
  const problems: string[] = [];
  for (const { action, issue } of missing) {
    const number = issue ?? (await tracker.remembered()).get(action.id);
    const it = number === undefined ? null : await known(tracker, action.id, number);
    if (typeof it === "string") problems.push(it);
    if (it === null) found.set(action.id, null);
    else if (typeof it !== "string") found.set(action.id, it);
  }
  const unknown = missing.filter(({ action }) => found.get(action.id) === null);
  const oldest = unknown.map(({ source }) => source.front.period.start).sort()[0];
  if (oldest === undefined) return { found, problems };
  const others = issuesByAction(await tracker.unlabelled(oldest));
  for (const { action } of unknown) found.set(action.id, others.known.get(action.id) ?? null);
  return { found, problems };
}

/** Brings actions and issues together; only open actions get an issue. */
export async function gatherSync(call: Call, tracker: Tracker): Promise<Standing> {
  const files = await filesOf(call, tracker);
  const listed = issuesByAction(await tracker.labelled(null));
  const copied = listed.copies.map(
    ({ id, issue, of }) => `${id}: #${issue.number} bears the marker of #${of.number}, which counts: take it out of the copy`,
  );
  const missing = files.latest.filter(({ action, status }) => status === "open" && !listed.known.has(action.id));
  const { found, problems } = await findMissing(tracker, missing);
  const pairs = files.latest.flatMap((latest): Pair[] => {
    const issue = listed.known.get(latest.action.id) ?? found.get(latest.action.id);
    return issue === undefined ? [] : [{ latest, issue }];
  });
  const gone = [...listed.known].flatMap(([id, issue]) => (files.mayHold(id) ? [] : [{ id, issue }]));
  return { pairs, gone, problems: [...files.problems, ...copied, ...problems] };
}
