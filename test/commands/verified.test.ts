import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checked, freshReview, ledgerPath, reviewPath } from "../rules/bending.ts";
import { deliver, prepare, scenarios } from "../scenarios/scenario.ts";
import { overpace } from "../support/world.ts";
import { commit, git, said, sound } from "./git.ts";

test.each([
  ["a link", (folder: string) => execFileSync("ln", ["-sf", "/dev/zero", join(folder, ledgerPath)])],
  ["a folder", (folder: string) => [rmSync(join(folder, ledgerPath)), mkdirSync(join(folder, ledgerPath))]],
  ["bytes that are no text", (folder: string) => writeFileSync(join(folder, ledgerPath), Buffer.from([0xff, 0xfe, 0x00]))],
])("%s in the place of the ledger is out of date", async (_, put) => {
  const folder = await freshReview();
  put(folder);
  expect(await said(folder)).toEqual({ ...sound, stale: 1 });
});

test("a link in the place of the chart is not followed", async () => {
  const folder = await freshReview();
  execFileSync("ln", ["-sf", "/dev/zero", join(folder, reviewPath.replace(".md", ".svg"))]);
  expect(await said(folder)).toEqual(sound);
});

/** All scenarios in the long form; else those that restate or lack data, and some others. */
const sample = scenarios.filter(
  ({ name }, index) => process.env["OVERPACE_LONG"] === "1" || index % 4 === 0 || ["restated", "late-source", "corrections"].includes(name),
);

describe("what weekly has just made is verified by check", () => {
  test.each(sample.map((scenario) => [scenario.name, scenario] as const))("%s", async (_, scenario) => {
    const folder = prepare(scenario);
    for (const run of scenario.runs) {
      deliver(folder, run);
      const result = await overpace(folder, ["weekly", "--as-of", run.asOf]);
      expect(result.code, result.err).toBe(0);
      expect(await said(folder)).toEqual(sound);
    }
    git(folder, "init", "--quiet", "--initial-branch", "main");
    commit(folder);
    expect(await said(folder)).toEqual(sound);
  });
});

test("the reviews of this project are verified or say that they are not verifiable here", async () => {
  const { figures } = await checked(join(import.meta.dirname, "../.."));
  expect(figures).toEqual([]);
});
