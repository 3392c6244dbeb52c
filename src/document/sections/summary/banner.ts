import type { AnomalyClass } from "../../../core/anomaly/classify.ts";
import { monthText, shareText } from "../../../core/format.ts";
import { missingPriorDays } from "../../../core/review/data/beginning.ts";
import type { Review } from "../../../core/review/review.ts";
import { type PlannedEvent, eventsFor, eventsIn, isLasting } from "../../../core/settings/events.ts";
import { plural } from "../../../core/text.ts";
import { printer } from "../context.ts";
import { eventName } from "../shared/planned.ts";
import { belowText } from "./below.ts";
import { fallText, hiddenText, riseText, sameDaysText } from "./moved.ts";

function weekText(review: Review, percent: number): string {
  const known = 7 - missingPriorDays(review);
  const before = known < 7 ? `the ${plural(known, "known day")} of the week before` : "the week before";
  const size = shareText(Math.abs(percent));
  if (size === "0.0 %") return `the week cost as much as ${before}`;
  // No cost falls by more than all of it: that is a refund.
  if (percent < -100)
    return `the week came to ${printer(review).money(review.total.last7)}, after ${printer(review).money(review.total.prior7)} in ${before}`;
  return `the week is ${percent > 0 ? "up" : "down"} ${size} on ${before}`;
}

/** `, 16.9 % under the plan of $9,000.00`; more than all of it as an amount, as no plan is undercut by 320 %. */
function againstPlan(review: Review, plan: bigint, percent: number | null): string {
  const { money } = printer(review);
  if (percent === null) return ` where the plan is ${money(plan)}, so that only the week is judged`;
  const side = percent < 0 ? "under" : "over";
  const size = percent < -100 ? money(plan - review.month.pace.total) : shareText(Math.abs(percent));
  return `, ${size} ${side} the plan of ${money(plan)}`;
}

/** Where the month and the week stand, as a sentence without its end. */
function reasons(review: Review): string {
  const { money } = printer(review);
  const { month, total } = review;
  const { percent, total: pace } = month.pace;
  const plan = month.planTotal;
  const verb = month.complete ? "closed at" : "is heading for";
  const monthly = plan === null ? null : `${monthText(month.month)} ${verb} ${money(pace)}${againstPlan(review, plan, percent)}`;
  const week = total.percent === null ? null : weekText(review, total.percent);
  return [monthly, week].filter((part) => part !== null).join(", and ");
}

/** What the first thing to discuss is: pacing that is over its threshold, else what rose this week. */
function firstThing(review: Review): string {
  const rise = riseText(review);
  if (review.paceOver) return rise === "" ? "Pacing is the first thing to discuss." : `Pacing is the first thing to discuss. ${rise}`;
  return rise === "" ? "What rose this week is the first thing to discuss." : rise;
}

/** Planned events of the week that pass and are of something that costs, but for those that were to bring more. */
function lowering({ events, period, deltas }: Review): PlannedEvent[] {
  const services = deltas.filter(({ slice }) => slice.dimension === "service");
  return eventsIn(events, period)
    .filter((event) => !isLasting(event) && (event.effect === undefined || event.effect.percent < 0))
    .filter((event) => services.some(({ slice }) => eventsFor([event], slice.path).length > 0));
}

/** So many points of percent apart, pace and forecast are two stories. */
const farApart = 5;

/** A spike or a fall that has come back makes a pace that the forecast does not share; so does a jump of the last days, and a holiday. */
function likelyText(review: Review): string {
  const { model, pace, complete } = review.month;
  if (complete || !model || model.percent === null || pace.percent === null) return "";
  const { money } = printer(review);
  const likelier = `by weekday and recent level ${money(model.total)} is likelier`;
  const size = `${shareText(Math.abs(model.percent))} ${model.percent < 0 ? "under" : "over"}`;
  if (pace.total > model.high80) {
    const isUp = (kind: AnomalyClass) => review.anomalies.some((anomaly) => anomaly.class === kind && anomaly.direction === "up");
    if (pace.percent - model.percent < farApart) return "";
    // Where the last days are not final, the pace reaches back into the week before.
    if (isUp("spike") || review.passed.some(({ excess }) => excess > 0n))
      return `The pace counts on what was a spike: ${likelier}, ${size}.`;
    return isUp("undecided") ? `The pace carries a jump on that may not last: ${likelier}, ${size}.` : "";
  }
  if (pace.total >= model.low80 || model.percent - pace.percent < farApart) return "";
  const passing = lowering(review);
  if (passing.length > 0) return `The pace carries days of ${passing.map(eventName).join(", ")} on: ${likelier}, ${size}.`;
  if (model.missing > 0n) return `The pace counts days without data as nothing: ${likelier}, ${size}.`;
  const fallen = review.anomalies.filter((anomaly) => anomaly.class === "spike" && anomaly.direction === "down");
  if (fallen.length === 0) return "";
  const what = fallen.some(({ actual }) => actual < 0n) ? "a refund on" : "a fall on that has come back";
  return `The pace carries ${what}: ${likelier}, ${size}.`;
}

function bannerOf(review: Review, verdict: Exclude<Review["verdict"], "good">): readonly [kind: string, word: string, remark: string] {
  const rise = riseText(review);
  switch (verdict) {
    case "escalate":
      return [
        "CAUTION",
        "Escalate.",
        `Pacing is the first thing to discuss: without a fix that brings it under, it needs an escalation or a waiver (see Escalations).${rise === "" ? "" : ` ${rise}`}`,
      ];
    case "investigate":
      return ["WARNING", "Investigate.", firstThing(review)];
    case "check-data":
      return ["NOTE", "Check the data.", belowText(review, likelyText(review) !== "")];
  }
}

/** Nothing to judge by: no plan, and no cost before; what credits covered is told. */
function nothingText(review: Review): string {
  const { usage } = review;
  if (usage.prior7 <= 0n) return "**Good.** There is no plan and no cost of an earlier week to judge by.";
  const { money } = printer(review);
  return `**Good.** There is no plan to judge by, and credits covered the week before: usage went from ${money(usage.prior7)} to ${money(usage.last7)}.`;
}

const incompleteRemark =
  "Data of this week are missing (named below the table): get them in and run overpace weekly again before deciding on what fell.";

/** The verdict, where month and week stand, and what to do first. */
export function banner(review: Review): string {
  const text = reasons(review);
  const sentence = text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  const join = (...parts: string[]) => parts.filter((part) => part !== "").join(" ");
  const moved = join(fallText(review), hiddenText(review));
  if (review.verdict !== "good") {
    const [kind, word, remark] = bannerOf(review, review.verdict);
    const same = review.verdict === "check-data" ? sameDaysText(review) : "";
    return `> [!${kind}]\n> ${join(`**${word}**`, sentence, same, likelyText(review), moved, remark, review.incomplete ? incompleteRemark : "")}`;
  }
  if (text === "" && !review.incomplete) return nothingText(review);
  const same = sameDaysText(review);
  return review.incomplete
    ? `> [!WARNING]\n> ${join("**Incomplete.**", sentence, same, incompleteRemark)}`
    : join("**Good.**", sentence, same, moved);
}
