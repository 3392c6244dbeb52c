import type { PreviousAction } from "../../src/document/sections/context.ts";

export { problemOf, propertyTime, runs } from "../support/properties.ts";

/** An action of the week before that is still open: to find the cause of a rise of Groq. */
export const openAction = (part: Partial<PreviousAction>): PreviousAction => ({
  id: "2026-W46-1",
  title: "Find the cause of the rise of Groq Inference and say whether it stays",
  decision: "investigate",
  owner: "@octocat",
  due: "2026-11-23",
  about: "groq/inference",
  effect: null,
  ageWeeks: 1,
  slips: 0,
  overdue: false,
  ended: null,
  ...part,
});
