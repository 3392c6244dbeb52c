import type { Octokit } from "@octokit/rest";
import { expect } from "vitest";
import { afterFile } from "../afterwards.ts";
import { acme, actions, branch, branchOff, ended, options, person, pull } from "./lab.ts";
import { type GitHub, startGitHub } from "./server.ts";

/** One request, and what GitHub says to it. */
export interface Row {
  readonly what: string;
  /** Who asks; Actions with all permissions of a weekly run, unless named. */
  readonly by?: string;
  readonly ask: (client: Octokit, github: GitHub) => Promise<{ readonly status: number }>;
  readonly status: number;
  readonly says?: RegExp;
  readonly error?: Record<string, unknown>;
}

/** A server with a branch, one open pull request #1 by Actions, one issue #2 by reader, one label, and two more branches. */
async function prepared(): Promise<GitHub> {
  const github = await startGitHub(options());
  await branchOff(github, branch);
  await branchOff(github, "other", { "other.md": "other\n" });
  await actions(github).git.createRef({ ...acme, ref: "refs/heads/same", sha: github.repo("acme/app").head() ?? "" });
  await actions(github).pulls.create(pull);
  await github.as("reader").request("POST", "/repos/acme/app/issues", { title: "I" });
  await actions(github).issues.createLabel({ ...acme, name: "ai-cost", color: "ff0000" });
  return github;
}

/** One server for all rows that are refused: they must leave nothing behind. */
const shared: { github?: Promise<GitHub> } = {};
afterFile(async () => {
  const { github } = shared;
  delete shared.github;
  await (await github)?.close();
});

/** All that a refused request could have changed. */
async function contents(github: GitHub): Promise<unknown> {
  const repo = github.repo("acme/app");
  const { issues, labels, checkRuns, statuses } = repo.data;
  const talks = issues.map(({ title, body, state, labels, assignees, comments, pull }) => [
    title,
    body,
    state,
    labels.length,
    assignees.length,
    comments.length,
    pull?.reviewers.length,
  ]);
  return {
    talks,
    labels: labels.map((label) => label.name),
    checks: checkRuns.length,
    statuses: statuses.length,
    refs: await repo.branches(),
  };
}

/** Asks, and compares the answer with the row; a refusal changes nothing. */
export async function holds({ by, ask, status, says, error }: Row): Promise<void> {
  const github = await (status < 400 ? prepared() : (shared.github ??= prepared()));
  const before = await contents(github);
  const result = await ended(ask(by === undefined ? actions(github) : person(github, by), github));
  expect(result).toMatchObject({ status });
  if (says !== undefined) expect(result.message).toMatch(says);
  if (error !== undefined) expect(result).toMatchObject({ message: "Validation Failed", errors: [error] });
  if (status >= 400) expect(await contents(github)).toEqual(before);
  else await github.close();
}
