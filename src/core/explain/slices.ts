import { contains, type Period } from "../day.ts";
import { centsText } from "../format.ts";
import { microsText, toCents } from "../money.ts";
import { type AllocationTarget, allocationTargets } from "../settings/allocation.ts";
import { rangeWidth } from "../anomaly/runs.ts";
import { countedOf } from "../review/counted.ts";
import type { Anomaly } from "../review/odd-days.ts";
import type { Delta } from "../review/delta.ts";
import { pathsOf, type Slice, unallocated } from "../review/slice.ts";
import type { Split } from "../split/split.ts";
import type { Explain, Explanation, Facts, Row, Term } from "./explanation.ts";
import { dailyRows, sumOf } from "./rows.ts";

/** The usage of a slice in a period. */
function sliceRows(facts: Facts, { dimension, path }: Pick<Slice, "dimension" | "path">, period: Period): Row[] {
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
function changeRows(facts: Facts, slice: Slice): Row[] {
  const { period, prior } = facts.review;
  const before = sliceRows(facts, slice, prior).map(({ charge, amount }) => ({ charge, amount: -amount }));
  return [...before, ...sliceRows(facts, slice, period)];
}

/** A delta by its id. */
export function deltaExplanation(facts: Facts, { slice, last7, prior7, change, percent, exact }: Delta): Explanation {
  return {
    value: centsText(change),
    formula: `the usage of ${slice.id} in the last 7 days − in the 7 days before`,
    terms: [
      { name: "last 7 days", value: `${centsText(last7)} (exactly ${microsText(exact.last7)})` },
      { name: "prior 7 days", value: `${centsText(prior7)} (exactly ${microsText(exact.prior7)})` },
      { name: "in percent", value: percent === null ? "new" : `${percent} %` },
    ],
    rounding:
      "each week to cents together with its neighbours, largest remainder first, so that the parts add up to what stands above them",
    rows: changeRows(facts, slice),
  };
}

const splitNames = {
  volume: "more or fewer requests",
  mix: "dearer or cheaper models",
  tokensPerRequest: "longer or shorter requests",
  price: "price of a token",
  new: "new",
  retired: "retired",
  notTokenPriced: "not priced by tokens",
} as const satisfies Readonly<Record<keyof Split, string>>;

/** Why a delta changed, by its id and `.split`. */
export function splitExplanation(facts: Facts, { slice, change }: Delta, split: Split): Explanation {
  const parts = Object.entries(splitNames) as [keyof Split, string][];
  return {
    value: centsText(change),
    formula:
      "LMDI-I for each model and kind of token: logarithmic mean of both weeks' cost × ln of the ratio of each factor (docs/method.md)",
    terms: parts.map(([key, name]): Term => ({ name: `${key} (${name})`, value: centsText(split[key]) })),
    rounding: "parts to cents by largest remainder, so that they add up to the change",
    rows: changeRows(facts, slice),
  };
}

/** An anomaly by its id. */
export function anomalyExplanation(facts: Facts, { slice, period, rule, expected, low, high, actual }: Anomaly): Explanation {
  const text = (amount: bigint) => centsText(toCents(amount));
  return {
    value: text(actual),
    formula: `the usage of ${slice.id} from ${period.start} until before ${period.end}; found by: ${rule}`,
    terms: [
      { name: "expected, weekday profile × level of three weeks", value: text(expected) },
      { name: `usual range, ${rangeWidth} deviations a day, from`, value: text(low) },
      { name: "to", value: text(high) },
    ],
    rounding: "what was expected is computed in floating point; each amount to the nearest cent",
    rows: sliceRows(facts, slice, period),
  };
}

const yesterday: Explain = (facts) => {
  const found = facts.review.yesterday;
  if (found === null) return null;
  const rows = dailyRows(facts, ({ category, day }) => category === "Usage" && day === found.day);
  return {
    value: centsText(toCents(found.actual)),
    formula: `all usage on ${found.day}, the last settled day`,
    terms: [
      { name: "expected, weekday profile × level of three weeks", value: centsText(toCents(found.expected)) },
      { name: "usual range from", value: centsText(toCents(found.low)) },
      { name: "to", value: centsText(toCents(found.high)) },
    ],
    rounding: `${microsText(sumOf(rows))} added exactly, to the nearest cent`,
    rows,
  };
};

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
    { name: "forecast.pace.percent", value: String(review.month.pace.percent ?? "no plan") },
    { name: "change.percent", value: String(review.total.percent ?? "no week before") },
  ],
  rounding: "compared on exact amounts, not on percentages",
  rows: [],
});

/** Figures of slices and days that always have the same name. */
export const otherFigures: Readonly<Record<string, Explain>> = {
  "yesterday.actual": yesterday,
  ...Object.fromEntries(allocationTargets.map((target) => [`unallocated.${target}`, unallocatedTo(target)])),
  verdict,
};
