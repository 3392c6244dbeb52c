import { basename, resolve } from "node:path";
import type { Day } from "../../core/day.ts";
import { Problem } from "../../core/problem.ts";
import { type LoggedCommit, fileSteps, unsquashed } from "../../core/review-log.ts";
import { type ActionHistory, actionHistory } from "../../document/actions/changes.ts";
import { branchVersions, editsOf, scanned, versionOf } from "../../document/actions/file-versions.ts";
import type { ActionScanner } from "../../document/actions/lines.ts";
import { shortId } from "../../document/actions/report.ts";
import { type Scans, packScans, unpackScans } from "../../document/actions/scan-store.ts";
import type { ActionSource } from "../../document/actions/track.ts";
import { readActionsCache, writeActionsCache } from "../../shell/actions-cache.ts";
import { type GitPlace, type Repository, blobId, blobsAt, gitPlace, repositoryAround } from "../../shell/git.ts";
import { warningText } from "../../shell/report.ts";
import { readFronts, readReviewLog } from "../../shell/review-log.ts";
import { type StoredReview, readReviews } from "../../shell/reviews.ts";
import { version } from "../../version.ts";
import type { Call } from "../command.ts";

/** To be counted up when scanning gives something else for the same text. */
const cacheForm = 1;
const form = `${version}.${cacheForm}`;

/** What review files say of actions, now and over time. */
export interface ActionFiles {
  /** In order of period; what the default branch does not hold counts as a draft. */
  readonly files: readonly ActionSource[];
  /** Null where there is no git to ask. */
  readonly changes: ActionHistory["changes"] | null;
  /** What the history cannot show, in a sentence; null when it is whole. */
  readonly note: string | null;
}

/** Loaded when there is something to scan: with a cache there seldom is. */
async function makeScanner(): Promise<ActionScanner> {
  return (await import("../../document/actions/lines.ts")).actionScanner();
}

/** What an earlier run scanned. */
async function keptScans(place: GitPlace): Promise<Scans> {
  const kept = await readActionsCache(place, form);
  return kept === null ? new Map<string, ActionSource | null>() : unpackScans(kept);
}

/** Blobs of the history by their ids, and the texts that stand in the folder by theirs. */
interface Wanted {
  readonly ids: ReadonlySet<string>;
  readonly texts: ReadonlyMap<string, string>;
}

/** Scans what is not scanned yet, and keeps what the history holds for the next run. */
async function scanRest(call: Call, place: GitPlace, scans: Scans, { ids, texts }: Wanted): Promise<void> {
  const missing = [...ids].filter((id) => !scans.has(id));
  const fresh = [...texts].filter(([id]) => !scans.has(id));
  if (missing.length + fresh.length === 0) return;
  const scan = await makeScanner();
  for (const [id, text] of fresh) scans.set(id, scan(text));
  await readFronts(
    place.folder,
    missing.filter((id) => !scans.has(id)),
    (id, front) => void scans.set(id, scan(front)),
  );
  if (missing.length > 0 && !call.dryRun) await writeActionsCache(place, form, packScans(scans, ids));
}

function shallowNote(boundaries: readonly LoggedCommit[]): string | null {
  const oldest = boundaries.toSorted((a, b) => (a.day < b.day ? -1 : 1)).at(-1);
  return oldest === undefined
    ? null
    : `This clone is shallow: what changed before commit ${shortId(oldest.id)} of ${oldest.day} cannot be seen. \`git fetch --unshallow\` brings it, in a workflow fetch-depth: 0.`;
}

/** Takes reviews of a later date out; what cannot be read stays. */
type Chooser = (source: ActionSource | "unreadable" | null) => boolean;

interface Ground {
  readonly place: GitPlace;
  readonly repository: Repository;
  readonly stored: readonly StoredReview[];
  readonly isWanted: Chooser;
}

async function fromGit(call: Call, { place, repository, stored, isWanted }: Ground): Promise<ActionFiles> {
  const { head: checkedOut, standing: tip, onDefault } = repository;
  const isWhole = onDefault || tip === null;
  const [log, scans, blobs] = await Promise.all([
    readReviewLog(place, tip ?? checkedOut),
    keptScans(place),
    isWhole ? new Map<string, string>() : blobsAt(place.folder, checkedOut),
  ]);
  const beside = fileSteps(log.beside);
  const steps = unsquashed(fileSteps(log.line), beside);
  const line = { steps, ends: new Map(steps.map((step) => [step.review, step])) };
  const standing = stored.map(({ id, path, text }) => ({ review: id, path, text, blob: blobId(text, checkedOut) }));
  const ids = new Set([...steps, ...beside].flatMap(({ before, after }) => [...before, after]).filter((id) => id !== null));
  await scanRest(call, place, scans, { ids, texts: new Map(standing.map(({ blob, text }) => [blob, text])) });
  const head = new Map([...blobs].map(([name, blob]) => [basename(name, ".md"), blob] as const));
  const known = steps.map((step) => versionOf(step, scans));
  const more = isWhole ? editsOf(line, standing, scans) : branchVersions({ line, beside, head }, standing, scans);
  warnOf(
    call,
    standing.filter(({ blob }) => scanned(scans, blob) === "unreadable").map(({ path }) => path),
  );
  const versions = [...known, ...more];
  const later = new Set(versions.filter(({ after }) => !isWanted(after)).map(({ review }) => review));
  const history = actionHistory(later.size === 0 ? versions : versions.filter(({ review }) => !later.has(review)));
  return { ...history, note: shallowNote(log.boundaries) };
}

/** A file that cannot be read counts as it last could be, and is named. */
function warnOf(call: Call, paths: readonly string[]): void {
  for (const path of paths) call.world.log(warningText(`${path}: its actions cannot be read: overpace check says what is wrong with it`));
}

async function fromFiles(call: Call, stored: readonly StoredReview[], isWanted: Chooser, note: string): Promise<ActionFiles> {
  const scan = await makeScanner();
  const read = stored.map(({ path, text }) => ({ path, source: scan(text) }));
  warnOf(
    call,
    read.filter(({ source }) => source === null).map(({ path }) => path),
  );
  const files = read.flatMap(({ source }) => (source !== null && isWanted(source) ? [source] : []));
  return { files, changes: null, note };
}

const withoutGit = "There is no git history here: this is what the files say, without who changed what and when.";
const unreadable = "git does not trust the owner of this folder (see safe.directory): this is what the files say, without their history.";

/**
 * Reads what review files and their history say of actions; with `asOf` only reviews of that date and before.
 * @throws Problem for a file that cannot be read, and where git cannot read its own history.
 */
export async function readActionFiles(call: Call, asOf: Day | null): Promise<ActionFiles> {
  const isWanted: Chooser = (source) => asOf === null || source === null || source === "unreadable" || source.period.end <= asOf;
  const folder = resolve(call.world.cwd, call.reviews);
  // Only a job of GitHub Actions knows more of the default branch than the clone.
  const told = call.world.env["GITHUB_EVENT_PATH"] ? await (await import("../check/standing.ts")).toldBranch(call) : null;
  const [stored, place, repository] = await Promise.all([
    readReviews(folder, call.reviews),
    gitPlace(folder),
    repositoryAround(folder, told),
  ]);
  if (repository === "unreadable") return fromFiles(call, stored, isWanted, unreadable);
  if (repository === null || place === null) return fromFiles(call, stored, isWanted, withoutGit);
  try {
    return await fromGit(call, { place, repository, stored, isWanted });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return fromFiles(call, stored, isWanted, `${error.message}. This is what the files say, without their history.`);
  }
}
