import { StringDecoder } from "node:string_decoder";
import { dayOf } from "../core/day.ts";
import type { LoggedChange, LoggedCommit, LoggedDiff } from "../core/review-log.ts";
import { boundaryIds } from "./git-changes.ts";
import { gitOutput } from "./git-output.ts";
import type { GitPlace } from "./git.ts";

/** The history of the review files of a folder, as one clone knows it. */
export interface ReviewLog {
  /** The default branch, or what is checked out where that is not known; oldest first. */
  readonly line: readonly LoggedDiff[];
  /** What other branches of reviews, and the one checked out, hold besides; oldest first. */
  readonly beside: readonly LoggedDiff[];
  /** The commits at which a shallow clone ends; empty for a whole one. */
  readonly boundaries: readonly LoggedCommit[];
}

const reviewFile = /(?:^|\/)(\d{4}-W\d{2})\.md$/;
const longestTime = 253_402_300_799;

/** The parts of NUL-separated text. */
async function* partsOf(output: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of output) {
    const parts = (rest + decoder.write(chunk)).split("\0");
    rest = parts.pop() ?? "";
    yield* parts;
  }
}

interface RawChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface RawDiff {
  readonly id: string;
  readonly parents: number;
  readonly author: string;
  readonly seconds: number;
  readonly changes: RawChange[];
}

const noBlob = /^0+$/;

/** The newest first as git prints them, the oldest first; those of one commit in the order of its parents. */
function oldestFirst(diffs: readonly RawDiff[]): RawDiff[] {
  const groups: RawDiff[][] = [];
  for (const diff of diffs) {
    const last = groups.at(-1);
    if (last?.[0]?.id === diff.id) last.push(diff);
    else groups.push([diff]);
  }
  return groups.reverse().flat();
}

/** The raw log of git: headers of commits, each followed by its changes of files that are named as reviews. */
async function rawDiffs(output: AsyncIterable<Buffer>): Promise<RawDiff[]> {
  const diffs: RawDiff[] = [];
  const header: string[] = [];
  let blobs: { before: string | null; after: string | null } | null = null;
  for await (const part of partsOf(output)) {
    if (blobs) {
      if (reviewFile.test(part)) diffs.at(-1)?.changes.push({ path: part, ...blobs });
      blobs = null;
    } else if (header.length > 0 || part.startsWith("\u0001")) {
      header.push(part);
      if (header.length < 4) continue;
      const [id = "", parents = "", author = "", time = ""] = header.splice(0);
      diffs.push({ id: id.slice(1), parents: parents.split(" ").filter(Boolean).length, author, seconds: Number(time), changes: [] });
    } else {
      const [, , before = "", after = ""] = part.trimStart().split(" ");
      blobs = { before: noBlob.test(before) ? null : before, after: noBlob.test(after) ? null : after };
    }
  }
  return oldestFirst(diffs);
}

/** `--full-diff` shows what a commit that touches the folders did elsewhere, so that a folder that was moved is found. */
const logWords = "log -m --raw -z --no-abbrev --no-renames --full-diff --topo-order --no-color --encoding=UTF-8".split(" ");
const logForm = "--format=%x01%H%x00%P%x00%aN%x00%at";

function log(folder: string, tips: readonly string[], paths: readonly string[]): Promise<RawDiff[]> {
  return rawDiffs(gitOutput(folder, [...logWords, logForm, ...tips, "--", ...paths.map((path) => `:(top,literal)${path}`)]));
}

const isBelow = (path: string, folders: readonly string[]) => folders.some((folder) => folder === "" || path.startsWith(`${folder}/`));

/** One change per review: a file that went here and came there was moved. */
function changesBelow(changes: readonly RawChange[], folders: readonly string[]): LoggedChange[] {
  const byReview = Map.groupBy(
    changes.filter(({ path }) => isBelow(path, folders)),
    ({ path }) => reviewFile.exec(path)?.[1] ?? "",
  );
  return [...byReview].flatMap(([review, list]) => {
    const kept = list.find(({ after }) => after !== null) ?? list[0];
    if (!kept) return [];
    const before = list.find((change) => change.before !== null)?.before ?? null;
    return before === kept.after ? [] : [{ review, path: kept.path, before, after: kept.after }];
  });
}

/** Folders outside of the known ones from which a commit moved reviews into them. */
function formerFolders(diffs: readonly RawDiff[], folders: readonly string[]): string[] {
  const found = diffs.flatMap(({ changes }) => {
    const come = new Set(
      changes.filter(({ path, before }) => before === null && isBelow(path, folders)).map(({ path }) => path.split("/").at(-1)),
    );
    const gone = changes.filter(({ path, after }) => after === null && !isBelow(path, folders) && come.has(path.split("/").at(-1)));
    return gone.map(({ path }) => path.split("/").slice(0, -1).join("/"));
  });
  return [...new Set(found.map((folder) => folder.replace(/(?:^|\/)\d{4}$/, "")))];
}

const mostMoves = 8;

/** The folder of the reviews, and those that they were moved from. */
async function lineOf(folder: string, tip: string, own: string): Promise<{ diffs: RawDiff[]; folders: string[] }> {
  let folders = [own];
  for (let moves = 0; ; moves++) {
    const diffs = await log(folder, [tip], folders);
    const former = formerFolders(diffs, folders).filter((name) => name !== "");
    if (former.length === 0 || moves === mostMoves) return { diffs, folders };
    folders = [...folders, ...former];
  }
}

/**
 * Reads the history of the review files in a folder. `tip` is the commit of the default branch.
 * @throws Problem when git cannot.
 */
export async function readReviewLog(place: GitPlace, tip: string): Promise<ReviewLog> {
  const { folder, below } = place;
  const branches = ["HEAD", "--glob=refs/heads/overpace/*", "--glob=refs/remotes/*/overpace/*", "--not", tip];
  const [{ diffs, folders }, beside, boundaries] = await Promise.all([
    lineOf(folder, tip, below),
    log(folder, branches, [below]),
    boundaryIds(place),
  ]);
  const logged = (raw: readonly RawDiff[]): LoggedDiff[] =>
    raw.map(({ id, parents, author, seconds, changes }) => {
      const time = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), longestTime) : 0;
      const commit = { id, parents, author, day: dayOf(new Date(time * 1000)), isBoundary: boundaries.has(id) };
      return { commit, changes: changesBelow(changes, folders) };
    });
  const line = logged(diffs);
  return { line, beside: logged(beside), boundaries: line.map(({ commit }) => commit).filter(({ isBoundary }) => isBoundary) };
}

/** The part of a file that holds its front matter, with both fences; empty text for what is no UTF-8. */
function frontOf(bytes: Buffer): string {
  const closing = bytes.indexOf("\n---", 3);
  const end = closing === -1 ? -1 : bytes.indexOf("\n", closing + 1);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(end === -1 ? bytes : bytes.subarray(0, end + 1));
  } catch {
    return "";
  }
}

/** Reads blobs in one pass and hands the front matter of each to `take`; those that the clone does not have are left out. */
export async function readFronts(folder: string, ids: readonly string[], take: (id: string, front: string) => void): Promise<void> {
  if (ids.length === 0) return;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of gitOutput(folder, ["cat-file", "--batch", "--buffer"], `${ids.join("\n")}\n`)) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (let feed = rest.indexOf(10); feed !== -1; feed = rest.indexOf(10, at)) {
      const [id = "", kind, size] = rest.toString("latin1", at, feed).split(" ");
      const end = size === undefined ? feed : feed + 1 + Number(size);
      if (end >= rest.length) break;
      if (kind === "blob") take(id, frontOf(rest.subarray(feed + 1, end)));
      at = end + 1;
    }
    rest = rest.subarray(at);
  }
}
