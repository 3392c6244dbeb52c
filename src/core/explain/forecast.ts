import { addDays, contains } from "../day.ts";
import { forecastMethod } from "../forecast/forecast.ts";
import { centsText } from "../format.ts";
import { isPaced } from "../ledger/usage.ts";
import { divideRounded, toCents } from "../money.ts";
import { countedOf } from "../review/counted.ts";
import { pacedDays } from "../review/month/history.ts";
import { roomIn } from "../review/month/month.ts";
import { type Pace, type PacePart, paceMethod, paceOf, paceScale } from "../review/month/pacing.ts";
import { saidBefore } from "../review/month/track-record.ts";
import { plural } from "../text.ts";
import type { Explain, Facts, Row, Term } from "./explanation.ts";
import { fromPrinted, percentRounding, percentValue, rowsOf } from "./rows.ts";
import { cents, exactly, full, inFull, percentage, plain } from "./terms.ts";

/** What a source that is final through its own day adds to the forecast at pace. */
function paceTerms({ input: stated, review }: Facts): Term[] {
  const { input } = countedOf(stated);
  return input.sources.flatMap((source) => {
    const own = input.charges.filter((charge) => charge.source === source.name);
    if (source.settledThrough === null || own.length === 0) return [];
    const pace = paceOf(own, [source], review.month.month, input.costBasis);
    if (source.until !== undefined)
      return [{ name: `${source.name}, ended with ${addDays(source.until, -1)}`, value: `month to date ${inFull(pace.spent)}` }];
    const days = pace.recent?.days ?? 0;
    return [
      {
        name: `${source.name}, final through ${source.settledThrough}`,
        value: `month to date ${inFull(pace.spent)} + ${inFull(pace.recent?.cost ?? 0n)} of the last ${days} days ÷ ${days} × ${pace.daysToCome} days to come = ${centsText(toCents(pace.total))}`,
      },
    ];
  });
}

/** The pace of all sources together, with all that is below a cent. */
function paceInFull({ input: stated, review }: Facts): Pace {
  const { input } = countedOf(stated);
  return paceOf(input.charges, input.sources, review.month.month, input.costBasis);
}

/** The mean of a day over all sources, and what it is the mean of where that is the same days for all. */
function meanTerms(facts: Facts): Term[] {
  const { spent, recent, daysToCome, mostDaysToCome, running } = facts.review.month.pace;
  const exact = paceInFull(facts);
  return [
    ...(recent === null || spent === facts.review.month.toDate.total
      ? []
      : [full("in the month so far, all days of what ended included", exact.spent)]),
    ...(recent === null || exact.recent === null
      ? []
      : [full(`usage-based cost of the last ${recent.days} settled days`, exact.recent.cost)]),
    ...(recent === null || recent.apart === 0n
      ? []
      : [cents("recurring and one-time charges of these days, which are not carried on", recent.apart)]),
    ...(running === null
      ? []
      : [full("a day of them that still run", exact.running.perDay), cents("at current pace with them", running.total)]),
    full("a day", exact.perDay),
    plain("days still to come", daysToCome === mostDaysToCome ? daysToCome : `${daysToCome} to ${mostDaysToCome}`),
  ];
}

/** The charges whose mean is carried on: the last seven settled days of each source. */
function pacedRows(facts: Facts): Row[] {
  const settled = new Map(
    facts.input.sources.map(({ name, settledThrough, until }) => [name, until === undefined ? settledThrough : null]),
  );
  return rowsOf(facts, (charge) => {
    const last = settled.get(charge.source) ?? null;
    return last !== null && isPaced(charge) && contains({ start: addDays(last, -6), end: addDays(last, 1) }, charge.day);
  });
}

const pace: Explain = (facts) => ({
  value: centsText(facts.review.month.pace.total),
  formula: `${paceMethod}, for each source with its own last settled day; the rows are those of the mean`,
  terms: [...paceTerms(facts), ...meanTerms(facts)],
  rounding: "kept exact in 420ths of a millionth, so that a mean of one to seven days has no remainder; to the nearest cent at the end",
  rows: pacedRows(facts),
});

const pacePercent: Explain = ({ review: { month } }) => ({
  value: percentValue(month.pace.percent),
  formula: "(forecast.pace.total − forecast.plan) ÷ forecast.plan × 100",
  terms: [
    { name: "forecast.pace.total", value: centsText(month.pace.total) },
    { name: "forecast.plan", value: month.planTotal === null ? "none" : centsText(month.planTotal) },
    ...(month.planTotal === null || month.plan === null
      ? []
      : [
          cents("over or under", month.pace.total - month.planTotal),
          exactly("forecast.pace.total, exact", divideRounded(month.pace.scaled, paceScale)),
          exactly("forecast.plan, exact", month.plan.amount),
        ]),
  ],
  rounding: percentRounding,
  rows: [],
});

/** On how many days anything was charged that the model carries on. */
function daysOfHistory({ input: { history, asOf }, input }: Facts): number {
  const { charges, costBasis } = countedOf(input).input;
  const { start, days } = pacedDays(charges, history, asOf, costBasis);
  return [...days.keys()].filter((day) => day >= start).length;
}

const model: Explain = (facts) => {
  const {
    model: found,
    pace: { spent },
  } = facts.review.month;
  return (
    found && {
      value: centsText(found.total),
      formula: `${forecastMethod} (docs/method.md): what is final so far, plus the model's days to come and what days without data would have cost`,
      terms: [
        cents("final so far, through the last settled day of each source", spent),
        cents("the model's days to come", found.total - spent - found.missing),
        { name: "days of history", value: String(daysOfHistory(facts)) },
        ...(found.low80 === found.high80
          ? [plain("range in which eight of ten months should end", "none is known")]
          : [cents("eight of ten months should end from", found.low80), cents("to", found.high80)]),
        percentage("against forecast.plan", found.percent),
        cents("of it for days without data, as on the last such weekday before", found.missing),
      ],
      rounding: "computed in floating point from daily sums of usage-based cost, rounded once to the nearest cent",
      rows: [],
    }
  );
};

const plan: Explain = ({ review: { month } }) =>
  month.plan === null || month.planTotal === null
    ? null
    : {
        value: centsText(month.planTotal),
        formula: `the plan of ${month.month} in plan.yaml, in the version that is in force on the review date; of slices alone, their sum`,
        terms: [plain("in force since", month.plan.version ?? "the beginning"), exactly("exactly", month.plan.amount)],
        rounding: "to the nearest cent (a half goes away from zero)",
        rows: [],
      };

/** `1828.385447 + 118.84005 a day × 8 days to come`: what a source adds to the forecast at pace. */
function partText({ spent, perDayScaled, daysToCome, ended }: PacePart): string {
  if (ended) return `${inFull(spent)}, nothing to come`;
  return `${inFull(spent)} + ${inFull(divideRounded(perDayScaled, paceScale))} a day × ${plural(daysToCome, "day")} to come`;
}

const movement: Explain = ({ review: { month, asOf }, earlier }) => {
  const said = saidBefore(earlier.forecasts, asOf, month.month);
  return (
    month.movement && {
      value: centsText(month.movement.change),
      formula:
        "forecast.pace.total − the same sum as of a week ago from what is known today: what the days since cost − what the old pace had counted for them + (pace − old pace) × days still to come, for each source",
      terms: [
        cents("weekAgo (as of a week ago)", month.movement.before),
        ...(said === null ? [] : [cents("said by last week's review", said)]),
        ...month.movement.parts.flatMap(({ was, now }) => [
          plain(`${now.source}, as of a week ago`, partText(was)),
          plain(`${now.source}, now`, partText(now)),
        ]),
        cents("a day, as of a week ago", month.movement.perDayBefore),
        cents("forecast.pace.total", month.pace.total),
        cents("a day, now", month.pace.perDay),
        cents("actuals (what the days since cost)", month.movement.actuals),
        cents("elapsed (what was counted for them)", month.movement.elapsed),
        cents("actuals + elapsed", month.movement.actuals + month.movement.elapsed),
        cents("level (days still to come, at another pace)", month.movement.level),
        month.movement.plan === null
          ? plain("plan (how it was changed since)", "none")
          : cents("plan (how it was changed since)", month.movement.plan),
      ],
      rounding:
        "exact in 420ths of a millionth, actuals and elapsed to the nearest cent; level (elapsed where no day is to come) is the rest, so that they add up to the change",
      rows: [],
    }
  );
};

const room: Explain = ({ review: { month } }) => {
  const found = roomIn(month);
  return (
    found && {
      value: centsText(found.perDay),
      formula:
        found.days === null
          ? "a day at the current pace × (forecast.plan − spent) ÷ (forecast.pace.total − spent), as sources are final through different days"
          : "(forecast.plan − spent) ÷ days still to come",
      terms: [
        cents("forecast.plan", month.planTotal ?? 0n),
        cents("forecast.pace.total", month.pace.total),
        cents("spent, through the last settled day of each source", month.pace.spent),
        ...(found.days === null ? [] : [plain("days still to come", found.days)]),
        cents("a day at the current pace", month.pace.perDay),
      ],
      rounding: fromPrinted,
      rows: [],
    }
  );
};

/** Figures of the month end. */
export const forecastFigures: Readonly<Record<string, Explain>> = {
  "forecast.pace.total": pace,
  "forecast.pace.percent": pacePercent,
  "forecast.model.total": model,
  "forecast.movement.change": movement,
  "forecast.toEndOnPlan": room,
  "forecast.plan": plan,
};
