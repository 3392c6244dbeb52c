import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { charges } from "../../../config/sample/charges.ts";
import { csvOf } from "../../../config/sample/focus-csv.ts";
import type { World } from "../../../src/core/world.ts";
import { run } from "../../../src/run.ts";
import { type GitHub, startGitHub } from "../github/server.ts";
import { type Clone, cloneInto } from "./clone.ts";

export const repository = "acme/costs";

/** Where the demo plays: a GitHub on this machine, and two clones of its one repository. */
export interface Stage {
  readonly github: GitHub;
  /** Address of the repository's page. */
  readonly home: string;
  /** The checkout of the weekly job. */
  readonly job: Clone;
  /** The checkout of a person. */
  readonly desk: Clone;
  /** Runs overpace in a clone. */
  readonly overpace: (clone: Clone, words: readonly string[], at: string) => Promise<Said>;
  /** The workflow that checks a pull request, on the branch that the job has checked out. */
  readonly pullCheck: (pull: { readonly number: number; readonly sha: string }, at: string) => Promise<Said>;
  /** Puts the costs into the job's checkout, as an export made on that day shows them. */
  readonly exportCosts: (seen: string) => void;
  /** Stops the server and removes every file of the demo. */
  readonly close: () => Promise<void>;
}

/** What a command printed. */
export interface Said {
  readonly code: number;
  readonly out: string;
}

const project = join(import.meta.dirname, "../../..");
const costs = "config/sample/costs";

function firstFiles(): Record<string, string> {
  const names = ["config/overpace.yaml", "config/plan.yaml", "config/allocation.yaml"];
  const copied = names.map((name) => [name, readFileSync(join(project, name), "utf8")] as const);
  return { ...Object.fromEntries(copied), ".gitignore": `# the export is fetched anew for each run\n/${costs}/\n` };
}

/** As GitHub Actions sets it for a job. */
function jobEnvironment(github: GitHub): Record<string, string> {
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

/** Runs a command line in this process; what it prints on either stream is handed back in order. */
async function runIn(folder: string, words: readonly string[], env: World["env"], at: string): Promise<Said> {
  let out = "";
  const print = (text: string) => void (out += text);
  const outside = { now: () => new Date(at), write: print, log: print, isTerminal: false, fetch: globalThis.fetch, second: 0 };
  return { code: await run(words, { ...outside, env, cwd: folder }), out };
}

async function startServer(): Promise<GitHub> {
  const roles = { octocat: "write", hubot: "write" } as const;
  const repo = { roles, actionsMayCreatePulls: true, files: firstFiles() };
  return startGitHub({ now: "2026-10-30T09:00:00Z", organizations: ["acme"], repos: { [repository]: repo } });
}

/** Starts the server and makes the clones. */
export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "overpace-demo-"));
  const github = await startServer();
  const close = async () => {
    rmSync(folder, { recursive: true, force: true });
    await github.close();
  };
  try {
    const home = `${github.webUrl}/${repository}`;
    const clone = (name: string, login: string) =>
      cloneInto(join(folder, name), { address: home, login, token: github.token({ user: login }) });
    const job = await clone("job", "octocat");
    const desk = await clone("desk", "octocat");
    const env = jobEnvironment(github);
    const overpace: Stage["overpace"] = (where, words, at) => runIn(where.folder, words, where === job ? env : {}, at);
    const pullCheck: Stage["pullCheck"] = ({ number, sha }, at) => {
      const event = join(folder, "event.json");
      writeFileSync(event, JSON.stringify({ pull_request: { number, head: { sha, repo: { full_name: repository } } } }));
      return runIn(job.folder, ["check", "--publish", "github"], { ...env, GITHUB_EVENT_PATH: event }, at);
    };
    const exportCosts = (seen: string) => {
      mkdirSync(join(job.folder, costs), { recursive: true });
      writeFileSync(join(job.folder, costs, "export.csv"), csvOf(charges(seen)));
    };
    return { github, home, job, desk, overpace, pullCheck, exportCosts, close };
  } catch (error) {
    await close();
    throw error;
  }
}
