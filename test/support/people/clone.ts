import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { gitEnv } from "../github/git/run.ts";

/** A clone of a repository, used with plain git over HTTP by one person. */
export interface Clone {
  readonly folder: string;
  /** The default branch as it stands on the server. */
  readonly pull: () => Promise<void>;
  readonly checkout: (branch: string) => Promise<void>;
  /** Commits everything at a time and pushes the branch; gives the id of the commit. */
  readonly push: (branch: string, message: string, at: string) => Promise<string>;
  /** The same, in the place of the last commit: a forced push. */
  readonly replace: (branch: string, message: string, at: string) => Promise<string>;
  /** Takes the changes of a commit back on a new branch from the default one, and pushes that; gives the id of the commit. */
  readonly revert: (commit: string, branch: string, at: string) => Promise<string>;
}

export interface Access {
  readonly address: string;
  readonly login: string;
  readonly token: string;
}

const run = promisify(execFile);

/** The token goes by the environment: neither a command line nor a file on the disk shows it. */
function environment({ login, token }: Access, at: string): NodeJS.ProcessEnv {
  return {
    ...gitEnv(),
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "http.extraHeader",
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${Buffer.from(`${login}:${token}`).toString("base64")}`,
    GIT_AUTHOR_NAME: login,
    GIT_AUTHOR_EMAIL: `${login}@example.com`,
    GIT_AUTHOR_DATE: at,
    GIT_COMMITTER_NAME: login,
    GIT_COMMITTER_EMAIL: `${login}@example.com`,
    GIT_COMMITTER_DATE: at,
  };
}

/** Clones a repository into a folder that does not exist yet. */
export async function cloneInto(folder: string, access: Access): Promise<Clone> {
  const git = async (words: readonly string[], at = "2026-11-01T00:00:00Z") =>
    (await run("git", words, { env: environment(access, at) })).stdout.trim();
  const inside = (words: readonly string[], at?: string) => git(["-C", folder, ...words], at);
  await git(["clone", "--quiet", access.address, folder]);
  const checkout = async (branch: string) => {
    await inside(["fetch", "--quiet", "origin"]);
    await inside(["checkout", "--quiet", "-B", branch, `origin/${branch}`]);
  };
  const pushed = async (...words: string[]) => {
    await inside(["push", "--quiet", ...words]);
    return inside(["rev-parse", "HEAD"]);
  };
  return {
    folder,
    checkout,
    pull: () => checkout("main"),
    push: async (branch, message, at) => {
      await inside(["commit", "--quiet", "--all", "--message", message], at);
      return pushed("origin", branch);
    },
    replace: async (branch, message, at) => {
      await inside(["commit", "--quiet", "--all", "--amend", "--reset-author", "--message", message], at);
      return pushed("--force", "origin", branch);
    },
    revert: async (commit, branch, at) => {
      await checkout("main");
      await inside(["checkout", "--quiet", "-b", branch]);
      await inside(["revert", "--no-edit", commit], at);
      return pushed("origin", branch);
    },
  };
}
