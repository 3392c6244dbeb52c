import type { Finding } from "../../core/finding.ts";
import { Problem } from "../../core/problem.ts";
import { validate } from "../../core/yaml/validate.ts";
import { answersIn, textBelow } from "../../document/body/answers.ts";
import { proseLines } from "../../document/body/prose.ts";
import { type Zone, scanZones, zoneHash } from "../../document/body/zone.ts";
import { refuseConflict } from "../../document/conflict.ts";
import { rewordFault } from "../../document/front-matter/faults.ts";
import { type FrontMatter, frontMatterSchema } from "../../document/front-matter/schema.ts";
import { splitDocument } from "../../document/front-matter/split.ts";
import type { ReviewFile } from "./rule.ts";

/** A review file taken apart, or null with what stands in the way. */
export interface ReadReview {
  readonly review: ReviewFile | null;
  readonly findings: readonly Finding[];
}

/** A refusal as a finding of the file. */
function findingOf(rule: string, { place, message, remedy }: Problem, file: string): Finding {
  return { rule, severity: "error", file, line: place?.line ?? 1, column: place?.column ?? 1, message, remedy };
}

/** Findings in the order in which a reader of the file comes across them. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function zoneFinding({ key, line }: Zone, file: string): Finding {
  return {
    rule: "zones",
    severity: "error",
    file,
    line,
    column: 1,
    message: `the machine-owned zone \`${key}\` is not as overpace wrote it`,
    remedy: "move what you wrote below the closing marker and restore the zone from git",
  };
}

/** Takes a review file apart for the rules; nothing is thrown for what stands in it. */
export function readReview(text: string, file: string): ReadReview {
  try {
    return takeApart(text, file);
  } catch (error) {
    if (error instanceof Problem) return { review: null, findings: [findingOf("readable", error, file)] };
    throw error;
  }
}

/** What a body holds for the rules. */
export function bodyParts(body: string, file: string, firstLine: number) {
  const zones = scanZones(body, file, firstLine);
  const below = textBelow(body, zones);
  const questions = zones.map((zone) => ({ zone, answers: answersIn(below.get(zone.key) ?? "", zone.endLine) }));
  return { zones, questions, prose: proseLines(body, zones, firstLine) };
}

function takeApart(text: string, file: string): ReadReview {
  const split = splitDocument(text, file);
  refuseConflict(text.slice(split.bodyStart), file, split.bodyLine);
  const remedy = "docs/review.md of overpace shows every key of the front matter";
  const front = validate<FrontMatter>(split.yaml, frontMatterSchema, file, remedy, rewordFault);
  if ("problems" in front)
    return { review: null, findings: inOrder(front.problems.map((problem) => findingOf("front-matter", problem, file))) };
  const { zones, ...parts } = bodyParts(text.slice(split.bodyStart), file, split.bodyLine);
  const typedInto = zones.filter((zone) => front.value.figures.zones[zone.key] !== zoneHash(zone.text));
  return {
    review: { file, front: front.value, ...parts, placeOf: split.yaml.placeOf },
    findings: typedInto.map((zone) => zoneFinding(zone, file)),
  };
}
