import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, posix, relative } from "node:path";
import { Problem } from "../../core/problem.ts";
import type { World } from "../../core/world.ts";

const slashed = (path: string) => path.replaceAll("\\", "/");

/**
 * A path as GitHub wants it: from the root of the repository, with forward slashes. `folder` is where the path starts, itself written
 * from the root. Null for what lies outside.
 */
export function repositoryPath(folder: string, path: string): string | null {
  const inner = slashed(path);
  const whole = posix.join(slashed(folder), inner);
  return /^(?:\/|[A-Za-z]:)/.test(inner) || whole === ".." || whole.startsWith("../") ? null : whole;
}

/** The root of the checkout: where its `.git` stands; an archive of the repository has none, and is unpacked in the job's workspace. */
function rootOf({ cwd, env }: World): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) break;
  }
  const workspace = env["GITHUB_WORKSPACE"];
  return workspace && !relative(workspace, cwd).startsWith("..") ? workspace : cwd;
}

/** Gives each path, as people write it in the folder of the run, as a path of the repository. @throws Problem for one outside of it. */
export function placesIn(world: World): (path: string) => string {
  const folder = relative(rootOf(world), world.cwd);
  return (path) => {
    const place = repositoryPath(folder, isAbsolute(path) ? relative(world.cwd, path) : path);
    if (place === null)
      throw new Problem(`${path} is outside the repository`, { remedy: "name a folder of the repository with --reviews", kind: "usage" });
    return place;
  };
}
