import { type Day, monthOf, monthPeriod } from "../day.ts";
import { centsText } from "../format.ts";
import { type Charge, isLateCorrection } from "../ledger/charge.ts";
import { microsText } from "../money.ts";
import { slicePicker } from "../review/month/month.ts";
import { type MonthPlan, planToDate, weightsOf } from "../settings/plan.ts";
import type { Explain, Explanation, Facts, Named, Row, Term } from "./explanation.ts";
import { gap } from "./gap.ts";
import { dailyRows, percentRounding, percentValue, rowsOf, sumOf, toNearestCent } from "./rows.ts";
import { cents, exactly, percentage, plain } from "./terms.ts";

/** Charges of the month through the last settled day. */
function toDateRows(facts: Facts, counts: (charge: Charge) => boolean = () => true): Row[] {
  const { month, settledThrough } = facts.review;
  if (settledThrough === null) return [];
  const { start, end } = monthPeriod(month.month);
  return dailyRows(facts, (charge) => start <= charge.day && charge.day <= settledThrough && charge.day < end && counts(charge));
}

function correctionRows(facts: Facts): Row[] {
  const { month } = facts.review.month;
  return rowsOf(facts, (charge) => isLateCorrection(charge) && monthOf(charge.billingPeriod) === month);
}

/** All that month to date holds. */
const allToDate = (facts: Facts): Row[] => (facts.review.month.daysToDate === 0 ? [] : [...toDateRows(facts), ...correctionRows(facts)]);

const toDate: Explain = (facts) => {
  const { month, settledThrough } = facts.review;
  const rows = allToDate(facts);
  return {
    value: centsText(month.toDate.total),
    formula: `charges from ${month.month}-01 through ${settledThrough ?? "no day"}, the last day that is final for every source without a problem, and corrections of earlier billing periods that ${month.month} bills`,
    terms: [cents("monthToDate.corrections", month.corrections), plain("days of the month so far", month.daysToDate)],
    rounding: toNearestCent(sumOf(rows), month.toDate.total),
    rows,
  };
};

const corrections: Explain = (facts) => {
  const { corrections: cents, month, daysToDate } = facts.review.month;
  const rows = daysToDate === 0 ? [] : correctionRows(facts);
  return {
    value: centsText(cents),
    formula: `corrections of earlier billing periods that ${month} bills, whatever their day, once a day of it is final`,
    terms: [],
    rounding: toNearestCent(sumOf(rows), cents),
    rows,
  };
};

function weightTerms(plan: MonthPlan, through: Day | null): Term[] {
  const { soFar, all } = weightsOf(plan, through ?? "");
  return [exactly("weight of its days so far", soFar * 1000n), exactly("weight of all its days", all * 1000n)];
}

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
          ...weightTerms(month.plan, month.daysToDate === 0 ? null : settledThrough),
        ],
        rounding: "to the nearest millionth, then to the nearest cent (a half goes away from zero)",
        rows: [],
      };

const toDatePercent: Explain = (facts) => {
  const { toDate: found, plan, daysToDate } = facts.review.month;
  return {
    value: percentValue(found.percent),
    formula: "(monthToDate.total − monthToDate.plan) ÷ monthToDate.plan × 100",
    terms: [
      { name: "monthToDate.total", value: centsText(found.total) },
      { name: "monthToDate.plan", value: found.plan === null ? "none" : centsText(found.plan) },
      ...(found.plan === null || plan === null
        ? []
        : [
            cents("over or under", found.total - found.plan),
            exactly("monthToDate.total, exact", sumOf(allToDate(facts))),
            exactly("monthToDate.plan, exact", daysToDate === 0 ? 0n : planToDate(plan, plan.amount, facts.review.settledThrough ?? "")),
          ]),
    ],
    rounding: percentRounding,
    rows: [],
  };
};

type PlannedSlice = Facts["review"]["month"]["slices"][number];

/** What the plan gives to a part of it, and the weights of the days so far. */
function sharePlanned({ month, settledThrough }: Facts["review"], name: string): Term[] {
  if (month.plan === null) return [];
  const amount = exactly("its part of the plan", month.plan.slices[name] ?? 0n);
  return [amount, ...weightTerms(month.plan, month.daysToDate === 0 ? null : settledThrough)];
}

function sliceExplanation(facts: Facts, { name, total, plan, percent }: PlannedSlice): Explanation {
  const apart = facts.review.month.corrections === 0n ? "" : ", corrections of earlier months left out";
  return {
    value: centsText(total),
    formula: `charges of ${name} among those of monthToDate.total${apart}, against its own part of the plan`,
    terms: [
      ...sharePlanned(facts.review, name),
      cents("its plan to date, as monthToDate.plan", plan),
      cents("over or under", total - plan),
      percentage("in percent", percent),
    ],
    rounding: "added exactly, to the nearest cent (a half goes away from zero)",
    rows: toDateRows(facts, slicePicker(name)),
  };
}

/** Parts of the plan by their names there. */
export function monthParts({ review }: Facts): Named[] {
  return review.month.slices.map((slice): Named => [`monthToDate.slices.${slice.name}`, (facts) => sliceExplanation(facts, slice)]);
}

const lastMonth: Explain = (facts) => {
  const found = facts.review.lastMonth;
  if (found === null) return null;
  const { month, total, corrections: billed, plan, percent } = found;
  const rows = [
    ...dailyRows(facts, (charge) => monthOf(charge.day) === month),
    ...rowsOf(facts, (charge) => isLateCorrection(charge) && monthOf(charge.billingPeriod) === month),
  ];
  return {
    value: centsText(total),
    formula: `all charges of ${month}, and corrections of earlier billing periods that it bills`,
    terms: [
      ...(billed === 0n ? [] : [cents("of it corrections of earlier billing periods", billed)]),
      ...(plan === null ? [] : [cents("plan of the month", plan), cents("over or under", total - plan), percentage("in percent", percent)]),
    ],
    rounding: toNearestCent(sumOf(rows), total),
    rows,
  };
};

/** Figures of the month. */
export const monthFigures: Readonly<Record<string, Explain>> = {
  "monthToDate.total": toDate,
  "monthToDate.plan": planned,
  "monthToDate.percent": toDatePercent,
  "monthToDate.corrections": corrections,
  "gap.amount": gap,
  "lastMonth.total": lastMonth,
};
