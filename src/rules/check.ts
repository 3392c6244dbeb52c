import type { Finding } from "../core/finding.ts";
import { Problem } from "../core/problem.ts";
import { validate } from "../core/yaml.ts";
import { answersIn, textBelow } from "../document/answers.ts";
import { splitDocument } from "../document/front-matter.ts";
import { type FrontMatter, frontMatterSchema } from "../document/schema.ts";
import { scanZones, zoneHash } from "../document/zone.ts";
import { rules } from "./index.ts";
import type { ReviewFile } from "./rule.ts";

function findingOf(problem: Problem, rule: string, file: string): Finding {
  const { line = 1, column = 1 } = problem.place ?? {};
  return { rule, severity: "error", file, line, column, message: problem.message, remedy: problem.remedy };
}

/** What is wrong or open in one review file, in the order of the file; nothing is thrown for what stands in it. */
export function checkReview(text: string, file: string): Finding[] {
  try {
    const split = splitDocument(text, file);
    const front = validate<FrontMatter>(split.yaml, frontMatterSchema, file, "docs/review.md shows every key of the front matter");
    if ("problems" in front) return front.problems.map((problem) => findingOf(problem, "front-matter", file));
    const body = text.slice(split.bodyStart);
    const zones = scanZones(body, file, split.bodyLine);
    const below = textBelow(body, zones);
    const questions = zones.map((zone) => ({ zone, answers: answersIn(below.get(zone.key) ?? "", zone.endLine) }));
    const review: ReviewFile = { front: front.value, questions, placeOf: split.yaml.placeOf };
    const typedInto = zones.filter((zone) => front.value.figures.zones[zone.key] !== zoneHash(zone.text));
    const found = [
      ...typedInto.map((zone): Finding => ({
        rule: "zones",
        severity: "error",
        file,
        line: zone.line,
        column: 1,
        message: `the machine-owned zone \`${zone.key}\` is not as overpace wrote it`,
        remedy: "move what you wrote below the closing marker and restore the zone from git",
      })),
      ...rules.flatMap((rule) =>
        rule
          .check(review)
          .map((remark): Finding => ({ rule: rule.name, file, severity: front.value.state === "draft" ? "todo" : "error", ...remark })),
      ),
    ];
    return found.sort((a, b) => a.line - b.line || a.column - b.column);
  } catch (error) {
    if (error instanceof Problem) return [findingOf(error, "readable", file)];
    throw error;
  }
}
