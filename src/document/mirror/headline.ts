import { moneyText, percentText } from "../../core/format.ts";
import type { Review } from "../../core/review/review.ts";
import type { Verdict } from "../../core/review/verdict.ts";

/** The figures that a headline tells. */
export interface Headline {
  readonly id: string;
  readonly currency: string;
  readonly last7: bigint;
  readonly weekPercent: number | null;
  /** Pace over plan; null without a plan. */
  readonly pacePercent: number | null;
  readonly verdict: Verdict;
  readonly incomplete: boolean;
}

/** Figures in one line: the week, the pace, the verdict. */
export function headlineText({ id, currency, last7, weekPercent, pacePercent, verdict, incomplete }: Headline): string {
  const pace =
    pacePercent === null
      ? "no plan for the month"
      : `pace ${percentText(Math.abs(pacePercent)).replace("+", "")} ${pacePercent < 0 ? "under" : "over"} plan`;
  return `${id}: ${moneyText(last7, currency)} (${percentText(weekPercent)}), ${pace} – ${verdict}${incomplete ? ", data missing" : ""}`;
}

/** What a review says, in one line. */
export function headlineOf({ id, currency, total, month, verdict, incomplete }: Review): string {
  return headlineText({
    id,
    currency,
    last7: total.last7,
    weekPercent: total.percent,
    pacePercent: month.pace.percent,
    verdict,
    incomplete,
  });
}
