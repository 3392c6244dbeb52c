import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { World } from "../../../src/core/world.ts";
import { run } from "../../../src/run.ts";
import { type GitHub, startGitHub } from "../github/server.ts";
import type { Role } from "../github/state.ts";
import { type Clone, cloneInto } from "./clone.ts";

/** Where people and jobs work week by week: a GitHub on this machine, and clones of its one repository. */
export interface Stage {
  readonly github: GitHub;
  readonly repository: string;
  /** Address of the repository's page. */
  readonly home: string;
  /** The checkout of the weekly job. */
  readonly job: Clone;
  /** The checkout of a person. */
  readonly desk: Clone;
  /** Another clone, by its name. */
  readonly clone: (name: string) => Promise<Clone>;
  /** Runs overpace in a clone; only the job knows of the code host. */
  readonly overpace: (clone: Clone, words: readonly string[], at: string) => Promise<Said>;
  /** The workflow that checks a pull request, on the branch that the job has checked out. */
  readonly pullCheck: (pull: { readonly number: number; readonly sha: string }, at: string) => Promise<Said>;
  /** Puts the costs into the job's checkout, as an export made on that day shows them. */
  readonly exportCosts: (seen: string) => void;
  /** Stops the server and removes every file. */
  readonly close: () => Promise<void>;
}

/** What a command printed on either stream, in order. */
export interface Said {
  readonly code: number;
  readonly out: string;
}

export interface StageOptions {
  readonly repository: string;
  readonly roles: Readonly<Record<string, Role>>;
  /** What stands in the repository at first. */
  readonly files: Readonly<Record<string, string>>;
  readonly now: string;
  /** The export of costs: its path, and its text as it is on a day. */
  readonly costs: { readonly path: string; readonly textOn: (seen: string) => string };
}

/** As GitHub Actions sets it for a job. */
function jobEnvironment(github: GitHub, repository: string): Record<string, string> {
  return {
    GITHUB_TOKEN: github.token({
      actions: repository,
      permissions: { contents: "write", pull_requests: "write", issues: "write", checks: "write" },
    }),
    GITHUB_REPOSITORY: repository,
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.webUrl,
  };
}

/** Runs a command line in this process. */
async function runIn(folder: string, words: readonly string[], env: World["env"], at: string): Promise<Said> {
  let out = "";
  const print = (text: string) => void (out += text);
  const outside = { now: () => new Date(at), write: print, log: print, isTerminal: false, fetch: globalThis.fetch, second: 0 };
  return { code: await run(words, { ...outside, env, cwd: folder }), out };
}

/** Starts the server and makes the clones. */
export async function openStage({ repository, roles, files, now, costs }: StageOptions): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "overpace-stage-"));
  const github = await startGitHub({
    now,
    organizations: [repository.split("/")[0] ?? ""],
    repos: { [repository]: { roles, actionsMayCreatePulls: true, files } },
  });
  const close = async () => {
    rmSync(folder, { recursive: true, force: true });
    await github.close();
  };
  try {
    const home = `${github.webUrl}/${repository}`;
    const clone = (name: string) =>
      cloneInto(join(folder, name), { address: home, login: "octocat", token: github.token({ user: "octocat" }) });
    const job = await clone("job");
    const desk = await clone("desk");
    const env = jobEnvironment(github, repository);
    const overpace: Stage["overpace"] = (where, words, at) => runIn(where.folder, words, where === job ? env : {}, at);
    const pullCheck: Stage["pullCheck"] = ({ number, sha }, at) => {
      const event = join(folder, "event.json");
      writeFileSync(event, JSON.stringify({ pull_request: { number, head: { sha, repo: { full_name: repository } } } }));
      return runIn(job.folder, ["check", "--publish", "github"], { ...env, GITHUB_EVENT_PATH: event }, at);
    };
    const exportCosts = (seen: string) => {
      const path = join(job.folder, costs.path);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, costs.textOn(seen));
    };
    return { github, repository, home, job, desk, clone, overpace, pullCheck, exportCosts, close };
  } catch (error) {
    await close();
    throw error;
  }
}
