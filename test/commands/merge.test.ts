import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { bend, checked, reviewPath } from "../rules/bending.ts";
import { type Setting, folderWith, overpace } from "../support/world.ts";
import { changePlan, commit, git, makeProject, proposal, said, sound } from "./git.ts";

const stale = { ...sound, stale: 1 };

beforeAll(makeProject);

describe("the merge of a pull request that GitHub makes for its test", () => {
  /** `main` has another plan since the branch began; the merge of both is checked out. */
  function merge(): { folder: string; setting: Setting } {
    const folder = proposal();
    git(folder, "checkout", "--quiet", "main");
    changePlan(folder);
    commit(folder);
    git(folder, "checkout", "--quiet", "--detach");
    git(folder, "merge", "--quiet", "--no-ff", "--message", "x", "week");
    const sha = git(folder, "rev-parse", "HEAD");
    return { folder, setting: { env: { GITHUB_REF: "refs/pull/7/merge", GITHUB_SHA: sha } } };
  }

  test("is not taken: the head is, where the clone has it", async () => {
    const { folder, setting } = merge();
    expect(await said(folder)).toEqual(stale);
    expect(await said(folder, [], setting)).toEqual(sound);
  });

  test("a head that is out of date is found", async () => {
    const folder = proposal();
    changePlan(folder);
    commit(folder);
    git(folder, "checkout", "--quiet", "--detach", "main");
    git(folder, "merge", "--quiet", "--no-ff", "--message", "x", "week");
    const setting = { env: { GITHUB_REF: "refs/pull/7/merge", GITHUB_SHA: git(folder, "rev-parse", "HEAD") } };
    expect(await said(folder, [], setting)).toEqual(stale);
  });

  test("without its head the workflow is to check that out", async () => {
    const { folder: origin, setting } = merge();
    git(origin, "branch", "merge");
    const folder = join(folderWith(), "clone");
    git(origin, "clone", "--quiet", "--depth", "1", "--branch", "merge", `file://${origin}`, folder);
    git(folder, "remote", "set-head", "origin", "--delete");
    const { figures } = await checked(folder, [], setting);
    expect(figures).toMatchObject([{ severity: "warning", remedy: expect.stringContaining("github.event.pull_request.head.sha") }]);
    // What can be said is said all the same.
    bend(folder, "config/plan.yaml", "17000", "16000");
    expect(await said(folder, [], setting)).toEqual(sound);
    bend(folder, reviewPath, 'last7: "4820.00"', 'last7: "4280.00"');
    expect(await said(folder, [], setting)).toEqual({ ...sound, bent: 1 });
  });

  test("the head itself is checked out as GitHub's remedy says", async () => {
    const { folder, setting } = merge();
    git(folder, "checkout", "--quiet", "--detach", "week");
    expect(await said(folder, [], setting)).toEqual(sound);
  });
});

test("a branch that lacks what its refresh was computed from: the remedy says so, and an update of the branch from the default one is enough", async () => {
  const folder = proposal();
  git(folder, "checkout", "--quiet", "main");
  changePlan(folder);
  commit(folder);
  // The weekly run computes from the default branch and commits on the branch of the review.
  git(folder, "checkout", "--quiet", "week");
  git(folder, "checkout", "--quiet", "main", "--", "config");
  const { code } = await overpace(folder, ["weekly", "--as-of", "2027-02-22"]);
  expect(code).toBe(0);
  git(folder, "checkout", "--quiet", "week", "--", "config");
  commit(folder);
  const { figures } = await checked(folder);
  expect(figures).toMatchObject([{ severity: "error", remedy: expect.stringContaining("update this branch from it") }]);
  git(folder, "merge", "--quiet", "--message", "x", "main");
  expect(await said(folder)).toEqual(sound);
});
