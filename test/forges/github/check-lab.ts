import { join } from "node:path";
import type { Permissions } from "../../support/github/state.ts";
import { type Result, folderWith, overpace, write } from "../../support/world.ts";
import { type Lab, branch, files as settings, lab, review } from "./lab.ts";

/** What the workflow of docs/github.md gives the token. */
export const permissions: Permissions = { contents: "read", checks: "write", pull_requests: "write" };

/** What GitHub writes into the file of an event, as far as it is read, with texts of strangers beside. */
export const eventOf = (number: number, sha: string, from: string | null) => ({
  action: "synchronize",
  pull_request: {
    number,
    title: "${{ evil }} $(touch x) @octocat",
    body: null,
    head: { sha, ref: "$(touch x)", repo: from === null ? null : { full_name: from } },
  },
});

export interface CheckLab extends Lab {
  /** Runs `overpace check --publish github` on what stands at the head of the branch, as its workflow does. */
  readonly check: (env?: Readonly<Record<string, string>>) => Promise<Result>;
  /** Commits files to the branch of the pull request, as a person. */
  readonly push: (files: Readonly<Record<string, string | null>>) => Promise<string>;
  /** The text of the review on the branch. */
  readonly text: () => Promise<string>;
  readonly runs: () => readonly { headSha: string; conclusion: string | null; output: { title: string | null; summary: string | null } }[];
  readonly comments: () => Promise<readonly { id: number; body: string }[]>;
}

/** The check of a pull request in a checkout of these files, with this event. */
export function checkIn(
  github: Lab["github"],
  files: Readonly<Record<string, string>>,
  event: unknown,
  env: Readonly<Record<string, string>> = {},
  words: readonly string[] = [],
): Promise<Result> {
  const head = folderWith({ ...settings, ...files });
  const place = folderWith();
  if (event !== undefined) write(place, { "event.json": typeof event === "string" ? event : JSON.stringify(event) });
  const standard = {
    GITHUB_TOKEN: github.token({ actions: "acme/app", permissions }),
    GITHUB_REPOSITORY: "acme/app",
    GITHUB_API_URL: github.url,
    GITHUB_SERVER_URL: github.webUrl,
    ...(event === undefined ? {} : { GITHUB_EVENT_PATH: join(place, "event.json") }),
  };
  return overpace(head, ["check", "--publish", "github", ...words], { env: { ...standard, ...env } });
}

/** A GitHub with the pull request #1 of a review that a weekly run has made; its check result is taken away unless `posted`. */
export async function checkLab({ posted = false } = {}): Promise<CheckLab> {
  const made = await lab();
  await made.run();
  const repo = made.github.repo("acme/app");
  if (!posted) repo.data.checkRuns.length = 0;
  made.github.forget();
  return {
    ...made,
    check: async (env) => {
      const head = repo.head(branch) ?? "";
      return checkIn(made.github, await repo.files(branch), eventOf(1, head, "acme/app"), env);
    },
    push: (files) => repo.commit(branch, files, { by: "octocat" }),
    text: async () => (await repo.read(review, branch)) ?? "",
    runs: () => repo.data.checkRuns,
    comments: async () => (await repo.pulls()).find(({ number }) => number === 1)?.comments ?? [],
  };
}

/** The methods of the requests that wrote something. */
export const writes = ({ github }: Lab): string[] =>
  github.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);

/** The addresses that a Markdown text links to. */
export const linksIn = (text: string): string[] => [...text.matchAll(/\]\((https?:[^)]*)\)/g)].map(([, url = ""]) => url);
