import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bend, checked, ledgerPath, refingerprint, reviewPath } from "../rules/bending.ts";
import { folderWith, overpace } from "../support/world.ts";
import { changePlan, commit, git, hold, makeProject, project, proposal, repository, said, sound } from "./git.ts";

/** In which tree a review must find the inputs that it names: real git, no network. */

beforeAll(makeProject);
afterEach(() => {
  vi.unstubAllEnvs();
});

const stale = { ...sound, stale: 1 };
const silent = { ...sound, note: true };

describe("the given tree must be the one the review was made from", () => {
  test("where there is no git repository", async () => {
    const folder = project();
    expect(await said(folder)).toEqual(sound);
    changePlan(folder);
    expect(await said(folder)).toEqual(stale);
  });

  test("an event or an ignored finding that can matter to the review is an input, one of a later week is none", async () => {
    const folder = project();
    const path = join(folder, "config/overpace.yaml");
    const before = readFileSync(path, "utf8");
    const entries = [
      ["events: [{ name: Launch, kind: launch, start: 2027-02-17, end: 2027-02-18 }]", stale],
      ["events: [{ name: Launch, kind: launch, start: 2027-03-08, end: 2027-03-09 }]", sound],
      ["ignore: [{ scope: { provider: OpenAI }, reason: a test of the new region, until: 2027-03-01 }]", stale],
      ["ignore: [{ scope: { provider: OpenAI }, reason: a test of the new region, from: 2027-02-22, until: 2027-03-01 }]", sound],
    ] as const;
    for (const [entry, expected] of entries) {
      writeFileSync(path, `${before.trimEnd()}\n${entry}\n`);
      expect(await said(folder), entry).toEqual(expected);
    }
  });

  test("where there is no git at all", async () => {
    const folder = repository();
    commit(folder);
    changePlan(folder);
    vi.stubEnv("PATH", "");
    expect(await said(folder)).toEqual(stale);
  });

  test("in a repository without a commit", async () => {
    const folder = repository();
    changePlan(folder);
    expect(await said(folder)).toEqual(stale);
  });

  test("for a review that is not committed on the default branch yet", async () => {
    const folder = repository();
    rmSync(join(folder, ".git"), { recursive: true });
    git(folder, "init", "--quiet", "--initial-branch", "main");
    git(folder, "add", "config", "costs");
    git(folder, "commit", "--quiet", "--message", "x");
    changePlan(folder);
    expect(await said(folder)).toEqual(stale);
  });

  test("for a review that a branch brings, checked out by name or detached", async () => {
    const folder = proposal();
    expect(await said(folder)).toEqual(sound);
    git(folder, "checkout", "--quiet", "--detach");
    expect(await said(folder)).toEqual(sound);
    changePlan(folder);
    expect(await said(folder)).toEqual(stale);
  });

  test("for an open review of the default branch, on another branch", async () => {
    const folder = repository();
    commit(folder);
    git(folder, "checkout", "--quiet", "-b", "plan");
    changePlan(folder);
    commit(folder);
    expect(await said(folder)).toEqual(stale);
  });

  test("in a work tree of a branch", async () => {
    const folder = proposal();
    git(folder, "checkout", "--quiet", "main");
    const tree = join(folderWith(), "tree");
    git(folder, "worktree", "add", "--quiet", tree, "week");
    expect(await said(tree)).toEqual(sound);
    changePlan(tree);
    expect(await said(tree)).toEqual(stale);
  });
});

describe("on the default branch only what a review names is read", () => {
  test.each([
    ["a changed plan", changePlan],
    ["a missing ledger file", (folder: string) => rmSync(join(folder, ledgerPath))],
    ["a changed ledger file", (folder: string) => bend(folder, ledgerPath, "2027-02-19,", "2027-02-18,")],
  ])("%s makes it not verifiable, which is no finding", async (_, change) => {
    const folder = repository();
    commit(folder);
    expect(await said(folder)).toEqual(sound);
    change(folder);
    expect(await said(folder)).toEqual(silent);
    commit(folder);
    expect(await said(folder)).toEqual(silent);
    expect((await checked(folder)).err).toMatch(
      /^note: figures not verifiable here: 2027-W07; 2027-W07 has other inputs: (?:plan|ledger)/m,
    );
  });

  test("detached at its tip", async () => {
    const folder = repository();
    commit(folder);
    git(folder, "checkout", "--quiet", "--detach");
    changePlan(folder);
    expect(await said(folder)).toEqual(silent);
  });

  test("what is bent is found, committed or not", async () => {
    const folder = repository();
    commit(folder);
    bend(folder, reviewPath, 'last7: "4820.00"', 'last7: "4280.00"');
    expect(await said(folder)).toEqual({ ...sound, bent: 1 });
    commit(folder);
    expect(await said(folder)).toEqual({ ...sound, bent: 1 });
  });

  test("a figure that was bent with its inputs since the commit is out of date", async () => {
    const folder = repository();
    commit(folder);
    bend(folder, reviewPath, 'last7: "4820.00"', 'last7: "4280.00"');
    bend(folder, reviewPath, /config: \w+/, "config: 0123456789abcdef");
    expect(await said(folder)).toEqual(stale);
  });

  test("weeks later, with a later ledger and another plan", async () => {
    const folder = repository();
    hold(folder);
    commit(folder);
    await overpace(folder, ["weekly", "--as-of", "2027-03-01"]);
    commit(folder);
    expect(await said(folder)).toEqual(sound);
    changePlan(folder);
    bend(folder, "config/overpace.yaml", /^/, "thresholds: { week: 30 }\n");
    expect(await said(folder)).toEqual(silent);
  });

  test.each([["main"], ["trunk"]])("in a clone, whose origin calls %s so", async (branch) => {
    const origin = repository(branch);
    commit(origin);
    const folder = join(folderWith(), "clone");
    git(origin, "clone", "--quiet", `file://${origin}`, folder);
    changePlan(folder);
    expect(await said(folder)).toEqual(silent);
  });

  test("where only the event of GitHub Actions knows its name", async () => {
    const folder = repository("trunk");
    commit(folder);
    changePlan(folder);
    expect(await said(folder)).toEqual(stale);
    const event = join(folderWith({ "event.json": JSON.stringify({ repository: { default_branch: "trunk" } }) }), "event.json");
    expect(await said(folder, [], { env: { GITHUB_EVENT_PATH: event } })).toEqual(silent);
    writeFileSync(event, "{");
    expect(await said(folder, [], { env: { GITHUB_EVENT_PATH: event } })).toEqual(stale);
  });
});

describe("a closed review is held to what it names on any branch", () => {
  /** `main` holds the closed review; the branch `later` is checked out. */
  function later(): string {
    const folder = repository();
    hold(folder);
    commit(folder);
    git(folder, "checkout", "--quiet", "-b", "later");
    return folder;
  }

  test("another plan is no fault of its", async () => {
    const folder = later();
    changePlan(folder);
    commit(folder);
    expect(await said(folder)).toEqual(silent);
  });

  test("people may edit it", async () => {
    const folder = later();
    changePlan(folder);
    bend(folder, reviewPath, /^minutes:.*$/m, "minutes: 27");
    expect(await said(folder)).toEqual(silent);
  });

  test("its figures, with other inputs, may not change", async () => {
    const folder = later();
    bend(folder, reviewPath, 'last7: "4820.00"', 'last7: "4280.00"');
    expect(await said(folder)).toEqual({ ...sound, bent: 1 });
    bend(folder, reviewPath, /config: \w+/, "config: 0123456789abcdef");
    expect(await said(folder)).toEqual(stale);
  });

  test("a zone bent with its fingerprint is found", async () => {
    const folder = later();
    bend(folder, reviewPath, "$4,820.00", "$4,280.00");
    refingerprint(folder);
    expect(await said(folder)).toEqual({ ...sound, bent: 1 });
  });
});

describe("a clone that lacks the default branch", () => {
  /** Two reviews, the older one held, in a shallow clone of a branch. */
  async function shallow(): Promise<string> {
    const origin = repository();
    hold(origin);
    commit(origin);
    git(origin, "checkout", "--quiet", "-b", "week");
    await overpace(origin, ["weekly", "--as-of", "2027-03-01"]);
    commit(origin);
    const folder = join(folderWith(), "clone");
    git(origin, "clone", "--quiet", "--depth", "1", "--branch", "week", `file://${origin}`, folder);
    git(folder, "remote", "set-head", "origin", "--delete");
    return folder;
  }

  test("takes the newest review for open and older held ones for closed", async () => {
    const folder = await shallow();
    expect(await said(folder)).toEqual(sound);
    changePlan(folder);
    expect(await said(folder)).toEqual({
      ...stale,
      note: true,
      warnings: [expect.stringContaining("the default branch is not at hand")],
    });
  });
});

describe("git means the repository that contains the reviews", () => {
  const flags = (folder: string) => ["--reviews", join(folder, "reviews"), "--config", join(folder, "config")];

  test("not the current folder's", async () => {
    const reviews = repository();
    commit(reviews);
    changePlan(reviews);
    const elsewhere = proposal();
    expect(await said(elsewhere, flags(reviews))).toEqual(silent);
    expect(await said(reviews, flags(elsewhere))).toEqual(sound);
    changePlan(elsewhere);
    expect(await said(reviews, flags(elsewhere))).toEqual(stale);
  });

  test("not one around it, as for a submodule", async () => {
    const inner = repository();
    commit(inner);
    const outer = folderWith();
    git(outer, "init", "--quiet", "--initial-branch", "other");
    mkdirSync(join(outer, "finance"));
    cpSync(inner, join(outer, "finance"), { recursive: true });
    changePlan(join(outer, "finance"));
    expect(await said(outer, flags(join(outer, "finance")))).toEqual(silent);
  });

  test("not one that the environment names, as in a hook", async () => {
    const folder = repository();
    commit(folder);
    changePlan(folder);
    const other = proposal();
    vi.stubEnv("GIT_DIR", join(other, ".git"));
    vi.stubEnv("GIT_WORK_TREE", other);
    vi.stubEnv("GIT_INDEX_FILE", join(other, ".git", "index"));
    expect(await said(folder)).toEqual(silent);
  });
});

test("names, orders and time zones do not matter: one file alone is judged as among all", async () => {
  const folder = repository();
  hold(folder);
  await overpace(folder, ["weekly", "--as-of", "2027-03-01"]);
  changePlan(folder);
  const all = (await checked(folder)).figures;
  vi.stubEnv("TZ", "Pacific/Kiritimati");
  const alone = await Promise.all(["2027-W08", "2027-W07"].map((id) => checked(folder, [`reviews/2027/${id}.md`])));
  expect(alone.flatMap(({ figures }) => figures).toSorted((a, b) => (a.file < b.file ? -1 : 1))).toEqual(all);
  expect(all).toHaveLength(2);
});
