import type { Issue } from "../../core/issue.ts";
import type { LatestAction } from "./latest.ts";

const words = { open: "open", done: "closed as completed", dropped: "closed as not planned" } as const;

/** Where the reviews and an issue say different things of an action, in sentences; `state` is the issue's after this run. */
export function driftOf({ action: { id }, status, issue: named }: LatestAction, { number }: Issue, state: Issue["status"]): string[] {
  const another =
    named === null || named === number
      ? []
      : [`${id}: the reviews say that its issue is #${named}, it is #${number}: correct \`issue\` there`];
  if (status === state) return another;
  const remedy =
    status === "open"
      ? `the next review says ${state} under previous`
      : `set its status under previous of the next review, or ${state === "open" ? "close the issue" : "close it another way"}`;
  return [...another, `${id}: issue #${number} is ${words[state]}, the reviews say ${status}: ${remedy}`];
}
