import type { Finding } from "../../core/finding.ts";
import type { Problem } from "../../core/problem.ts";
import { validate } from "../../core/yaml.ts";
import { answersIn, textBelow } from "../../document/answers.ts";
import { splitDocument } from "../../document/front-matter.ts";
import { proseLines } from "../../document/prose.ts";
import { type FrontMatter, frontMatterSchema } from "../../document/schema.ts";
import { type Zone, scanZones, zoneHash } from "../../document/zone.ts";
import type { ReviewFile } from "./rule.ts";

/** A review file taken apart, or null with what stands in the way. */
export interface ReadReview {
  readonly review: ReviewFile | null;
  readonly findings: readonly Finding[];
}

function keyFinding(problem: Problem, file: string): Finding {
  const { line = 1, column = 1 } = problem.place ?? {};
  return { rule: "front-matter", severity: "error", file, line, column, message: problem.message, remedy: problem.remedy };
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

/** Takes a review file apart for the rules. @throws Problem when front matter or zones cannot be read at all. */
export function readReview(text: string, file: string): ReadReview {
  const split = splitDocument(text, file);
  const front = validate<FrontMatter>(split.yaml, frontMatterSchema, file, "docs/review.md shows every key of the front matter");
  if ("problems" in front) return { review: null, findings: front.problems.map((problem) => keyFinding(problem, file)) };
  const body = text.slice(split.bodyStart);
  const zones = scanZones(body, file, split.bodyLine);
  const below = textBelow(body, zones);
  const questions = zones.map((zone) => ({ zone, answers: answersIn(below.get(zone.key) ?? "", zone.endLine) }));
  const typedInto = zones.filter((zone) => front.value.figures.zones[zone.key] !== zoneHash(zone.text));
  return {
    review: { file, front: front.value, questions, prose: proseLines(body, zones, split.bodyLine), placeOf: split.yaml.placeOf },
    findings: typedInto.map((zone) => zoneFinding(zone, file)),
  };
}
