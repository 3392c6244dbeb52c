import { sum } from "../../core/money.ts";
import { dayText, monthText, percentText } from "../../core/format.ts";
import { missingPriorDays, percentBefore } from "../../core/review/beginning.ts";
import type { Review } from "../../core/review/review.ts";
import { plural } from "../markdown.ts";
import { printer } from "./context.ts";

function weekText(review: Review, percent: number): string {
  const known = 7 - missingPriorDays(review);
  const before = known < 7 ? `the ${plural(known, "known day")} of the week before` : "the week before";
  const size = percentText(Math.abs(percent)).replace("+", "");
  if (size === "0.0 %") return `the week cost as much as ${before}`;
  return `the week is ${percent > 0 ? "up" : "down"} ${size} on ${before}`;
}

/** `16.9 % under the plan of $9,000.00`; more than all of it as an amount, as no plan is undercut by 320 %. */
function againstPlan(review: Review, plan: bigint, percent: number): string {
  const { money } = printer(review);
  const side = percent < 0 ? "under" : "over";
  const size = percent < -100 ? money(plan - review.month.pace.total) : percentText(Math.abs(percent)).replace("+", "");
  return `${size} ${side} the plan of ${money(plan)}`;
}

/** Where the month and the week stand, as a sentence without its end. */
function reasons(review: Review): string {
  const { money } = printer(review);
  const { month, total } = review;
  const { percent, total: pace } = month.pace;
  const plan = month.planTotal;
  const verb = month.complete ? "closed at" : "is heading for";
  const monthly =
    plan === null || percent === null ? null : `${monthText(month.month)} ${verb} ${money(pace)}, ${againstPlan(review, plan, percent)}`;
  const week = total.percent === null ? null : weekText(review, total.percent);
  return [monthly, week].filter((part) => part !== null).join(", and ");
}

/** Moves in both directions that are each at least a tenth of the prior week hide behind their sum. */
function hiddenText(review: Review): string {
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
function feeText(review: Review): string | null {
  const { total, otherCategories } = review;
  const moved = otherCategories.filter(({ amounts }) => amounts.change > 0n);
  if (total.change <= 0n || sum(moved.map(({ amounts }) => amounts.change)) * 2n < total.change) return null;
  const { money } = printer(review);
  const texts = moved.map(({ category, amounts }) => `${category} ${money(amounts.prior7)} → ${money(amounts.last7)}`);
  return `Most of the rise is no usage: ${texts.join(", ")}.`;
}

/** What the first thing to discuss is: pacing, or with the forecast at or below the plan what rose this week. */
function firstThing(review: Review): string {
  const { month } = review;
  if (month.pace.percent !== null && month.pace.percent > 0) return "Pacing is the first thing to discuss.";
  if (missingPriorDays(review) > 0) return "The week before is not all in the data: what rose cannot be told yet.";
  return feeText(review) ?? "What rose this week is the first thing to discuss.";
}

/** So many points of percent apart, pace and forecast are two stories. */
const farApart = 5;

/** A spike that has come back makes a pace that the forecast does not share. */
function likelyText(review: Review): string {
  const { model, pace, complete } = review.month;
  if (complete || !model || model.percent === null || pace.percent === null || pace.total <= model.high80) return "";
  if (!review.anomalies.some(({ class: kind, direction }) => kind === "spike" && direction === "up")) return "";
  if (model.percent < 0 || pace.percent - model.percent < farApart) return "";
  const { money } = printer(review);
  return `The pace counts on what was a spike: by weekday and recent level ${money(model.total)} is likelier, ${percentText(model.percent).replace("+", "")} over.`;
}

/** Credits that pay most of the usage. */
function creditText(review: Review): string | null {
  const { usage, otherCategories } = review;
  const credit = otherCategories.find(({ category }) => category === "Credit")?.amounts.last7 ?? 0n;
  if (usage.last7 <= 0n || -credit * 2n < usage.last7) return null;
  const { money } = printer(review);
  return `Credits of ${money(-credit)} stand against usage of ${money(usage.last7)} this week: ask whether the plan counts on them.`;
}

/** Why a month may be far below plan. */
function belowText(review: Review): string {
  const { firstDay, month } = review;
  const drifts = [...review.drifts, ...review.ignoredDrifts.map(({ drift }) => drift)];
  if (firstDay !== null && 2 * percentBefore(firstDay, month.month) >= Math.abs(month.pace.percent ?? 0))
    return `The days before ${dayText(firstDay)} are not in the data, which the plan counts: that alone is half of the difference or more.`;
  if (!review.incomplete && drifts.some(({ direction }) => direction === "down"))
    return "It fell week by week (see Anomalies), which no late export does: look for a credit, and ask whether the plan still holds.";
  return creditText(review) ?? "So far below plan, look first for a missing provider, a late export or a credit.";
}

function bannerOf(review: Review, verdict: Exclude<Review["verdict"], "good">): readonly [kind: string, word: string, remark: string] {
  switch (verdict) {
    case "escalate":
      return [
        "CAUTION",
        "Escalate.",
        "Pacing is the first thing to discuss: without a fix that brings it under, it needs an escalation or a waiver (see Escalations).",
      ];
    case "investigate":
      return ["WARNING", "Investigate.", firstThing(review)];
    case "check-data":
      return ["NOTE", "Check the data.", belowText(review)];
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
  const hidden = hiddenText(review);
  if (review.verdict !== "good") {
    const [kind, word, remark] = bannerOf(review, review.verdict);
    const likely = review.verdict === "check-data" ? "" : likelyText(review);
    return `> [!${kind}]\n> ${join(`**${word}**`, sentence, likely, hidden, remark, review.incomplete ? incompleteRemark : "")}`;
  }
  if (text === "" && !review.incomplete) return nothingText(review);
  return review.incomplete ? `> [!WARNING]\n> ${join("**Incomplete.**", sentence, incompleteRemark)}` : join("**Good.**", sentence, hidden);
}
