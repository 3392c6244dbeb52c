import { expect } from "vitest";
import { Problem } from "../../src/core/problem.ts";
import type { PreviousAction } from "../../src/document/sections/context.ts";

export { runs } from "../support/properties.ts";

/** The Problem that a call throws; anything else fails the test. */
export function problemOf(call: () => unknown): Problem {
  try {
    call();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  return expect.fail("nothing was refused");
}

const isLong = process.env["OVERPACE_LONG"] === "1";

/** The time limit of a property, in milliseconds. */
export const propertyTime = isLong ? 900_000 : 60_000;

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
