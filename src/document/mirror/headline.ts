import { changeText, moneyText, percentText, shareText } from "../../core/format.ts";
import { absolute } from "../../core/money.ts";
import type { Review } from "../../core/review/review.ts";
import type { Verdict } from "../../core/review/verdict.ts";

/** The figures that a headline tells. */
export interface Headline {
  readonly id: string;
  readonly currency: string;
  readonly last7: bigint;
  readonly prior7: bigint;
  /** Null where the week before cost nothing, or less. */
  readonly weekPercent: number | null;
  /** Month end at the current pace, and the plan; null without one. */
  readonly pace: bigint;
  readonly plan: bigint | null;
  /** Pace over plan; null without a plan above zero. */
  readonly pacePercent: number | null;
  readonly verdict: Verdict;
  readonly incomplete: boolean;
}

/** The pace against the plan: an amount where the plan is nothing, or undercut by more than all of it. */
function paceText({ pace, plan, pacePercent, currency }: Headline): string {
  if (plan === null) return "no plan for the month";
  const side = pace < plan ? "under" : "over";
  if (pacePercent !== null && pacePercent >= -100) return `pace ${shareText(Math.abs(pacePercent))} ${side} plan`;
  return `${moneyText(absolute(pace - plan), currency)} ${side} a plan of ${moneyText(plan, currency)}`;
}

/** ` (+22.0 %)`; an amount after a week of credits, and nothing where neither week cost anything. */
function movedText({ last7, prior7, weekPercent, currency }: Headline): string {
  if (weekPercent !== null) return ` (${percentText(weekPercent)})`;
  if (prior7 !== 0n) return ` (${changeText(last7 - prior7, currency)})`;
  return last7 === 0n ? "" : " (new)";
}

/** Figures in one line: the week, the pace, the verdict. */
export function headlineText(headline: Headline): string {
  const { id, currency, last7, verdict, incomplete } = headline;
  const week = `${moneyText(last7, currency)}${movedText(headline)}`;
  return `${id}: ${week}, ${paceText(headline)} – ${verdict}${incomplete ? ", data missing" : ""}`;
}

/** What a review says, in one line. */
export function headlineOf({ id, currency, total, month, verdict, incomplete }: Review): string {
  return headlineText({
    id,
    currency,
    last7: total.last7,
    prior7: total.prior7,
    weekPercent: total.percent,
    pace: month.pace.total,
    plan: month.planTotal,
    pacePercent: month.pace.percent,
    verdict,
    incomplete,
  });
}
