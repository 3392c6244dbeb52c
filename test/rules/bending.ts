import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { type Zone, hashesOf, scanZones } from "../../src/document/body/zone.ts";
import { splitDocument } from "../../src/document/front-matter/split.ts";
import { prepare, scenarioNamed } from "../scenarios/scenario.ts";
import { type Setting, overpace } from "../support/world.ts";

/** The worked example with its review of 2027-W07 just made, and ways to bend it. */

export const reviewPath = "reviews/2027/2027-W07.md";
export const ledgerPath = "reviews/ledger/2027-02-22.2027-W07.csv";

/** A folder with a review that `weekly` has just made. */
export async function freshReview(): Promise<string> {
  const scenario = scenarioNamed("worked-example");
  const folder = prepare(scenario);
  const { code, err } = await overpace(folder, ["weekly", "--as-of", "2027-02-22"]);
  if (code !== 0) throw new Error(err);
  return folder;
}

export const textIn = (folder: string, path = reviewPath): string => readFileSync(join(folder, path), "utf8");

/** Replaces a part of a file that must be there. */
export function bend(folder: string, path: string, from: string | RegExp, to: string): void {
  const before = textIn(folder, path);
  const after = before.replace(from, () => to);
  expect(after, `nothing to bend in ${path}`).not.toBe(before);
  writeFileSync(join(folder, path), after);
}

export function zonesIn(text: string): Zone[] {
  const split = splitDocument(text, "");
  return scanZones(text.slice(split.bodyStart), "", split.bodyLine);
}

/** Makes the fingerprints of the zones fit what stands in them. */
export function refingerprint(folder: string, path = reviewPath): void {
  const text = textIn(folder, path);
  const split = splitDocument(text, "");
  const zones = JSON.stringify(hashesOf(text.slice(split.bodyStart), "", split.bodyLine));
  writeFileSync(
    join(folder, path),
    text.replace(/^ {2}zones: .*$/m, () => `  zones: ${zones}`),
  );
}

/** What `check` says, apart from what is still to be decided. */
export async function checked(folder: string, words: readonly string[] = [], setting: Setting = {}) {
  const { out, err, code } = await overpace(folder, ["check", "--json", ...words], setting);
  expect(out, err).not.toBe("");
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return {
    findings,
    figures: findings.filter(({ rule }) => rule === "figures"),
    zones: findings.filter(({ rule }) => rule === "zones"),
    err,
    code,
  };
}
