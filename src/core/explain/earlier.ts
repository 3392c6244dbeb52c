import { centsText } from "../format.ts";
import { openEffectsOf } from "../review/effects/open-effects.ts";
import { type Weekday, student } from "../review/effects/outcome.ts";
import { type MeasuredAction, measuredIn } from "../review/effects/past-actions.ts";
import { type Misses, type Scores, judgedOf, trackRecordOf } from "../review/month/track-record.ts";
import type { Earlier, Explain, Explanation, Facts, Named, Term } from "./explanation.ts";
import { fromPrinted } from "./rows.ts";
import { cents, inFull, percentage, plain } from "./terms.ts";

/** Nothing where there are too few forecasts for it. */
const share = (name: string, percent: number | null): Term[] => (percent === null ? [] : [percentage(name, percent)]);

function missTerms(whose: string, { wape, bias, high, low }: Misses): Term[] {
  return [
    ...share(`${whose}: sum of its misses ÷ sum of the months`, wape),
    ...share(`${whose}: sum of all that it was too high − too low ÷ sum of the months`, bias),
    plain(`${whose}: too high in`, high),
    plain(`${whose}: too low in`, low),
  ];
}

function scoreTerms(where: string, { forecasts, inside, closer, skill, model, pace }: Scores): Term[] {
  return [
    plain(`${where}: month ends in the 80 % range`, `${inside} of ${forecasts}`),
    plain(`${where}: closer than the pace in`, closer),
    ...share(`${where}: misses of the pace that it avoids`, skill),
    ...missTerms(`${where}, likely month end`, model),
    ...missTerms(`${where}, pace`, pace),
  ];
}

/** Every forecast that earlier reviews committed, against what its month cost. */
const record: Explain = ({ review, earlier }) => {
  const found = trackRecordOf(earlier.forecasts, review.closedMonths);
  if (found === null) return null;
  return {
    value: String(found.inside),
    formula: "of the forecasts below, how many held what the month cost in their 80 % range; without percentages below ten of them",
    terms: [
      ...judgedOf(earlier.forecasts, review.closedMonths).map(({ commitment, actual }) =>
        plain(
          `${commitment.id} of ${commitment.month}, which cost ${centsText(actual)}`,
          `${centsText(commitment.model.total)}, range ${centsText(commitment.model.low80)} to ${centsText(commitment.model.high80)}; at pace ${centsText(commitment.pace)}`,
        ),
      ),
      ...scoreTerms("all", found),
      ...found.horizons.flatMap(({ weeks, ...scores }) => [
        plain("weeks to the end of the month, full or begun", weeks),
        ...scoreTerms(`${weeks} to the end`, scores),
      ]),
    ],
    rounding: `forecasts as the files of their reviews state them; percentages to one decimal (a half goes away from zero)`,
    rows: [],
  };
};

/** What open actions change in the month; issues are not asked. */
const openEffects: Explain = ({ review, earlier }) => {
  const found = openEffectsOf(earlier.actions, review);
  return (
    found && {
      value: centsText(found.total),
      formula:
        "for each open action: its stated effect ÷ 7 × the days from the day after it is due, at the earliest from the review date, to the end of the month; a percentage is one of what its slice cost in the last 7 days. As the files of earlier reviews say: whether an issue is closed is not asked here",
      terms: [
        ...found.parts.map(({ id, amount, effect, last7, days }) => {
          const week = "cost" in effect ? `${effect.cost} a week` : `${effect.percent} % of ${centsText(last7 ?? 0n)} a week`;
          return plain(id, `${centsText(amount)} (${week} ÷ 7 × ${days} days)`);
        }),
        cents("forecast.pace.total − forecast.plan", found.gap),
        cents("which leaves", found.left),
      ],
      rounding: `each to the nearest cent; ${fromPrinted}`,
      rows: [],
    }
  );
};

function actionExplanation({ ageWeeks, slips, due }: Earlier["actions"][number]): Explanation {
  return {
    value: `${ageWeeks} ${ageWeeks === 1 ? "week" : "weeks"}`,
    formula: "from the review that decided it to this one",
    terms: [plain("due", due), plain("reviews that moved its date further away (slips)", slips)],
    rounding: "whole weeks",
    rows: [],
  };
}

/** `12.34 → mean of 10.00, 11.50`: what a weekday cost before the decision, and since. */
function weekdayTerm({ day, before, after }: Weekday): Term {
  return plain(`${day} and the same weekday since`, `${inFull(before)} → mean of ${after.map(inFull).join(", ")}`);
}

function measuredExplanation({ action, outcome }: MeasuredAction): Explanation {
  const { expected, measured, low80, high80, weeks, weekdays } = outcome;
  return {
    value: centsText(measured ?? 0n),
    formula: `what ${action.about} cost in the full settled weeks after ${action.due} (of which no day is missing), each weekday less itself in the seven days before ${action.decided}, when it was decided: the sum of these seven changes; the range is ± ${student} × their standard deviation × √7`,
    terms: [
      ...("percent" in action.effect ? [plain("stated, of these seven days", `${action.effect.percent} %`)] : []),
      cents("stated, a week", expected ?? 0n),
      cents("80 % range from", low80 ?? 0n),
      cents("to", high80 ?? 0n),
      plain("weeks", weeks),
      ...weekdays.map(weekdayTerm),
    ],
    rounding: "computed in floating point; each amount to the nearest cent",
    rows: [],
  };
}

/** Actions of earlier reviews by their ids: those that are open, and what those that are done changed. */
export function earlierParts({ earlier, review }: Facts): Named[] {
  return [
    ...earlier.actions.map((action): Named => [`actions.${action.id}`, () => actionExplanation(action)]),
    ...measuredIn(earlier.past, review).map((one): Named => [`actions.${one.action.id}`, () => measuredExplanation(one)]),
  ];
}

/** Figures from the files of earlier reviews. */
export const earlierFigures: Readonly<Record<string, Explain>> = { "trackRecord.inside": record, "openActions.change": openEffects };
