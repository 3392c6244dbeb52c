import { dayText, monthText, percentText, periodText } from "../../core/format.ts";
import { type Review, missingPriorDays } from "../../core/review.ts";
import { daysBetween, monthLength } from "../../core/day.ts";
import { markdownText } from "../../core/text.ts";
import { blocks, plural, table } from "../markdown.ts";
import { chartLeastDays } from "../chart.ts";
import type { Section } from "../model.ts";
import { type SectionContext, printer } from "./context.ts";

function weekText(percent: number): string {
  if (percent === 0) return "the week cost as much as the week before";
  return `the week is ${percent > 0 ? "up" : "down"} ${percentText(Math.abs(percent)).replace("+", "")} on the week before`;
}

/** `November 2026 is heading for …` and `the week is up …`: why the verdict is what it is. */
export function reasons(review: Review): string {
  const { money } = printer(review);
  const { month, total } = review;
  const { percent } = month.pace;
  const plan = month.planTotal;
  const side = percent !== null && percent < 0 ? "under" : "over";
  const pace = plan === null || percent === null ? null : `${monthText(month.month)} is heading for ${money(month.pace.total)}, ${percentText(Math.abs(percent)).replace("+", "")} ${side} the plan of ${money(plan)}`;
  const week = total.percent === null ? null : weekText(total.percent);
  return [pace, week].filter((part) => part !== null).join(", and ");
}

const banners = {
  escalate: ["CAUTION", "Escalate.", "Pacing is the first thing to discuss: without a fix that brings it under, it needs an escalation or a waiver (last section)."],
  investigate: ["WARNING", "Investigate.", "Pacing is the first thing to discuss."],
  "check-data": ["NOTE", "Check the data.", "So far below plan, look first for a missing provider, a late export or a credit."],
  good: null,
} as const;

function banner(review: Review): string {
  const text = reasons(review);
  const sentence = text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  const known = banners[review.verdict];
  if (!known) return sentence === "" ? "" : `**Good.** ${sentence}`;
  const [kind, word, remark] = known;
  return [`> [!${kind}]`, `> **${word}** ${sentence} ${remark}`].join("\n");
}

function monthRow(review: Review): string[][] {
  const { money, change } = printer(review);
  const { month } = review;
  const name = monthText(month.month);
  const against = (total: bigint, plan: bigint | null, percent: number | null, word: string) =>
    plan === null ? ["no plan", ""] : [`${money(plan)} ${word}`, percent === null ? change(total - plan) : `${change(total - plan)} (${percentText(percent)})`];
  return [
    [`${name} to date (${month.daysToDate} of ${monthLength(`${month.month}-01`)} days)`, money(month.toDate.total), ...against(month.toDate.total, month.toDate.plan, month.toDate.percent, "plan to date")],
    [`${name} at current pace`, money(month.pace.total), ...against(month.pace.total, month.planTotal, month.pace.percent, "plan")],
  ];
}

/** What a reader must know before he trusts the figures. */
function caveats(review: Review): string[] {
  const { money, micros } = printer(review);
  const { currency, costBasis, settledThrough, otherBasis, sources } = review;
  const missing = missingPriorDays(review);
  const basis = `Review date ${dayText(review.asOf)}. Figures are ${costBasis} cost in ${currency}${settledThrough === null ? "" : `, final through ${dayText(settledThrough)}`}.`;
  return [
    otherBasis ? `${basis} By ${otherBasis.basis} cost the last 7 days are ${money(otherBasis.last7)}.` : basis,
    ...(missing === 7 ? ["No data before this week: there is nothing to compare it with yet."] : []),
    ...(missing > 0 && missing < 7 ? [`The prior 7 days hold data for only ${plural(7 - missing, "day")}: the change is overstated.`] : []),
    ...sources.filter(({ problem }) => problem !== null).map(({ name, settledThrough: day, problem }) =>
      `**Incomplete: no data from ${markdownText(name)} ${day === null ? "at all" : `since ${dayText(day)}`}** (${markdownText(problem ?? "")}).`),
    ...sources
      .filter(({ problem, settledThrough: day }) => problem === null && day !== null && settledThrough !== null && daysBetween(day, review.asOf) > 3)
      .map(({ name, settledThrough: day }) => `**${markdownText(name)} has no data after ${dayText(day ?? "")}.**`),
    ...review.silences.map(({ provider, lastDay, days, usualDay }) =>
      `**No data from ${markdownText(provider)} since ${dayText(lastDay)}** (${plural(days, "day")}; it used to cost ${micros(usualDay)} a day): check the export before reading its fall as a saving.`),
  ];
}

export function summarySection({ review }: SectionContext): Section {
  const { money, delta } = printer(review);
  const { total } = review;
  const week = ["Last 7 days", money(total.last7), `${money(total.prior7)} prior 7 days`, delta(total)];
  const text = blocks([
    `# Weekly AI cost review ${review.id} · ${periodText(review.period.start, review.period.end)}`,
    banner(review),
    table(["", "Cost", "Compared with", "Change"], [week, ...monthRow(review)]),
    caveats(review).join("\n"),
    review.days.length < chartLeastDays ? null : `![Daily cost of the last weeks](${review.id}.svg)`,
  ]);
  return { name: "summary", head: { name: "summary", text }, items: [], end: null };
}
