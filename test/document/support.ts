import { expect } from "vitest";
import { Problem } from "../../src/core/problem.ts";

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
