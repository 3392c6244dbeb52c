import { type Problem, placeText } from "../core/problem.ts";
import { logText } from "../core/text.ts";

/** A refusal as people read it on a terminal or in a job log: what happened, where, what to do; one block for each problem. */
export function problemText(problem: Problem): string {
  return [problem, ...problem.others]
    .map(({ message, place, remedy }) =>
      [`error: ${logText(message)}`, place && `  at: ${logText(placeText(place))}`, `  do: ${logText(remedy)}`]
        .filter((line) => line !== undefined)
        .join("\n"),
    )
    .join("\n");
}

/** A warning as a line of standard error. */
export function warningText(message: string): string {
  return `warning: ${logText(message)}\n`;
}

/** A note, which nobody has to do anything about, as a line of standard error. */
export function noteText(message: string): string {
  return `note: ${logText(message)}\n`;
}
