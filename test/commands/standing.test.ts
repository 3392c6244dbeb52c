import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bend, checked, reviewPath, textIn } from "../rules/bending.ts";
import { folderWith, overpace } from "../support/world.ts";
import { lab, pathOf, reported, textOf } from "./actions-lab.ts";
import { changePlan, commit, hold, makeProject, project, repository, said, sound } from "./git.ts";

/** What `check` and `actions` make of reviews whose standing is not clear, or not yet. */

beforeAll(makeProject);
afterEach(() => {
  vi.unstubAllEnvs();
});

const stale = { ...sound, stale: 1 };

describe("a repository whose owner git does not trust", () => {
  test("is a guess for check: the newest review is taken for open, and what would let git tell is said", async () => {
    const folder = repository();
    hold(folder);
    await overpace(folder, ["weekly", "--as-of", "2027-03-01"]);
    commit(folder);
    changePlan(folder);
    vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    const warning = expect.stringContaining("git does not trust the owner of this folder, so a review that is not the newest") as string;
    expect(await said(folder)).toEqual({ ...stale, note: true, warnings: [warning] });
    const remedies = (await checked(folder)).figures.map(({ remedy }) => remedy);
    expect(remedies).toContainEqual(expect.stringContaining("git config --global --add safe.directory"));
  });

  test("gives actions as the files say them, and why no more is known", async () => {
    const { folder, commit: commitBy } = lab();
    commitBy("Ada", "2026-11-02", { [pathOf("2026-11-02")]: textOf({ date: "2026-11-02", actions: [{}] }) });
    vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    const { actions, history } = await reported(folder);
    expect(actions).toMatchObject([{ id: "2026-W44-1", history: [] }]);
    expect(history).toEqual({ complete: false, note: expect.stringContaining("git does not trust the owner of this folder") as string });
  });
});

test("a review that is broken on the default branch and mended here is open", async () => {
  const folder = repository();
  const sane = textIn(folder);
  bend(folder, reviewPath, "state: draft", "state: [");
  commit(folder);
  writeFileSync(join(folder, reviewPath), sane);
  expect(await said(folder)).toEqual(sound);
  changePlan(folder);
  expect(await said(folder)).toEqual(stale);
});

test("where the default branch is not at hand, the newest review is taken for open although it is held", async () => {
  const folder = repository("trunk");
  hold(folder);
  commit(folder);
  changePlan(folder);
  expect(await said(folder)).toEqual(stale);
});

test("a source and a metric that came later make figures out of date, and nothing worse", async () => {
  const folder = project();
  const more = `  - { type: focus, name: later, path: later.csv }\nmetrics: [{ name: tickets, type: csv, path: tickets.csv }]\n`;
  bend(folder, "config/overpace.yaml", /$/, more);
  expect((await checked(folder)).figures.map(({ message }) => message)).toEqual([
    "the figures are out of date, their inputs differ: overpace.yaml",
  ]);
});

test("of several faults in settings the first is told, and how many more there are", async () => {
  const folder = project();
  bend(folder, "config/overpace.yaml", /^/, "costbasis: billed\nthreshold: 3\n");
  expect((await checked(folder)).figures).toMatchObject([
    { message: expect.stringMatching(/`costbasis`.* \(and 1 more: overpace weekly names all\)$/) as string },
  ]);
});

test("of many reviews that are not verifiable the first and the last are named", async () => {
  const folder = repository();
  for (const day of ["2027-03-01", "2027-03-08", "2027-03-15"]) await overpace(folder, ["weekly", "--as-of", day]);
  commit(folder);
  changePlan(folder);
  const note = async () => /^note: figures not verifiable here: (.+); 2027-W07 has/m.exec((await checked(folder)).err)?.[1];
  expect(await note()).toBe("2027-W07 … 2027-W10 (4 reviews)");
  rmSync(join(folder, "reviews/2027/2027-W10.md"));
  expect(await note()).toBe("2027-W07, 2027-W08, 2027-W09");
});

test("the event of GitHub Actions names the default branch for actions, too", async () => {
  const { folder, git: run, commit: commitBy } = lab("trunk");
  commitBy("Ada", "2026-11-02", { [pathOf("2026-11-02")]: textOf({ date: "2026-11-02", actions: [{}] }) });
  run("checkout", "-q", "-b", "work");
  commitBy("Grace", "2026-11-09", { [pathOf("2026-11-09")]: textOf({ date: "2026-11-09", actions: [{}] }) });
  const event = join(folderWith({ "event.json": JSON.stringify({ repository: { default_branch: "trunk" } }) }), "event.json");
  const ids = async (env: Readonly<Record<string, string>>) => {
    const { actions, drafts } = await reported(folder, [], { env });
    return [actions, drafts].map((list) => list.map(({ id }) => id));
  };
  expect(await ids({ GITHUB_EVENT_PATH: event })).toEqual([["2026-W44-1"], ["2026-W45-1"]]);
  expect(await ids({})).toEqual([["2026-W44-1", "2026-W45-1"], []]);
});
