import { contains, type Period } from "../day.ts";
import { centsText, percentFigure, percentOf } from "../format.ts";
import { microsText } from "../money.ts";
import { countedOf } from "../review/counted.ts";
import { onSameDays } from "../review/data/beginning.ts";
import { onFinalDays } from "../review/data/final-days.ts";
import { wayBackOf } from "../review/findings/way-back.ts";
import { type AllocationTarget, allocationTargets } from "../settings/allocation.ts";
import type { Delta } from "../slices/delta.ts";
import { pathsOf, type Slice, unallocated } from "../slices/slice.ts";
import type { Explain, Explanation, Facts, Row } from "./explanation.ts";
import { dailyRows, percentValue } from "./rows.ts";
import { finalDaysTerm, percentage, sameDaysTerm, wayBackTerms } from "./terms.ts";

/** The usage of a slice in a period. */
export function sliceRows(facts: Facts, { dimension, path }: Pick<Slice, "dimension" | "path">, period: Period): Row[] {
  const { parts, allocate } = countedOf(facts.input).ready;
  const name = path.join("\0");
  return dailyRows(
    facts,
    (charge) =>
      charge.category === "Usage" &&
      contains(period, charge.day) &&
      pathsOf(charge, allocate(charge)).some(([own, names]) => own === dimension && names.join("\0") === name),
    parts,
  );
}

/** The usage of a slice in both weeks; what the week before cost counts against it, so that the rows add up to the change. */
export function changeRows(facts: Facts, slice: Slice): Row[] {
  const { period, prior } = facts.review;
  const before = sliceRows(facts, slice, prior).map(({ charge, amount }) => ({ charge, amount: -amount }));
  return [...before, ...sliceRows(facts, slice, period)];
}

/** A delta by its id. */
export function deltaExplanation(facts: Facts, { slice, last7, prior7, change, percent, exact }: Delta): Explanation {
  const same = onSameDays(slice.days, facts.review);
  const final = onFinalDays(slice, facts.review);
  const back = wayBackOf({ slice, change }, facts.review);
  return {
    value: centsText(change),
    formula: `the usage of ${slice.id} in the last 7 days − in the 7 days before`,
    terms: [
      { name: "last 7 days", value: `${centsText(last7)} (exactly ${microsText(exact.last7)})` },
      { name: "prior 7 days", value: `${centsText(prior7)} (exactly ${microsText(exact.prior7)})` },
      { name: "in percent", value: percent === null ? "new" : percentValue(percent) },
      ...(same === null ? [] : [sameDaysTerm(same)]),
      ...(final === null ? [] : [finalDaysTerm(final)]),
      ...(back === null ? [] : wayBackTerms(back)),
      percentage("share of all cost of the last 7 days", percentOf(last7, facts.review.total.last7)),
      percentage("share of the usage of these days", percentOf(last7, facts.review.usage.last7)),
    ],
    rounding:
      "each week to cents together with its neighbours, largest remainder first, so that the parts add up to what stands above them",
    rows: changeRows(facts, slice),
  };
}

function unallocatedTo(target: AllocationTarget): Explain {
  return (facts) => {
    const found = facts.review.unallocated.find((part) => part.target === target);
    if (found === undefined) return null;
    return {
      value: centsText(found.amount),
      formula: `usage of the last 7 days that no rule of allocation.yaml gives a ${target}`,
      terms: [{ name: "share of the week's usage", value: found.percent === null ? "none" : `${found.percent} %` }],
      rounding: "with the other parts of the week's usage, largest remainder first, so that they add up",
      rows: sliceRows(facts, { dimension: target, path: [unallocated] }, facts.review.period),
    };
  };
}

const verdict: Explain = ({ input: { thresholds }, review }) => ({
  value: review.verdict,
  formula: `escalate from ${thresholds.escalate} % over plan on; investigate above ${thresholds.pace} % over plan, or with the week more than ${thresholds.week} % up; check-data more than ${thresholds.below} % below plan; else good`,
  terms: [
    { name: "forecast.pace.percent", value: String(percentFigure(review.month.pace.percent) ?? "no plan") },
    { name: "change.percent", value: String(percentFigure(review.total.percent) ?? "no week before") },
  ],
  rounding: "compared on exact amounts, not on percentages",
  rows: [],
});

/** Figures of slices and days that always have the same name. */
export const otherFigures: Readonly<Record<string, Explain>> = {
  ...Object.fromEntries(allocationTargets.map((target) => [`unallocated.${target}`, unallocatedTo(target)])),
  verdict,
};
