import { type Day, addDays, daysBetween, monthOf } from "../../day.ts";
import { percentChange } from "../../format.ts";
import type { Restatement } from "../../ledger/restatement.ts";
import { toCents } from "../../money.ts";
import { type Plan, planOf } from "../../settings/plan.ts";
import type { ClosedMonth } from "./closed-months.ts";

/** How the month before closed; amounts in cents. */
export interface LastMonth extends ClosedMonth {
  /** The plan that is in force for it; null without one. */
  readonly plan: bigint | null;
  readonly percent: number | null;
}

interface LastMonthInput {
  /** The month under review. */
  readonly month: string;
  readonly settledThrough: Day | null;
  readonly closed: readonly ClosedMonth[];
  readonly plan: Plan | null;
  readonly asOf: Day;
  /** The date of the review before; null where none is known. */
  readonly lastReview: Day | null;
  /** What came in since the review before, or changed. */
  readonly restatements: readonly Pick<Restatement, "day">[];
  /** Months of which what they bill of earlier ones did. */
  readonly rebilled: readonly string[];
}

/**
 * The month before the one under review, in the first review after its last day was settled, and where days of it, or corrections that it bills,
 * came in or changed since; else null.
 */
export function lastMonthOf({
  month,
  settledThrough,
  closed,
  plan,
  asOf,
  lastReview,
  restatements,
  rebilled,
}: LastMonthInput): LastMonth | null {
  const lastDay = addDays(`${month}-01`, -1);
  const found = closed.find((one) => one.month === monthOf(lastDay));
  if (found === undefined || settledThrough === null) return null;
  const since = lastReview === null ? 7 : daysBetween(lastReview, asOf);
  const wasOpen = addDays(settledThrough, -since) < lastDay;
  const changed = [...restatements.map(({ day }) => monthOf(day)), ...rebilled];
  if (!wasOpen && !changed.includes(found.month)) return null;
  const planned = planOf(plan, found.month, asOf);
  const amount = planned && toCents(planned.amount);
  return { ...found, plan: amount, percent: amount === null ? null : percentChange(found.total, amount) };
}
