import { percentText, shareText } from "../../../core/format.ts";
import { sum, toCents } from "../../../core/money.ts";
import { absenceOf } from "../../../core/review/data/arrivals.ts";
import { missingPriorDays } from "../../../core/review/data/beginning.ts";
import { isMonthly } from "../../../core/review/deltas/monthly.ts";
import type { Review } from "../../../core/review/review.ts";
import { markdownText, plural } from "../../../core/text.ts";
import { nameText } from "../../markdown.ts";
import { printer } from "../context.ts";
import { categoryText } from "../shared/categories.ts";
import { besideMetric } from "../shared/growth.ts";
import { eventName, eventsBefore, isDip, isMostlyKnown } from "../shared/planned.ts";

/** Why a week rose or fell that no service explains. */

/** Moves in both directions that are each at least a tenth of the prior week hide behind their sum. */
export function hiddenText(review: Review): string {
  const { up, down } = review.gross;
  const { prior7 } = review.total;
  // A service under another name rose and fell by nothing.
  const isRenamed = review.renames.some(({ dimension }) => dimension === "provider" || dimension === "service");
  if (isRenamed || prior7 <= 0n || missingPriorDays(review) > 0 || review.incomplete || up * 10n < prior7 || -down * 10n < prior7)
    return "";
  const { money } = printer(review);
  return `Behind that services rose by ${money(up)} and fell by ${money(-down)}.`;
}

/** Fees, taxes and credits that make up most of a rise: no service moved by it. */
function feeText(review: Review): string {
  const { total, otherCategories } = review;
  const moved = otherCategories.filter(({ amounts }) => amounts.change > 0n);
  if (sum(moved.map(({ amounts }) => amounts.change)) * 2n < total.change) return "";
  const texts = moved.map((category) => categoryText(review, category));
  return `Most of the rise is no usage: ${texts.join(", ")}.`;
}

/** `usage is up 44.0 %`. */
function usageText(review: Review, { percent, last7, prior7 }: Review["usage"]): string {
  const { money } = printer(review);
  if (percent === null || percent < -100) return `usage went from ${money(prior7)} to ${money(last7)}`;
  const size = shareText(Math.abs(percent));
  return size === "0.0 %" ? "usage cost as much as before" : `usage is ${percent > 0 ? "up" : "down"} ${size}`;
}

/** What is no usage and makes up most of a fall by a tenth or more: a credit hides what usage did. */
export function fallText(review: Review): string {
  const { total, usage, otherCategories, sameDays, incomplete } = review;
  if (sameDays !== null || incomplete || total.prior7 <= 0n || -total.change * 10n < total.prior7) return "";
  const fell = otherCategories.filter(({ amounts }) => amounts.change < 0n);
  if (sum(fell.map(({ amounts }) => amounts.change)) * 2n > total.change) return "";
  const texts = fell.map((category) => categoryText(review, category));
  return `Most of the fall is no usage: ${texts.join(", ")}; ${usageText(review, usage)}.`;
}

/** A prior week that the data do not hold whole: how the weekdays compare that both weeks hold. */
export function sameDaysText(review: Review): string {
  const { sameDays } = review;
  if (sameDays === null) return "";
  const start = `${missingPriorDays(review) > 0 ? "The week before" : "This week"} is not all in the data`;
  const { percent, prior7, last7 } = sameDays;
  if (percent === null) return `${start}: what rose cannot be told yet.`;
  const where = `${start}: on the ${plural(sameDays.days, "weekday")} that both weeks hold, cost`;
  const { micros } = printer(review);
  // No cost falls by more than all of it: that is a refund.
  if (percent < -100) return `${where} went from ${micros(prior7)} to ${micros(last7)}.`;
  const size = shareText(Math.abs(percent));
  return `${where} is ${size === "0.0 %" ? "the same" : `${percent > 0 ? "up" : "down"} ${size}`}.`;
}

/** A product that grew at least as much in the whole week as what it costs (S11). */
function inLineText({ growth, economics, incomplete, weekUp }: Review): string {
  if (!weekUp || growth === null || growth.metric === null || growth.percent === null || incomplete) return "";
  const beside = besideMetric(economics, growth.metric);
  if (beside?.days !== 7 || beside.isDearer) return "";
  const what = economics.margin?.name === growth.metric ? "cost as a share of it" : "what one of them costs";
  return `The product grew as much: ${markdownText(growth.metric)} moved ${percentText(growth.percent)}, and ${what} did not rise.`;
}

/**
 * What a rise is that is none of a service: fees, days that are not in the data, a way back, what was planned, more of the product. Of a week that
 * did not rise nothing but how the days compare that both weeks hold.
 */
export function riseText(review: Review): string {
  const told = sameDaysText(review);
  if (told !== "" || review.total.change <= 0n) return told;
  const fees = feeText(review);
  if (fees !== "") return fees;
  const monthly = review.listed.filter(({ delta }) => delta.change > 0n && isMonthly(delta.slice.days, review));
  if (monthly.length > 0 && sum(monthly.map(({ delta }) => delta.change)) * 2n >= review.total.change)
    return `Most of the rise comes once a month: ${monthly.map(({ delta }) => nameText(delta.slice.path)).join(", ")}.`;
  // What lacks data of this week has not come back.
  const fell = review.passed.filter(
    ({ slice, direction, event }) => direction === "down" && event === null && absenceOf(slice, review) === null,
  );
  if (toCents(-sum(fell.map(({ excess }) => excess))) * 2n >= review.total.change && fell.length > 0)
    return `Most of the rise is the way back from a fall in the week before: ${[...new Set(fell.map(({ slice }) => nameText(slice.path)))].join(", ")}.`;
  const holidays = eventsBefore(review).filter(isDip);
  if (holidays.length > 0) return `The week before held ${holidays.map(eventName).join(", ")}: part of the rise is the way back.`;
  return isMostlyKnown(review) ? "Most of the rise was planned or is ignored (see Anomalies)." : inLineText(review);
}
