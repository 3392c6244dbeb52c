import { Problem } from "../core/problem.ts";
import { proseLines } from "./body/prose.ts";

/** The lines with which git begins and ends what two changes made of the same lines; the end always names its side. */
const marks = /^(?:<{7}(?: |$)|>{7} \S)/;

/** Whether a line is one that git puts around a conflict; the last is the one that is easily overlooked when the others are taken out. */
export function marksConflict(line: string): boolean {
  return marks.test(line);
}

/** Why a file that holds both sides of a merge is neither judged nor changed. */
export function unresolved(file: string, line: number, text: string): Problem {
  const message = text.startsWith("<") ? "a merge conflict that nobody resolved begins here" : "a line of a merge conflict was left here";
  return new Problem(message, {
    remedy: "keep what holds of both sides, and delete the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
    place: { file, line },
  });
}

/** @throws Problem for a body with an unresolved merge conflict outside of fenced code. */
export function refuseConflict(body: string, file: string, firstLine: number): void {
  const found = /^(?:<{7}|>{7})/m.test(body) ? proseLines(body, [], firstLine).find(({ text }) => marksConflict(text)) : undefined;
  if (found) throw unresolved(file, found.line, found.text);
}
