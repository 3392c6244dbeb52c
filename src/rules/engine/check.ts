import type { Finding } from "../../core/finding.ts";
import { Problem } from "../../core/problem.ts";
import { rules } from "../index.ts";
import { readReview } from "./read.ts";
import type { Surroundings } from "./rule.ts";

/** What is known when a file is checked by itself. */
export const alone: Surroundings = {
  recomputed: { state: "unknown", why: "the file was checked by itself" },
  earlier: [],
  config: null,
  assignable: null,
};

/** A refusal of the reader as a finding of the file. */
function findingOf(problem: Problem, file: string): Finding {
  const { line = 1, column = 1 } = problem.place ?? {};
  return { rule: "readable", severity: "error", file, line, column, message: problem.message, remedy: problem.remedy };
}

/** What is wrong or open in one review file, in the order of the file; nothing is thrown for what stands in it. */
export function checkReview(text: string, file: string, around: Surroundings = alone): Finding[] {
  try {
    const { review, findings } = readReview(text, file);
    if (review === null) return [...findings];
    const open = review.front.state === "draft" ? "todo" : "error";
    const remarks = rules.flatMap((rule) =>
      rule.check(review, around).map(({ at: _, ...remark }): Finding => ({ rule: rule.name, file, severity: open, ...remark })),
    );
    return [...findings, ...remarks].sort((a, b) => a.line - b.line || a.column - b.column);
  } catch (error) {
    if (error instanceof Problem) return [findingOf(error, file)];
    throw error;
  }
}
