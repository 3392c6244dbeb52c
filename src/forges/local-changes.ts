import { dirname } from "node:path";
import type { Change, Changes, ChangesQuery } from "../core/causes/change.ts";
import { touched } from "../core/causes/paths.ts";
import { isFolder } from "../shell/files.ts";
import { localCommits, localTags } from "../shell/git-changes.ts";

const repository = "this repository";

/** The folder, or the one above it that is there: the first review finds no folder of reviews. */
async function nearest(folder: string): Promise<string> {
  const above = dirname(folder);
  return above === folder || (await isFolder(folder)) ? folder : nearest(above);
}

/** Commits that touched the configured paths (without paths: all commits) and tags, from the repository that contains a folder. */
export async function localChanges(folder: string, { paths, since, until }: ChangesQuery): Promise<Changes> {
  const there = await nearest(folder);
  const commits = await localCommits(there, since, until);
  if (commits === null) return { asked: [{ repository, problem: "no git repository contains the folder of the reviews" }], found: [] };
  const ofCommits = commits
    .map(({ sha, day, subject, files }): Change => ({
      kind: "commit",
      repository,
      ref: sha,
      title: subject,
      day,
      paths: touched(files, paths),
    }))
    .filter((change) => paths.length === 0 || change.paths.length > 0);
  const ofTags = (await localTags(there, since, until)).map(({ name, day }): Change => ({
    kind: "release",
    repository,
    ref: name,
    title: "",
    day,
    paths: [],
  }));
  return { asked: [{ repository, problem: null }], found: [...ofTags, ...ofCommits] };
}
