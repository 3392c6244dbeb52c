import { expect } from "vitest";
import { Problem } from "../../src/core/problem.ts";

const isLong = process.env["OVERPACE_LONG"] === "1";

/** How many runs a property makes: a seeded sample, or twenty times as many from a new seed in the long form. */
export function runs(sample: number): { numRuns: number; seed?: number } {
  return isLong ? { numRuns: sample * 20 } : { numRuns: sample, seed: 20_261_123 };
}

/** The time limit of a property, in milliseconds. */
export const propertyTime = isLong ? 900_000 : 60_000;

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

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
