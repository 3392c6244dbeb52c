import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bend, checked, freshReview, reviewPath } from "../rules/bending.ts";
import { gitEnv } from "../support/github/git/run.ts";
import { type Setting, folderWith } from "../support/world.ts";

const people = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@example.com", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@example.com" };
const path = process.env["PATH"] ?? "";

export function git(folder: string, ...words: string[]): string {
  return execFileSync("git", ["-C", folder, ...words], { encoding: "utf8", env: { ...gitEnv(), ...people, PATH: path } }).trim();
}

export function commit(folder: string): string {
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--allow-empty", "--message", "x");
  return git(folder, "rev-parse", "HEAD");
}

/** What `check` says of the figures: how many are out of date or bent, how many warnings, and the note. */
export async function said(folder: string, words: readonly string[] = [], setting: Setting = {}) {
  const { figures, err } = await checked(folder, words, setting);
  const errors = figures.filter(({ severity }) => severity === "error");
  return {
    stale: errors.filter(({ message }) => message.includes("out of date")).length,
    bent: errors.filter(({ message }) => !message.includes("out of date")).length,
    warnings: figures.filter(({ severity }) => severity === "warning").map(({ message }) => message),
    note: err.includes("not verifiable here"),
  };
}

export const sound = { stale: 0, bent: 0, warnings: [], note: false };

/** The project with its fresh review, made once for a test file. */
let made = "";
export async function makeProject(): Promise<void> {
  made = await freshReview();
}

export function project(): string {
  const folder = folderWith();
  cpSync(made, folder, { recursive: true });
  return folder;
}

/** The project in a repository, nothing committed. */
export function repository(branch = "main"): string {
  const folder = project();
  git(folder, "init", "--quiet", "--initial-branch", branch);
  return folder;
}

/** On `main` stands a project without reviews; the branch `week` brings one. */
export function proposal(): string {
  const folder = repository();
  const reviews = folderWith();
  cpSync(join(folder, "reviews"), reviews, { recursive: true });
  rmSync(join(folder, "reviews"), { recursive: true });
  commit(folder);
  git(folder, "checkout", "--quiet", "-b", "week");
  cpSync(reviews, join(folder, "reviews"), { recursive: true });
  commit(folder);
  return folder;
}

export const changePlan = (folder: string) => bend(folder, "config/plan.yaml", "16000", "17000");
export const hold = (folder: string) => bend(folder, reviewPath, /^state: draft/m, "state: held");
