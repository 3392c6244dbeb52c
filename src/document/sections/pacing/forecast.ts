import { absolute } from "../../../core/money.ts";
import type { Review } from "../../../core/review/review.ts";
import { plural } from "../../../core/text.ts";
import { type SectionContext, printer } from "../context.ts";
import { isRestated } from "../shared/restated.ts";

/** What the forecast at pace begins with. Where what goes on is final less far than what has ended, that is more than month to date. */
function spentText({ month }: Review): string {
  const { daysToDate, pace, toDate } = month;
  if (daysToDate === 0 && pace.spent !== 0n) return "booked in the month already";
  return pace.spent === toDate.total ? "month to date" : "month to date with all days of what ended";
}

/** The sum that the forecast at pace is; of sources that are not final through the same day it is one each. */
function paceSum(review: Review): string {
  const { money } = printer(review);
  const { recent, spent, daysToCome, mostDaysToCome } = review.month.pace;
  const start = `${spentText(review)} ${money(spent)} +`;
  const toCome = `× ${plural(daysToCome, "day")} still to come`;
  if (recent)
    return `${start} usage-based cost of the last ${plural(recent.days, "settled day")} ${money(recent.cost)} ÷ ${recent.days} ${toCome}`;
  return daysToCome === mostDaysToCome
    ? `${start} mean of the last 7 settled days of each source, or of as many as it has, ${toCome}`
    : "month to date + mean of the last 7 settled days × days still to come, each source with its own last settled day";
}

/** Where the month ends at the current pace. */
export function forecastLine(review: Review): string | null {
  const { money } = printer(review);
  const { month } = review;
  const { pace } = month;
  if (month.complete) return `**Forecast:** the month is complete at ${money(pace.total)}.`;
  if (pace.mostDaysToCome === 0) return null;
  const apart = pace.recent?.apart ?? 0n;
  const { running } = pace;
  const runs =
    running === null ? "" : `; ${money(running.perDay)} a day of it still runs, and if that goes on it is ${money(running.total)}`;
  const size = apart === 0n ? "" : ` (${money(apart)} in these days)`;
  const note =
    apart === 0n && running === null ? "" : ` What is recurring or one-time${size} counts where it fell and is not carried on${runs}.`;
  return `**Forecast:** ${paceSum(review)} = ${money(pace.total)}.${note}`;
}

/** A movement of less than this share of the forecast is told without its parts. */
const smallMovement = 200n;

/** Why the forecast moved since last week: what the days since cost against what was counted for them, and the pace of those to come. */
export function movementLine(review: Review): string | null {
  const { movement, pace } = review.month;
  if (!movement) return null;
  const { money, change } = printer(review);
  const { before, change: total, actuals, elapsed, level, plan } = movement;
  const replanned = plan === null || plan === 0n ? "" : ` The plan was changed by ${change(plan)} in that time.`;
  const restated = isRestated(review) ? " (with what was restated since)" : "";
  const start = `**Since last week:** ${money(before)}${restated} → ${money(pace.total)}, ${change(total)}`;
  const largest = [total, actuals + elapsed, level].map(absolute).reduce((a, b) => (a > b ? a : b));
  if (total === 0n && largest === 0n) return `**Since last week:** the forecast has not moved.${replanned}`;
  if (largest * smallMovement < absolute(pace.total)) return `${start}: hardly any movement.${replanned}`;
  const paces = pace.recent ? `${money(pace.perDay)} a day instead of ${money(movement.perDayBefore)}` : "another pace";
  const parts = [
    { amount: actuals + elapsed, why: `as the days since cost ${money(actuals)} instead of ${money(-elapsed)}` },
    { amount: level, why: `as the days to come are taken at ${paces}` },
  ].filter(({ amount }) => amount !== 0n);
  const told =
    parts.length === 1 ? ` ${parts[0]?.why ?? ""}` : `: ${parts.map(({ amount, why }) => `${change(amount)} ${why}`).join(", ")}`;
  return `${start}${told}.${replanned}`;
}

/**
 * What last week's review said, where the forecast is told to have moved from another amount: corrections and settings count for the days before
 * them, too. What was restated is told beside it.
 */
export function saidLine({ review, said }: SectionContext): string | null {
  const { movement, pace } = review.month;
  if (!movement || said === null || isRestated(review)) return null;
  const { money } = printer(review);
  const difference = absolute(movement.before - said);
  if (difference === 0n || difference * smallMovement < absolute(pace.total)) return null;
  return `**Last week's review** said ${money(said)}: with the costs and settings that are known today it would have said ${money(movement.before)}.`;
}

/** The forecast of the model with its range, and where the plan stands to it. */
export function modelLine(review: Review): string | null {
  const { money } = printer(review);
  const { model, planTotal, pace, complete } = review.month;
  if (!model || complete || (model.total === 0n && model.low80 === model.high80)) return null;
  const { low80, high80 } = model;
  const missing = model.missing === 0n ? "" : `, of which ${money(model.missing)} for days without data`;
  const start = `**Likely month end:** ${money(model.total)} by weekday and recent level${missing}`;
  // Misses are known of what costs something: of nothing they say nothing.
  if (low80 === high80)
    return model.total === pace.spent
      ? `${start}, which expect nothing of the days to come; how far off that may be is not known.`
      : `${start}.`;
  const place = planTotal === null ? null : planTotal < low80 ? "lies below it" : planTotal > high80 ? "lies above it" : "lies within it";
  const plan = place === null ? "" : `; the plan of ${money(planTotal ?? 0n)} ${place}`;
  return `${start}; eight times of ten between ${money(low80)} and ${money(high80)}${plan}.`;
}
