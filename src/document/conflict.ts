import { Problem } from "../core/problem.ts";
import { proseLines } from "./body/prose.ts";

const mark = "<<<<<<<";

/** Whether a line is the one with which git begins what two changes made of the same lines. */
export function beginsConflict(line: string): boolean {
  return line.startsWith(mark) && (line.length === mark.length || line.charAt(mark.length) === " ");
}

/** Why a file that holds both sides of a merge is neither judged nor changed. */
export function unresolved(file: string, line: number): Problem {
  return new Problem("a merge conflict that nobody resolved begins here", {
    remedy: "keep what holds of both sides, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    place: { file, line },
  });
}

/** @throws Problem for a body with an unresolved merge conflict outside of fenced code. */
export function refuseConflict(body: string, file: string, firstLine: number): void {
  const found = body.includes(mark) ? proseLines(body, [], firstLine).find(({ text }) => beginsConflict(text)) : undefined;
  if (found) throw unresolved(file, found.line);
}
