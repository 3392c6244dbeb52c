import { expect } from "vitest";
import { Problem } from "../../src/core/problem.ts";

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

/** How many runs a property makes: a seeded sample, or twenty times as many from a new seed in the long form. */
export function runs(sample: number): { numRuns: number; seed?: number } {
  return isLong ? { numRuns: sample * 20 } : { numRuns: sample, seed: 20_261_123 };
}

/** The time limit of a property, in milliseconds. */
export const propertyTime = isLong ? 900_000 : 60_000;
