import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What git prints, or null when there is no git, no repository or no such thing. */
async function git(folder: string, ...words: string[]): Promise<string | null> {
  try {
    const { stdout } = await run("git", ["-C", folder, ...words], {
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
    });
    return stdout;
  } catch {
    return null;
  }
}

/** The default branch as far as the clone knows: what origin calls so, else `main` or `master`. */
async function defaultBranch(folder: string): Promise<string | null> {
  const remote = await git(folder, "symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD");
  if (remote !== null) return remote.trim();
  for (const name of ["main", "master"])
    if ((await git(folder, "rev-parse", "--verify", "--quiet", `refs/heads/${name}`)) !== null) return name;
  return null;
}

/** The text of a file on the default branch of the repository that contains it; null when it is not there. */
export async function textOnDefaultBranch(path: string): Promise<string | null> {
  const folder = dirname(path);
  const branch = await defaultBranch(folder);
  return branch === null ? null : git(folder, "show", `${branch}:./${basename(path)}`);
}
