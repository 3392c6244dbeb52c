import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Day, dayOf } from "../core/day.ts";
import { type GitPlace, git } from "./git.ts";

/** A commit with the files that it touched, from the root of the repository. */
export interface LocalCommit {
  readonly sha: string;
  readonly day: Day;
  readonly subject: string;
  readonly files: readonly string[];
}

/** Commits of some days, and why some of them cannot be told; null when all can. */
export interface LocalCommits {
  readonly commits: readonly LocalCommit[];
  readonly problem: string | null;
}

/** A tag and the day it was made; of one without a note, the day of its commit. */
export interface LocalTag {
  readonly name: string;
  readonly day: Day;
}

const mostCommits = 500;
const dayAt = (seconds: string | undefined) => dayOf(new Date(Number(seconds) * 1000));

/** The commits at which a shallow clone ends; empty for a whole one. */
export async function boundaryIds({ shared }: Pick<GitPlace, "shared">): Promise<Set<string>> {
  const text = await readFile(join(shared, "shallow"), "utf8").catch(() => "");
  return new Set(text.split("\n").filter((line) => line !== ""));
}

/** What commits touched; a merge all that it brought. Both names of what was moved. Null where git cannot tell. */
async function filesOf(folder: string, ids: readonly string[]): Promise<LocalCommit[] | null> {
  const diff = ["--no-walk=unsorted", "--first-parent", "-m", "--no-renames", "--name-only"];
  const text = ids.length === 0 ? "" : await git(folder, "log", ...diff, "--format=%x1e%h%x1f%ct%x1f%s", ...ids);
  if (text === null) return null;
  return text
    .split("\x1e")
    .slice(1)
    .map((record) => {
      const [head = "", ...files] = record.split("\n").filter((line) => line !== "");
      const [sha = "", seconds, subject = ""] = head.split("\x1f");
      return { sha, day: dayAt(seconds), subject, files };
    });
}

/**
 * Commits of some days, sorted, on what is checked out, the newest first: those of its own line, for what a branch brought came with its merge, whenever it
 * was committed there.
 */
export async function localCommits(place: GitPlace, days: readonly Day[]): Promise<LocalCommits> {
  // All of them: `--since` ends at the first commit that is older, whatever stands before it.
  const text = await git(place.folder, "log", "--first-parent", "--format=%H %h %ct");
  if (text === null) return { commits: [], problem: "no commit is checked out" };
  const ends = await boundaryIds(place);
  const [since = ""] = days;
  const younger = text
    .split("\n")
    .map((line) => line.split(" "))
    .map(([id = "", short = "", seconds]) => ({ id, short, day: id === "" ? "" : dayAt(seconds) }))
    .filter(({ day }) => since <= day);
  const end = younger.find(({ id }) => ends.has(id));
  const known = younger.filter(({ id, day }) => days.includes(day) && !ends.has(id));
  const commits = await filesOf(
    place.folder,
    known.slice(0, mostCommits).map(({ id }) => id),
  );
  const problems = [
    ...(end === undefined
      ? []
      : [
          `the clone is shallow and ends at commit ${end.short} of ${end.day}; git fetch --unshallow brings the rest, in a workflow fetch-depth: 0`,
        ]),
    ...(known.length > mostCommits ? [`more than ${mostCommits} commits, of which the newest were looked at`] : []),
    ...(commits === null ? ["git cannot tell what its commits touched: see what `git fsck` says of the clone, or make a new one"] : []),
  ];
  return { commits: commits ?? [], problem: problems.length === 0 ? null : problems.join("; ") };
}

/** Tags of some days; none without a repository. */
export async function localTags(folder: string, days: readonly Day[]): Promise<LocalTag[]> {
  const text = await git(folder, "for-each-ref", "refs/tags", "--sort=-creatordate", "--format=%(refname:short)%1f%(creatordate:unix)");
  const tags = (text ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", seconds] = line.split("\x1f");
      return { name, day: dayAt(seconds) };
    });
  return tags.filter(({ day }) => days.includes(day));
}
