import { join } from "node:path";
import { expect } from "vitest";
import { daily, focusCsv } from "../support/focus.ts";
import { type Files, type Result, type Setting, filesIn, folderWith, overpace } from "../support/world.ts";

/** A small sound project: one source, one plan, three weeks of 100.00 a day until Sunday 22 November 2026. */

export const config = `owners:
  engineering: { login: octocat }
  product: { login: hubot }
sources:
  - type: focus
    path: costs/*.csv
`;
export const twoSources = `${config.replace("path: costs/*.csv", "name: a\n    path: costs/a.csv")}  - type: focus
    name: b
    path: costs/b.csv
`;
export const rows = daily(
  "2026-11-02",
  "OpenAI",
  "Inference",
  Array.from({ length: 21 }, () => 10_000),
);
export const asOf = ["--as-of", "2026-11-23"];
export const weekly = ["weekly", ...asOf];
export const reviewPath = "reviews/2026/2026-W47.md";

const sound: Files = {
  "config/overpace.yaml": config,
  "config/plan.yaml": `currency: USD\nmonths:\n  "2026-11": 3000\n`,
  "costs/all.csv": focusCsv(rows),
};

/** The project in a temporary folder; `files` replaces or adds some, `null` leaves one out. */
export function project(files: Readonly<Record<string, string | null>> = {}): string {
  return folderWith(
    Object.fromEntries(Object.entries({ ...sound, ...files }).filter((entry): entry is [string, string] => entry[1] !== null)),
  );
}

/** The blocks that standard error holds: what happened, where, what to do. */
function refusalsIn({ err }: Result): { what: string; at: string | null; remedy: string }[] {
  return err.split(/^(?=error: )/m).map((block) => {
    const [, what = "", at, remedy = ""] = /^error: (.+)\n(?: {2}at: (.+)\n)?(?: {2}do: (.+)\n)?$/.exec(block) ?? [];
    return { what, at: at ?? null, remedy };
  });
}

/** Runs a call that must be refused: nothing on standard output, nothing written, each message complete. */
export async function refused(folder: string, words: readonly string[], code: 2 | 3, setting?: Setting) {
  const before = filesIn(folder);
  const result = await overpace(folder, words, setting);
  expect(result).toMatchObject({ code, out: "" });
  expect(filesIn(folder)).toEqual(before);
  const refusals = refusalsIn(result);
  for (const { what, remedy } of refusals) {
    expect(what, result.err).not.toBe("");
    expect(remedy, result.err).not.toBe("");
  }
  return refusals;
}

/** One refusal: what it says, where, and that it says what to do. */
export async function refusedOnce(
  folder: string,
  words: readonly string[],
  code: 2 | 3,
): Promise<{ what: string; at: string | null; remedy: string }> {
  const [only, ...more] = await refused(folder, words, code);
  expect(more).toEqual([]);
  return only ?? expect.fail("nothing was refused");
}

export const review = (folder: string): string => filesIn(folder)[reviewPath] ?? "";
export const reviewsOf = (folder: string): Record<string, string> => filesIn(join(folder, "reviews"));
