import { moneyText, percentText, shareText } from "../../core/format.ts";
import type { Review } from "../../core/review/review.ts";
import type { Verdict } from "../../core/review/verdict.ts";

/** The figures that a headline tells. */
export interface Headline {
  readonly id: string;
  readonly currency: string;
  readonly last7: bigint;
  /** Null where there is nothing to compare with. */
  readonly weekPercent: number | null;
  /** Month end at the current pace, and the plan; null without one. */
  readonly pace: bigint;
  readonly plan: bigint | null;
  /** Pace over plan; null without a plan above zero. */
  readonly pacePercent: number | null;
  readonly verdict: Verdict;
  readonly incomplete: boolean;
}

/** The pace against the plan; no percentage is of a plan of zero. */
function paceText({ pace, plan, pacePercent, currency }: Headline): string {
  if (pacePercent !== null) return `pace ${shareText(Math.abs(pacePercent))} ${pacePercent < 0 ? "under" : "over"} plan`;
  return plan === null ? "no plan for the month" : `${moneyText(pace - plan, currency)} over a plan of ${moneyText(plan, currency)}`;
}

/** Figures in one line: the week, the pace, the verdict. */
export function headlineText(headline: Headline): string {
  const { id, currency, last7, weekPercent, verdict, incomplete } = headline;
  const moved = weekPercent === null && last7 === 0n ? "" : ` (${percentText(weekPercent)})`;
  return `${id}: ${moneyText(last7, currency)}${moved}, ${paceText(headline)} – ${verdict}${incomplete ? ", data missing" : ""}`;
}

/** What a review says, in one line. */
export function headlineOf({ id, currency, total, month, verdict, incomplete }: Review): string {
  return headlineText({
    id,
    currency,
    last7: total.last7,
    weekPercent: total.percent,
    pace: month.pace.total,
    plan: month.planTotal,
    pacePercent: month.pace.percent,
    verdict,
    incomplete,
  });
}
