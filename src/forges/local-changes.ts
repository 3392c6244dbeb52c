import { dirname } from "node:path";
import type { Change, Changes, ChangesQuery } from "../core/causes/change.ts";
import { touched } from "../core/causes/paths.ts";
import { isFolder } from "../shell/files.ts";
import { type LocalCommit, localCommits, localTags } from "../shell/git-changes.ts";
import { gitPlace } from "../shell/git.ts";

const repository = "this repository";

/** The folder, or the one above it that is there: the first review finds no folder of reviews. */
async function nearest(folder: string): Promise<string> {
  const above = dirname(folder);
  return above === folder || (await isFolder(folder)) ? folder : nearest(above);
}

/** Files of the folder of reviews are no cause of cost: a commit of nothing else is left out. */
function withoutReviews(commits: readonly LocalCommit[], below: string): LocalCommit[] {
  return commits.flatMap((commit) => {
    const files = commit.files.filter((file) => below === "" || !file.startsWith(`${below}/`));
    return files.length === 0 && commit.files.length > 0 ? [] : [{ ...commit, files }];
  });
}

/** Commits that touched the configured paths (without paths: all but those of reviews) and tags, from the repository that contains a folder. */
export async function localChanges(folder: string, { paths, days }: ChangesQuery): Promise<Changes> {
  const there = await nearest(folder);
  const place = await gitPlace(there);
  if (place === null) return { asked: [{ repository, problem: "no git repository contains the folder of the reviews" }], found: [] };
  const told = await localCommits(place, days);
  const ofCommits = withoutReviews(told.commits, there === folder ? place.below : "")
    .map(({ sha, day, subject, files }): Change => ({
      kind: "commit",
      repository,
      ref: sha,
      title: subject,
      day,
      paths: touched(files, paths),
    }))
    .filter((change) => paths.length === 0 || change.paths.length > 0);
  const ofTags = (await localTags(there, days)).map(({ name, day }): Change => ({
    kind: "release",
    repository,
    ref: name,
    title: "",
    day,
    paths: [],
  }));
  return { asked: [{ repository, problem: told.problem }], found: [...ofTags, ...ofCommits] };
}
