import { addDays, contains, monthOf, monthPeriod } from "../day.ts";
import { centsText } from "../format.ts";
import { forecastMethod } from "../forecast/forecast.ts";
import { isLateCorrection } from "../ledger/charge.ts";
import { microsText, toCents } from "../money.ts";
import { isPaced, paceMethod, paceOf } from "../review/pacing.ts";
import { countedOf } from "../review/counted.ts";
import type { Explain, Facts, Row, Term } from "./explanation.ts";
import { dailyRows, fromPrinted, percentRounding, percentValue, rowsOf, sumOf, toNearestCent } from "./rows.ts";

/** Charges of the month through the last settled day. */
function toDateRows(facts: Facts): Row[] {
  const { month, settledThrough } = facts.review;
  if (settledThrough === null) return [];
  const { start, end } = monthPeriod(month.month);
  return dailyRows(facts, ({ day }) => start <= day && day <= settledThrough && day < end);
}

function correctionRows(facts: Facts): Row[] {
  const { month } = facts.review.month;
  return rowsOf(facts, (charge) => isLateCorrection(charge) && monthOf(charge.billingPeriod) === month);
}

const toDate: Explain = (facts) => {
  const { month, settledThrough } = facts.review;
  const rows = month.daysToDate === 0 ? [] : [...toDateRows(facts), ...correctionRows(facts)];
  return {
    value: centsText(month.toDate.total),
    formula: `charges from ${month.month}-01 through ${settledThrough ?? "no day"}, the last day that every source is final for, and corrections of earlier billing periods that ${month.month} bills`,
    terms: [{ name: "monthToDate.corrections", value: centsText(month.corrections) }],
    rounding: toNearestCent(sumOf(rows), month.toDate.total),
    rows,
  };
};

const corrections: Explain = (facts) => {
  const rows = correctionRows(facts);
  const { corrections: cents } = facts.review.month;
  return {
    value: centsText(cents),
    formula: `corrections of earlier billing periods that ${facts.review.month.month} bills, whatever their day`,
    terms: [],
    rounding: toNearestCent(sumOf(rows), cents),
    rows,
  };
};

const planned: Explain = ({ review: { month, settledThrough } }) =>
  month.plan === null || month.toDate.plan === null
    ? null
    : {
        value: centsText(month.toDate.plan),
        formula: "the plan of the month × the weight of its days so far ÷ the weight of all its days",
        terms: [
          { name: "plan of the month", value: microsText(month.plan.amount) },
          { name: "in force since", value: month.plan.version ?? "the beginning" },
          { name: "shape", value: typeof month.plan.shape === "string" ? month.plan.shape : JSON.stringify(month.plan.shape) },
          { name: "through", value: settledThrough ?? "no day" },
        ],
        rounding: "to the nearest millionth, then to the nearest cent (a half goes away from zero)",
        rows: [],
      };

const toDatePercent: Explain = ({ review: { month } }) => ({
  value: percentValue(month.toDate.percent),
  formula: "(monthToDate.total − monthToDate.plan) ÷ monthToDate.plan × 100",
  terms: [
    { name: "monthToDate.total", value: centsText(month.toDate.total) },
    { name: "monthToDate.plan", value: month.toDate.plan === null ? "none" : centsText(month.toDate.plan) },
  ],
  rounding: percentRounding,
  rows: [],
});

/** What a source that is final through its own day adds to the forecast at pace. */
function paceTerms({ input: stated, review }: Facts): Term[] {
  const { input } = countedOf(stated);
  return input.sources.flatMap((source) => {
    const own = input.charges.filter((charge) => charge.source === source.name);
    if (source.settledThrough === null || own.length === 0) return [];
    const pace = paceOf(own, [source], review.month.month, input.costBasis);
    const days = pace.recent?.days ?? 0;
    return [
      {
        name: `${source.name}, final through ${source.settledThrough}`,
        value: `month to date + ${centsText(toCents(pace.recent?.cost ?? 0n))} of the last ${days} days ÷ ${days} × ${pace.daysToCome} days to come = ${centsText(toCents(pace.total))}`,
      },
    ];
  });
}

/** The charges whose mean is carried on: the last seven settled days of each source. */
function pacedRows(facts: Facts): Row[] {
  const settled = new Map(facts.input.sources.map(({ name, settledThrough }) => [name, settledThrough]));
  return rowsOf(facts, (charge) => {
    const last = settled.get(charge.source) ?? null;
    return last !== null && isPaced(charge) && contains({ start: addDays(last, -6), end: addDays(last, 1) }, charge.day);
  });
}

const pace: Explain = (facts) => ({
  value: centsText(facts.review.month.pace.total),
  formula: `${paceMethod}, for each source with its own last settled day; the rows are those of the mean`,
  terms: paceTerms(facts),
  rounding: "kept exact in 420ths of a millionth, so that a mean of one to seven days has no remainder; to the nearest cent at the end",
  rows: pacedRows(facts),
});

const pacePercent: Explain = ({ review: { month } }) => ({
  value: percentValue(month.pace.percent),
  formula: "(forecast.pace.total − forecast.plan) ÷ forecast.plan × 100",
  terms: [
    { name: "forecast.pace.total", value: centsText(month.pace.total) },
    { name: "forecast.plan", value: month.planTotal === null ? "none" : centsText(month.planTotal) },
  ],
  rounding: percentRounding,
  rows: [],
});

const model: Explain = ({ input, review: { month } }) =>
  month.model && {
    value: centsText(month.model.total),
    formula: `${forecastMethod} (docs/method.md): what is final so far, plus the model's days to come`,
    terms: [
      {
        name: "days of history",
        value: String(
          new Set(
            countedOf(input)
              .input.charges.filter(isPaced)
              .map(({ day }) => day),
          ).size,
        ),
      },
      { name: "eight of ten months should end from", value: centsText(month.model.low80) },
      { name: "to", value: centsText(month.model.high80) },
    ],
    rounding: "computed in floating point from daily sums of usage-based cost, rounded once to the nearest cent",
    rows: [],
  };

const gap: Explain = ({ review: { gap: found, month } }) =>
  found && {
    value: centsText(month.toDate.total - month.corrections - (month.toDate.plan ?? 0n)),
    formula: "monthToDate.total − monthToDate.corrections − monthToDate.plan",
    terms: [
      { name: "monthToDate.total", value: centsText(month.toDate.total) },
      { name: "monthToDate.corrections", value: centsText(month.corrections) },
      { name: "monthToDate.plan", value: centsText(month.toDate.plan ?? 0n) },
      { name: "above the plan without a break since", value: found.onset },
      { name: "of it older than this week", value: centsText(toCents(found.older)) },
    ],
    rounding: fromPrinted,
    rows: [],
  };

/** Figures of the month. */
export const monthFigures: Readonly<Record<string, Explain>> = {
  "monthToDate.total": toDate,
  "monthToDate.plan": planned,
  "monthToDate.percent": toDatePercent,
  "monthToDate.corrections": corrections,
  "forecast.pace.total": pace,
  "forecast.pace.percent": pacePercent,
  "forecast.model.total": model,
  "gap.amount": gap,
};
