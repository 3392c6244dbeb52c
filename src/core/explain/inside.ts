import { addDays, eachDay } from "../day.ts";
import { centsText } from "../format.ts";
import { microsText } from "../money.ts";
import { monthlyDays } from "../review/deltas/monthly.ts";
import { onsetIn } from "../review/deltas/onset.ts";
import { type MovedVolume, volumesOf } from "../review/deltas/volumes.ts";
import { type Drift, driftWeeks } from "../review/findings/drift.ts";
import type { ListedDelta } from "../review/review.ts";
import type { TwoWeeks } from "../slices/delta.ts";
import { settledOf } from "../slices/settled.ts";
import type { Explanation, Facts, Named, Term } from "./explanation.ts";
import { percentRounding, percentValue } from "./rows.ts";
import { changeRows, sliceRows } from "./slices.ts";
import { cents, nearest } from "./terms.ts";

const moved = (name: string, { last7, prior7, change, percent }: TwoWeeks): Term => ({
  name,
  value: `${centsText(prior7)} → ${centsText(last7)}, ${centsText(change)} (${percent === null ? "new" : percentValue(percent)})`,
});

const counted = (name: string, { last7, prior7, percent }: MovedVolume): Term => ({
  name,
  value: `${prior7} → ${last7} (${percent === null ? "new" : percentValue(percent)})`,
});

function thousandText({ last7, prior7 }: { readonly last7: bigint; readonly prior7: bigint | null }): string {
  return `${prior7 === null ? "" : `${centsText(prior7)} → `}${centsText(last7)}`;
}

/** What moved inside a listed delta, by its id and `.drivers`. */
function driversExplanation(facts: Facts, { delta, drivers }: ListedDelta): Explanation {
  const { requests, tokens, tokensPerRequest, perThousand } = volumesOf(drivers, delta);
  return {
    value: centsText(delta.change),
    formula: `the rows of ${delta.slice.id} by model, by feature, and by day; requests and tokens are those that rows state`,
    terms: [
      ...drivers.models.map(({ name, amounts }) => moved(`model ${name}`, amounts)),
      ...drivers.features.map(({ name, amounts }) => moved(`feature ${name}`, amounts)),
      ...drivers.days.map(({ day, cost }) => cents(day, cost)),
      ...monthlyDays(delta.slice.days, facts.review).map((day) => nearest(`once a month, ${day}`, delta.slice.days.get(day) ?? 0n)),
      ...(requests === null ? [] : [counted("requests", requests)]),
      ...(tokens === null ? [] : [counted("tokens", tokens)]),
      ...(tokensPerRequest === null ? [] : [counted("tokens ÷ requests", tokensPerRequest)]),
      ...(perThousand === null ? [] : [{ name: "cost × 1,000 ÷ requests", value: thousandText(perThousand) }]),
    ],
    rounding: "models, features and days each by largest remainder, so that they add up to their week; counts are not rounded",
    rows: changeRows(facts, delta.slice),
  };
}

const fit =
  "the day from which a step to a steady difference fits the seven differences to the week before best: the largest (sum of the differences from it on)² ÷ their number; days that are not final are left out";

/** When a listed delta began, by its id and `.onset`: candidate causes are looked for before it. */
function onsetExplanation(facts: Facts, { delta }: ListedDelta): Explanation {
  const { slice } = delta;
  const { period, prior } = facts.review;
  const before = eachDay(prior);
  const cost = (day: string) => slice.days.get(day) ?? 0n;
  const through = settledOf(facts.review.sources)(slice);
  const isOpen = through !== null && through >= period.start && through < addDays(period.end, -1);
  const { day, run } = onsetIn(delta, facts.review);
  return {
    value: day,
    formula: run === null ? fit : `the first day of ${run.id}, the odd days that it goes with; without such ${fit}`,
    terms: [
      ...eachDay(period).map((each, index) => ({
        name: `${each} − ${before[index] ?? ""}`,
        value: microsText(cost(each) - cost(before[index] ?? "")),
      })),
      ...(isOpen ? [{ name: "final through", value: through }] : []),
    ],
    rounding: "none: compared on exact amounts",
    rows: changeRows(facts, slice),
  };
}

/** A slow rise or fall, by the id of its slice and `.drift`. */
function driftExplanation(facts: Facts, { slice, since, weeks, percent }: Drift): Explanation {
  const begin = addDays(since, -7);
  return {
    value: percentValue(percent),
    formula: `(last week − first week) ÷ first week × 100, of the six settled weeks from ${begin} on: most steps lead one way, none is half of the way`,
    terms: [
      ...weeks.map((week, index) => cents(`seven days from ${addDays(begin, 7 * index)}`, week)),
      cents("last week − first week", (weeks.at(-1) ?? 0n) - (weeks[0] ?? 0n)),
    ],
    rounding: `${percentRounding}; each week to the nearest cent`,
    rows: sliceRows(facts, slice, { start: begin, end: addDays(begin, 7 * driftWeeks) }),
  };
}

/** What moved inside listed deltas and when they began; slow drifts. */
export function insideParts({ review: { listed, drifts, ignoredDrifts } }: Facts): Named[] {
  return [
    ...listed.flatMap((one): Named[] => [
      [`${one.delta.slice.id}.drivers`, (facts) => driversExplanation(facts, one)],
      [`${one.delta.slice.id}.onset`, (facts) => onsetExplanation(facts, one)],
    ]),
    ...[...drifts, ...ignoredDrifts.map(({ drift }) => drift)].map((drift): Named => [
      `${drift.slice.id}.drift`,
      (facts) => driftExplanation(facts, drift),
    ]),
  ];
}
