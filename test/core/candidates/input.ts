import type { Candidate } from "../../../src/core/candidates/candidate.ts";
import type { Charge } from "../../../src/core/ledger/charge.ts";
import type { Metric } from "../../../src/core/metrics/metric.ts";
import type { ReviewInput } from "../../../src/core/review/input.ts";
import { reviewOf } from "../../../src/core/review/review.ts";
import { type ChargePart, charge, reviewInput, units } from "../../support/charges.ts";
import { metric } from "../../support/metrics.ts";

/** A day of the week under review, and one of the week before. */
export const [now, before] = ["2026-11-18", "2026-11-11"];

/** What the model `large` cost for chat on a day, in units. */
export function row(day: string, cost: number, part: ChargePart = {}): Charge {
  return charge({ day, cost: units(cost), model: "large", tags: '{"feature":"chat"}', ...part });
}

/** The first day of all data, before both weeks. */
export const first = charge({ day: "2026-11-02", cost: 0n });

/** The candidates of charges that came after the first day. */
export function found({ charges = [], ...input }: Partial<ReviewInput>): readonly Candidate[] {
  return reviewOf(reviewInput({ ...input, charges: [first, ...charges] })).candidates;
}

/** Their kinds, and what each may save. */
export function kinds(input: Partial<ReviewInput>) {
  return found(input).map(({ kind, saving }) => [kind, saving]);
}

/** So many tickets on each day of both weeks, on the last one so many as said; null where nobody counted them. */
export function tickets(daily: number, last: number | null = daily): Metric {
  return metric([...Array<number>(13).fill(daily), last]);
}
