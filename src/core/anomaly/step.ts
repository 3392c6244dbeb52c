import type { Expectation } from "./expectation.ts";

export type Direction = "up" | "down";

/** A day and what the days before it let expect. */
export interface Step {
  readonly value: number;
  readonly expectation: Expectation | null;
  /** How far out it is in deviations, signed, by the nearer one of both views; 0 where they disagree. */
  readonly distance: number;
  /** The same as a share of what makes a day odd by itself. */
  readonly strength: number;
  /** Departure as a share of what was expected, and whether its amount matters. */
  readonly share: number;
  readonly matters: boolean;
  /** At nothing or near it, as no day before. */
  readonly isNothing: boolean;
}
