import { type Day, dayOf } from "../core/day.ts";
import { git } from "./git.ts";

/** A commit with the files that it touched, from the root of the repository. */
export interface LocalCommit {
  readonly sha: string;
  readonly day: Day;
  readonly subject: string;
  readonly files: readonly string[];
}

/** A tag and the day it was made; of one without a note, the day of its commit. */
export interface LocalTag {
  readonly name: string;
  readonly day: Day;
}

const mostCommits = 500;
const dayAt = (seconds: string | undefined) => dayOf(new Date(Number(seconds) * 1000));

/** Commits of half-open days on what is checked out, merges left out, the newest first; null without a repository around the folder. */
export async function localCommits(folder: string, since: Day, until: Day): Promise<LocalCommit[] | null> {
  const range = [`--since=${since}T00:00:00Z`, `--until=${until}T00:00:00Z`, `--max-count=${mostCommits}`];
  const text = await git(
    folder,
    "-c",
    "core.quotePath=false",
    "log",
    "--no-merges",
    ...range,
    "--format=%x1e%h%x1f%ct%x1f%s",
    "--name-only",
  );
  if (text === null) return null;
  const commits = text
    .split("\x1e")
    .slice(1)
    .map((record) => {
      const [head = "", ...files] = record.split("\n").filter((line) => line !== "");
      const [sha = "", seconds, subject = ""] = head.split("\x1f");
      return { sha, day: dayAt(seconds), subject, files };
    });
  return commits.filter(({ day }) => since <= day && day < until);
}

/** Tags of half-open days; none without a repository. */
export async function localTags(folder: string, since: Day, until: Day): Promise<LocalTag[]> {
  const text = await git(
    folder,
    "for-each-ref",
    "refs/tags",
    "--sort=-creatordate",
    "--count=200",
    "--format=%(refname:short)%1f%(creatordate:unix)",
  );
  const tags = (text ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [name = "", seconds] = line.split("\x1f");
      return { name, day: dayAt(seconds) };
    });
  return tags.filter(({ day }) => since <= day && day < until);
}
