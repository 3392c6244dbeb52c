import { addDays, eachDay } from "../../../core/day.ts";
import { dayText } from "../../../core/format.ts";
import { absolute } from "../../../core/money.ts";
import { isHeld, missingMonthDays, percentMissing } from "../../../core/review/data/beginning.ts";
import type { Review } from "../../../core/review/review.ts";
import { markdownText, plural } from "../../../core/text.ts";
import { nameText } from "../../markdown.ts";
import { askedAnomalies, isOver } from "../anomalies/anomalies.ts";
import { printer } from "../context.ts";
import { whenText } from "../shared/planned.ts";
import { renameOf } from "../shared/renames.ts";

/** Why a month may be far below plan. */

/** Days that the plan counts and the data do not hold. */
function missingText(review: Review): string | null {
  const { firstDay, month } = review;
  if (firstDay === null || 2 * percentMissing(review) < Math.abs(month.pace.percent ?? 0)) return null;
  const which =
    firstDay > `${month.month}-01`
      ? `The days before ${dayText(firstDay)}`
      : plural(missingMonthDays(review), "day of the month", "days of the month");
  return `${which} are not in the data, which the plan counts: that alone is half of the difference or more.`;
}

/** Refunds of earlier months that this one bills. */
function correctionText(review: Review): string | null {
  const { corrections, pace, planTotal } = review.month;
  if (planTotal === null || corrections >= 0n || absolute(corrections) * 2n < planTotal - pace.total) return null;
  return `Corrections of earlier months (${printer(review).money(corrections)}) are half of the difference or more: nothing needs to be missing.`;
}

/** Credits that pay most of the usage. */
function creditText(review: Review): string | null {
  const { usage, otherCategories } = review;
  const credit = otherCategories.find(({ category }) => category === "Credit")?.amounts.last7 ?? 0n;
  if (usage.last7 <= 0n || -credit * 2n < usage.last7) return null;
  const { money } = printer(review);
  return `Credits of ${money(-credit)} stand against usage of ${money(usage.last7)} this week: ask whether the plan counts on them.`;
}

/** A service that fell has data: what is missing is an explanation, or, where it stands out no longer, nothing but a pace that knows of it. */
function shiftText(review: Review): string | null {
  const fell = askedAnomalies(review).find(
    ({ class: kind, direction, slice, actual }) =>
      kind === "shift" && direction === "down" && actual >= 0n && renameOf(review, slice) === undefined,
  );
  if (review.incomplete || fell === undefined) return null;
  const name = nameText(fell.slice.path);
  if (fell.actual === 0n && !isOver(fell, review))
    return `${name} has cost nothing since ${dayText(fell.period.start)} (see Anomalies): if that is meant, ask whether the plan still holds, else its data are missing.`;
  return isOver(fell, review)
    ? `${name} cost less ${whenText(review, fell.period)} (see Anomalies) and stands out no longer: the pace carries these days on and may be too low.`
    : `${name} has cost less since ${dayText(fell.period.start)} (see Anomalies): if that is meant, ask whether the plan still holds.`;
}

/** A source that ended in the month costs nothing for the rest of it. */
function endText({ incomplete, sources, month }: Review): string | null {
  const ended = sources.filter(({ until }) => until !== undefined && until > `${month.month}-01`);
  if (incomplete || ended.length === 0) return null;
  const told = ended.map(({ name, until = "" }) => `${markdownText(name)} ended with ${dayText(addDays(until, -1))}`);
  return `${told.join(", ")}: ask whether the plan still holds, and look for a late export or a credit where that is not all.`;
}

function driftText({ incomplete, drifts, ignoredDrifts }: Review): string | null {
  const all = [...drifts, ...ignoredDrifts.map(({ drift }) => drift)];
  if (incomplete || !all.some(({ direction }) => direction === "down")) return null;
  return "It fell week by week (see Anomalies), which no late export does: look for a credit, and ask whether the plan still holds.";
}

/** Fewer weeks are no level, and weeks that differ by more than this part (1 ÷ 10) are none either. */
const [fewestWeeks, levelPart] = [4, 10n];

/** Weeks that all cost about the same: nothing came late, and nothing ended. */
function levelText(review: Review): string | null {
  const totals = review.weeks.map(({ total }) => total).sort((a, b) => (a < b ? -1 : 1));
  const [least = 0n, most = 0n] = [totals[0], totals.at(-1)];
  const isWhole = review.weeks.every(({ period }) => eachDay(period).every((day) => isHeld(review, day)));
  if (review.incomplete || !isWhole || totals.length < fewestWeeks || least <= 0n || (most - least) * levelPart > least) return null;
  return `The last ${totals.length} weeks cost about the same, which no late export does: look for a provider that was never read and for a credit, and ask whether the plan still holds.`;
}

/** What lets a month be so far below plan; what to look for first where nothing is known, unless a pace that passes explains it, or what is missing is named. */
export function belowText(review: Review, isPassing: boolean): string {
  const known = [missingText, correctionText, endText, driftText, creditText, shiftText, levelText];
  for (const text of known) {
    const told = text(review);
    if (told !== null) return told;
  }
  return isPassing || review.incomplete ? "" : "So far below plan, look first for a missing provider, a late export or a credit.";
}
