import { type Day, addDays, contains, daysBetween } from "../day.ts";
import { centsText, percentOf } from "../format.ts";
import { type Gap, baseBefore } from "../review/month/gap.ts";
import { planToDate } from "../settings/plan.ts";
import { costIn } from "../slices/slice.ts";
import type { Explain, Facts, Term } from "./explanation.ts";
import { dailyRows, fromPrinted, sumOf } from "./rows.ts";
import { cents, full, nearest, percentage, plain } from "./terms.ts";

/** Where the gap stood on the day before the week, where it did. */
function olderTerms(facts: Facts, { onset }: Gap): Term[] {
  const { period, settledThrough, month } = facts.review;
  const before = addDays(period.start, -1);
  if (month.plan === null || onset >= period.start || period.start > (settledThrough ?? "")) return [];
  const spent = dailyRows(facts, ({ day }) => contains({ start: `${month.month}-01`, end: period.start }, day));
  return [
    full(`month to date on ${before}, corrections left out`, sumOf(spent)),
    full(`plan to date on ${before}`, planToDate(month.plan, month.plan.amount, before)),
  ];
}

/** What came since the onset, and what of it is usage. */
function sinceTerms(facts: Facts, { onset, notUsage }: Gap, end: Day): Term[] {
  const rows = dailyRows(facts, ({ day }) => contains({ start: onset, end }, day));
  const usage = rows.filter(({ charge }) => charge.category === "Usage");
  return [
    full("what came since then", sumOf(rows)),
    full("of it usage", sumOf(usage)),
    nearest("what came since then that is no usage: fees, taxes, credits, adjustments", notUsage),
  ];
}

/** The service that rose most, against its own days before. */
function throughTerms({ review }: Facts, { onset, through }: Gap, end: Day): Term[] {
  if (through === null || review.firstDay === null) return [];
  const { slice, excess } = through;
  const base = baseBefore(onset, review.firstDay);
  const days = daysBetween(base.start, base.end);
  return [
    full(`${slice.id} since then`, costIn(slice.days, { start: onset, end })),
    full(`${slice.id} on the ${days} days before, from ${base.start}`, costIn(slice.days, base)),
    plain("days since then", daysBetween(onset, end)),
    nearest(`${slice.id} since then, above what it cost on a mean day of the ${days} days before × these days`, excess),
  ];
}

/** How month to date left the plan. */
export const gap: Explain = (facts) => {
  const { gap: found, month, settledThrough } = facts.review;
  if (found === null || settledThrough === null) return null;
  const end = addDays(settledThrough, 1);
  return {
    value: centsText(month.toDate.total - month.corrections - (month.toDate.plan ?? 0n)),
    formula:
      "monthToDate.total − monthToDate.corrections − monthToDate.plan; the older part is the same on the day before this week, all of it at most",
    terms: [
      cents("monthToDate.total", month.toDate.total),
      cents("monthToDate.corrections", month.corrections),
      cents("monthToDate.plan", month.toDate.plan ?? 0n),
      plain("above the plan without a break since", found.onset),
      ...olderTerms(facts, found),
      nearest("of it older than this week", found.older),
      percentage("which is", percentOf(found.older, found.amount)),
      ...sinceTerms(facts, found, end),
      ...throughTerms(facts, found, end),
    ],
    rounding: fromPrinted,
    rows: [],
  };
};
