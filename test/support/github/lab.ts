import { Octokit } from "@octokit/rest";
import { afterTest } from "../afterwards.ts";
import { isFields } from "./call.ts";
import { type GitHub, type ServerOptions, startGitHub } from "./server.ts";
import type { RepoOptions } from "./setup.ts";
import type { Permissions } from "./state.ts";

const running: GitHub[] = [];
afterTest(async () => {
  for (const one of running.splice(0)) await one.close();
});

/** The address of the repository most tests use. */
export const acme = { owner: "acme", repo: "app" } as const;

/** A server that stops after the test; that stop fails the test when an answer broke GitHub's description. */
export async function serve(options: ServerOptions): Promise<GitHub> {
  const github = await startGitHub(options);
  running.push(github);
  return github;
}

/** `acme/app`: octocat and hubot write, triager triages, reader reads, boss is an admin, stranger has nothing to do with it. */
export const options = (repo: RepoOptions = {}): ServerOptions => ({
  organizations: ["acme"],
  users: ["stranger"],
  repos: {
    "acme/app": {
      roles: { octocat: "write", hubot: "write", triager: "triage", reader: "read", boss: "admin" },
      actionsMayCreatePulls: true,
      files: { "README.md": "# App\n" },
      ...repo,
    },
  },
});

/** A server with `acme/app`. */
export const serveAcme = (repo: RepoOptions = {}): Promise<GitHub> => serve(options(repo));

/** A branch as the program under test names its branches, and the pull request of it. */
export const branch = "overpace/2026-W47";
export const pull = { ...acme, head: branch, base: "main", title: "2026-W47" } as const;

export const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** All a weekly run may do. */
export const weekly: Permissions = { contents: "write", pull_requests: "write", issues: "write", checks: "write", statuses: "write" };

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A client with a token; none signs in nobody. */
export const client = (github: GitHub, token?: string): Octokit =>
  new Octokit({ baseUrl: github.url, log: silent, ...(token === undefined ? {} : { auth: token }) });

export const actions = (github: GitHub, permissions: Permissions = weekly): Octokit =>
  client(github, github.token({ actions: "acme/app", permissions }));
export const person = (github: GitHub, login: string): Octokit => client(github, github.token({ user: login }));

/** How a request ended: the status, and what a refusal said. */
export interface Ended {
  readonly status: number;
  readonly message: string;
  readonly errors: readonly Record<string, unknown>[];
}

export async function ended(request: Promise<{ readonly status: number }>): Promise<Ended> {
  try {
    return { status: (await request).status, message: "", errors: [] };
  } catch (error) {
    if (!isFields(error)) throw error;
    const data = isFields(error["response"]) && isFields(error["response"]["data"]) ? error["response"]["data"] : {};
    const errors = Array.isArray(data["errors"]) ? data["errors"].filter(isFields) : [];
    return { status: Number(error["status"]), message: String(data["message"] ?? error["message"]), errors };
  }
}

/** A branch with one commit more than main. */
export async function branchOff(
  github: GitHub,
  branch: string,
  files: Record<string, string> = { "reviews/new.md": "new\n" },
): Promise<string> {
  return github.repo("acme/app").commit(branch, files, { message: "Work" });
}
