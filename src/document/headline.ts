import { moneyText, percentText } from "../core/format.ts";
import type { Review } from "../core/review/review.ts";

/** What a review says, in one line: the week, the pace, the verdict. */
export function headlineOf(review: Review): string {
  const { total, month, currency, verdict, id } = review;
  const { percent } = month.pace;
  const pace =
    percent === null
      ? "no plan for the month"
      : `pace ${percentText(Math.abs(percent)).replace("+", "")} ${percent < 0 ? "under" : "over"} plan`;
  return `${id}: ${moneyText(total.last7, currency)} (${percentText(total.percent)}), ${pace} – ${verdict}${review.incomplete ? ", data missing" : ""}`;
}
