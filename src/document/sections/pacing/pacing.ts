import { eachDay } from "../../../core/day.ts";
import { dayText, monthText, percentOf, percentText, shareText } from "../../../core/format.ts";
import { absolute, toCents } from "../../../core/money.ts";
import { missingFrom } from "../../../core/review/data/arrivals.ts";
import { isHeld } from "../../../core/review/data/beginning.ts";
import type { Gap } from "../../../core/review/month/gap.ts";
import { roomIn } from "../../../core/review/month/month.ts";
import type { Review } from "../../../core/review/review.ts";
import { coverOf } from "../../../core/settings/events.ts";
import { markdownText, plural } from "../../../core/text.ts";
import type { Section } from "../../body/model.ts";
import { blocks, bullets, nameText, table } from "../../markdown.ts";
import { type SectionContext, printer } from "../context.ts";
import { growthLine } from "../shared/growth.ts";
import { eventLines, eventName } from "../shared/planned.ts";
import { restatementLines } from "../shared/restated.ts";
import { metricLines, unitCostTable } from "../shared/unit-costs.ts";
import { forecastLine, modelLine, movementLine, saidLine } from "./forecast.ts";
import { openEffectsLine } from "./open-effects.ts";
import { pastActionLines } from "./past-actions.ts";
import { trackRecordLine } from "./track-record.ts";

/** Fewer days of a month are weekdays and fees, not pacing. */
const fewestPlanDays = 5;

/** A gap this small, in percent of plan to date, is no finding while the month ends within plan or below it. */
const smallGap = 5;

/** What rose by less than this part (1 ÷ 10) of the gap does not explain it. */
const smallExcess = 10n;
const nothingRose = " No service alone explains a tenth of it: the plan may count on less than they cost before.";

/** Why the month is above plan: a fee that came, the service that rose most, or nothing in particular. */
function sinceText(review: Review, { amount, notUsage, through, isKnown }: Gap): string {
  const { micros } = printer(review);
  const rising = review.otherCategories.filter(({ amounts }) => amounts.last7 > 0n || amounts.prior7 > 0n);
  const categories = rising.map(({ category }) => category).join(", ");
  if (notUsage * 2n >= amount && notUsage > (through?.excess ?? 0n))
    return ` ${micros(notUsage)} of what came since is no usage${categories === "" ? "" : ` (${categories})`}.`;
  if (through === null) return isKnown ? nothingRose : "";
  if (through.excess * smallExcess < amount) return nothingRose;
  return ` Since then ${nameText(through.slice.path)} rose most above its own earlier level (${micros(through.excess)}).`;
}

function gapLine(review: Review): string | null {
  const { gap, month } = review;
  const isSmall = (month.toDate.percent ?? 0) < smallGap || month.daysToDate < fewestPlanDays;
  if (!gap || (!review.paceOver && isSmall)) return null;
  const { money } = printer(review);
  const older = percentOf(gap.older, gap.amount) ?? 0;
  // The same difference as in the table above, so that both show one amount.
  const amount = month.toDate.total - month.corrections - (month.toDate.plan ?? 0n);
  const size = `the ${money(amount)} gap${month.corrections === 0n ? "" : " (corrections of earlier months left out)"}`;
  const part = older === 100 ? "all" : shareText(older);
  const age = older === 0 ? `all of ${size} arose this week` : `${part} of ${size} is older than this week`;
  return `**Onset:** the month has been above plan since ${dayText(gap.onset)}; ${age}.${sinceText(review, gap)}`;
}

function yesterdayLine(review: Review): string | null {
  const { yesterday } = review;
  if (!yesterday) return null;
  const { micros, day } = printer(review);
  const { actual, expected, low, high } = yesterday;
  const [cost, least, most] = [toCents(actual), toCents(low), toCents(high)];
  const word = cost > most ? "above" : cost < least ? "below" : "within";
  const planned =
    word === "within" ? [] : review.events.filter((event) => event.start <= yesterday.day && yesterday.day < coverOf(event).end);
  const during = planned.length === 0 ? "" : `; during ${[...new Set(planned.map(eventName))].join(", ")}`;
  return `**Last settled day:** ${day(yesterday.day)} cost ${micros(actual)} of usage, ${word} the expected ${micros(low)} to ${micros(high)} (${micros(expected)} for its weekday)${during}.`;
}

/** A day this much above its weekday's usual, in percent, is worth a line. */
const smallPeak = 10;
/** A larger percentage says no more than both amounts. */
const mostPercent = 900;

function peakLine({ peak, yesterday, ...review }: Review): string | null {
  if (!peak || peak.percent === null || peak.percent < smallPeak || peak.day === yesterday?.day) return null;
  const { micros, day } = printer(review);
  const far = peak.percent > mostPercent ? "instead of" : `${shareText(peak.percent)} above`;
  const name = peak.isHighest ? "Highest day" : "Day furthest above its usual";
  return `**${name}:** ${day(peak.day)} cost ${micros(peak.actual)} of usage, ${far} its weekday's usual ${micros(peak.usual)}.`;
}

function trendLine(review: Review): string | null {
  if (review.weeks.length < 3 || review.weeks.every(({ total }) => total === 0n)) return null;
  const { money } = printer(review);
  const missing = missingFrom(review);
  const weeks = review.weeks.map(({ period, total }) => {
    const held = eachDay(period).filter((day) => isHeld(review, day)).length;
    if (held === 0 || (total === 0n && missing !== null && missing <= period.start)) return "no data";
    if (held < 7) return `${money(total)} (${held} of 7 days)`;
    return missing !== null && missing < period.end ? `${money(total)} (data missing)` : money(total);
  });
  return `**Trend:** ${weeks.join(" → ")} (last ${weeks.length} weeks).`;
}

function planTable(review: Review): string | null {
  const { money, change } = printer(review);
  const { slices, daysToDate, corrections } = review.month;
  if (slices.length === 0 || daysToDate < fewestPlanDays) return null;
  const distance = ({ total, plan, percent }: (typeof slices)[number]) =>
    percent === null ? change(total - plan) : `${change(total - plan)} (${percentText(percent)})`;
  const rows = slices.map((slice) => [
    markdownText(slice.name),
    money(slice.total),
    money(slice.plan),
    slice.isMissing && slice.total < slice.plan ? "data missing" : distance(slice),
  ]);
  return table(
    [`${monthText(review.month.month)} to date`, corrections === 0n ? "Cost" : "Cost (corrections left out)", "Plan", "Over or under"],
    rows,
  );
}

function planLine(review: Review): string | null {
  const { month } = review;
  if (!month.plan)
    return `**Plan:** none for ${monthText(month.month)}; only the week is judged. Add it to \`plan.yaml\` under \`months\`.`;
  return month.plan.version === null ? null : `**Plan:** the version in force since ${dayText(month.plan.version)}.`;
}

function correctionLine(review: Review): string | null {
  const { month } = review;
  return month.corrections === 0n
    ? null
    : `**Corrections of earlier months** billed in ${monthText(month.month)}: ${printer(review).change(month.corrections)}, part of month to date, of no day.`;
}

/** How the month before closed, in the first review after it, and where that changed since. */
function lastMonthLine(review: Review): string | null {
  if (review.lastMonth === null) return null;
  const { money, change } = printer(review);
  const { month, total, corrections, plan, percent } = review.lastMonth;
  const size = percent === null ? "" : ` (${shareText(Math.abs(percent))})`;
  const side = (planned: bigint) =>
    total === planned ? "on" : `${money(absolute(total - planned))}${size} ${total < planned ? "under" : "over"}`;
  const against = plan === null ? "" : `, ${side(plan)} the plan of ${money(plan)}`;
  const billed = corrections === 0n ? "" : `; ${change(corrections)} of it corrects earlier months`;
  return `**Last month:** ${monthText(month)} closed at ${money(total)}${against}${billed}.`;
}

/** What a day may cost from now on for the month to end on plan. */
function roomLine(review: Review): string | null {
  const { pace, planTotal } = review.month;
  const room = roomIn(review.month);
  if (room === null || pace.total <= (planTotal ?? 0n) || (pace.percent ?? 0) < smallGap || review.verdict === "good") return null;
  const { money } = printer(review);
  if (room.left <= 0n) return "**To end on plan:** not possible any more, the month has used the plan up.";
  const days = room.days === null ? "on the days still to come of each source" : `for ${plural(room.days, "day")}`;
  return `**To end on plan:** ${money(room.perDay)} a day ${days}, instead of ${money(pace.perDay)}.`;
}

export function pacingSection(context: SectionContext): Section {
  const { review } = context;
  const lines = [
    lastMonthLine(review),
    forecastLine(review),
    movementLine(review),
    modelLine(review),
    gapLine(review),
    roomLine(review),
    peakLine(review),
    yesterdayLine(review),
    trendLine(review),
    growthLine(review),
    ...eventLines(review),
    ...metricLines(review),
    ...restatementLines(review),
    correctionLine(review),
    planLine(review),
  ];
  const text = blocks(["## 1 Pacing · 5 minutes", bullets(lines), planTable(review), unitCostTable(review)]);
  return {
    name: "pacing",
    head: { name: "pacing", text },
    items: [],
    end: blocks([saidLine(context), openEffectsLine(context), pastActionLines(context), trackRecordLine(context)]),
    outside: "end",
  };
}
