import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { checkReview } from "../../src/rules/check.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const drafted = globSync("test/scenarios/*/expected/reviews/[0-9]*/*.md", { cwd: root });
const held = globSync("reviews/2026/2026-W4[3-6].md", { cwd: root });

/** Rules about what overpace drafts itself. */
const aboutDrafts = new Set([
  "front-matter",
  "attendees",
  "action-ids",
  "complete-actions",
  "one-person",
  "due",
  "definition-of-done",
  "about",
  "dropped",
  "explanation",
  "known-cause",
  "readable-alone",
  "silenced",
]);

describe("what overpace drafts itself passes its own rules", () => {
  it("there are files to look at", () => expect([drafted.length > 15, held.length]).toEqual([true, 4]));
  it.each(drafted)("%s", (path) => {
    expect(checkReview(read(path), path).filter(({ rule }) => aboutDrafts.has(rule))).toEqual([]);
  });
});

it.each(held)("what people wrote into %s is accepted", (path) => {
  expect(checkReview(read(path), path).filter(({ rule, severity }) => severity === "error" || aboutDrafts.has(rule))).toEqual([]);
});
