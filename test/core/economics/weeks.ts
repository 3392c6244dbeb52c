import type { Charge } from "../../../src/core/ledger/charge.ts";
import { type Review, reviewOf } from "../../../src/core/review/review.ts";
import { type ChargePart, over, reviewInput, units } from "../../support/charges.ts";

/** The week under review, and the one before it. */
export const last = { start: "2026-11-16", end: "2026-11-23" };
export const prior = { start: "2026-11-09", end: "2026-11-16" };

/** What both weeks cost, spread evenly over their days. */
export const spend = (before: number, now: number, part: ChargePart = {}): Charge[] => [
  ...over(prior, units(before), part),
  ...over(last, units(now), part),
];

/** The unit economics of a review. */
export const economics = (input: Parameters<typeof reviewInput>[0]): Review["economics"] => reviewOf(reviewInput(input)).economics;
