import { type Period, addDays, contains, daysBetween, monthLength, overlap } from "../../../core/day.ts";
import { dayText, monthText, percentText, periodText } from "../../../core/format.ts";
import type { Arrival } from "../../../core/review/data/arrivals.ts";
import { missingPriorDays } from "../../../core/review/data/beginning.ts";
import type { ProviderHole } from "../../../core/review/data/holes.ts";
import type { Review } from "../../../core/review/review.ts";
import { markdownSentence, markdownText, plural } from "../../../core/text.ts";
import type { Section } from "../../body/model.ts";
import { hasChart } from "../../chart.ts";
import { blocks, table } from "../../markdown.ts";
import { type SectionContext, printer } from "../context.ts";
import { banner } from "./banner.ts";

function monthRow(review: Review): string[][] {
  const { money, change } = printer(review);
  const { month } = review;
  const name = monthText(month.month);
  const against = (total: bigint, plan: bigint | null, percent: number | null, word: string) =>
    plan === null
      ? ["no plan", ""]
      : [`${money(plan)} ${word}`, percent === null ? change(total - plan) : `${change(total - plan)} (${percentText(percent)})`];
  return [
    [
      `${name} to date (${month.daysToDate} of ${monthLength(`${month.month}-01`)} days)`,
      money(month.toDate.total),
      ...against(month.toDate.total, month.toDate.plan, month.toDate.percent, "plan to date"),
    ],
    [`${name} at current pace`, money(month.pace.total), ...against(month.pace.total, month.planTotal, month.pace.percent, "plan")],
  ];
}

/** So many points of percent apart, the week and its final days are two stories. */
const farApart = 1;

/** How the week moved on its days that are final, where those that are not make it look otherwise. */
function finalText({ finalWeek, total, sameDays, incomplete }: Review): string {
  if (finalWeek === null || incomplete || sameDays !== null || total.percent === null) return "";
  const { days, percent } = finalWeek;
  if (percent === null || Math.abs(percent - total.percent) < farApart) return "";
  return `; on ${days === 1 ? "this day" : `these ${days} days`} of the week cost moved ${percentText(percent)}`;
}

function basisText(review: Review): string {
  const { money, micros } = printer(review);
  const { currency, costBasis, settledThrough, otherBasis, estimated } = review;
  const final = settledThrough === null ? "" : `, final through ${dayText(settledThrough)}${finalText(review)}`;
  const other = otherBasis ? ` By ${otherBasis.basis} cost the last 7 days are ${money(otherBasis.last7)}.` : "";
  const own = estimated
    ? ` Estimated from tokens and prices, not billed: ${micros(estimated.last7)} of the last 7 days, ${micros(estimated.monthToDate)} of the month to date.`
    : "";
  return `Review date ${dayText(review.asOf)}. Figures are ${costBasis} cost in ${currency}${final}.${other}${own}`;
}

/** Whether a hole has a day in the month or in one of the two weeks. */
function matters(hole: Period, { month, prior, period }: Review): boolean {
  const from = [prior.start, `${month.month}-01`].sort()[0] ?? prior.start;
  return overlap(hole, { start: from, end: period.end });
}

/** That days are not in the data; fees may be, as they stand on each day of their period. */
function holeText(hole: Period, { days }: Review): string {
  const what = days.some(({ day, total }) => contains(hole, day) && total !== 0n) ? "usage" : "data";
  const length = plural(daysBetween(hole.start, hole.end), "day");
  return `**No ${what} for ${periodText(hole.start, hole.end)}** (${length}), from any source: check the exports; these days count ${what === "usage" ? "with their fees alone" : "as nothing"} until their costs are there.`;
}

/** That days of one provider are not in the data. */
function providerHoleText({ provider, source, period: { start, end } }: ProviderHole): string {
  const length = plural(daysBetween(start, end), "day");
  return `**No usage of ${markdownText(provider)} for ${periodText(start, end)}** (${length}), while others have some: check the export that ${markdownText(source)} reads; its usage of these days counts as nothing until it is there.`;
}

/** What days that the prior week lacks do to the change; nothing where days of this week are missing, too. */
function misstated({ incomplete, total }: Review): string {
  if (incomplete || total.change === 0n) return "";
  return total.change < 0n ? ": the fall is understated" : ": the rise is overstated";
}

/** Days and weeks that are not in the data. */
function historyTexts(review: Review): string[] {
  const missing = missingPriorDays(review);
  const { firstDay, month } = review;
  const start = `${month.month}-01`;
  return [
    ...(firstDay !== null && firstDay >= review.period.start
      ? ["There are no data before this week: nothing to compare it with yet."]
      : []),
    ...(missing > 0 && missing < 7 ? [`The prior 7 days hold data for only ${plural(7 - missing, "day")}${misstated(review)}.`] : []),
    ...review.holes.filter((hole) => matters(hole, review)).map((hole) => holeText(hole, review)),
    ...review.providerHoles.filter(({ period }) => matters(period, review)).map(providerHoleText),
    ...(firstDay !== null && firstDay > start && month.daysToDate > 0
      ? [`The data begin on ${dayText(firstDay)}: the days of the month before it are missing from month to date.`]
      : []),
  ];
}

/** What a source had to tolerate on reading, such as a provider that counts by another cost. */
function noteTexts({ sources }: Review): string[] {
  return sources.flatMap(({ name, notes }) => notes.map((note) => `Read from ${markdownText(name)}: ${markdownSentence(note)}`));
}

const monthlyHint =
  " A row a month, such as an invoice, covers its whole month only where it says so: put it into a FOCUS file with the month as charge period (docs/sources/focus.md of overpace).";

/** Who brought nothing for both weeks may have been left; what has one row a month is spread over it only where that is said. */
function lateHint({ prior, period }: Review, { lastDay, isMonthly }: Arrival): string {
  if (lastDay === null || lastDay >= period.start) return "";
  if (isMonthly) return monthlyHint;
  return lastDay >= prior.start ? "" : ` If nothing is used there any more, write \`until: ${addDays(lastDay, 1)}\` at the source.`;
}

function arrivalTexts(review: Review): string[] {
  const { micros } = printer(review);
  const name = (source: string) => markdownText(source);
  return [
    ...review.arrivals.flatMap((arrival) => {
      const { source, problem, lastDay, missing } = arrival;
      const reason = problem === null ? "" : ` (${markdownSentence(problem.replace(/\.$/, ""))})`;
      if (missing > 0)
        return [
          `**No data from ${name(source)} ${lastDay === null ? "at all" : `since ${dayText(lastDay)}`}**${reason}: ${plural(missing, "day")} of this week missing.${lateHint(review, arrival)}`,
        ];
      return problem === null ? [] : [`**${name(source)} could not be read this time**${reason}: its figures are those of the ledger.`];
    }),
    ...review.silences.map(
      ({ provider, lastDay, days, usualDay }) =>
        `**No data from ${markdownText(provider)} since ${dayText(lastDay)}** (${plural(days, "day")}; it used to cost ${micros(usualDay)} a day): check the export before reading its fall as a saving.`,
    ),
  ];
}

export function summarySection({ review }: SectionContext): Section {
  const { money, delta } = printer(review);
  const { total } = review;
  const missing = missingPriorDays(review);
  const known = missing === 0 ? "" : missing === 7 ? " (no data)" : ` (${7 - missing} of 7 days)`;
  const week = ["Last 7 days", money(total.last7), `${money(total.prior7)} prior 7 days${known}`, missing === 7 ? "" : delta(total)];
  const text = blocks([
    `# Weekly AI cost review ${review.id} · ${periodText(review.period.start, review.period.end)}`,
    banner(review),
    table(["", "Cost", "Compared with", "Change"], [week, ...monthRow(review)]),
    [basisText(review), ...historyTexts(review), ...arrivalTexts(review), ...noteTexts(review)].join("\n"),
    hasChart(review) ? `![Daily cost of the last weeks](${review.id}.svg)` : null,
  ]);
  return { name: "summary", head: { name: "summary", text }, items: [], end: null };
}
