import { addDays, contains, type Period } from "../day.ts";
import { centsText } from "../format.ts";
import { microsText } from "../money.ts";
import type { Explain, Explanation, Facts, Named } from "./explanation.ts";
import { dailyRows, fromPrinted, percentRounding, percentValue, sumOf, toNearestCent } from "./rows.ts";
import { cents, finalDaysTerm, nearest, sameDaysTerm } from "./terms.ts";

function total(which: "last7" | "prior7", periodOf: (facts: Facts) => Period): Explain {
  return (facts) => {
    const period = periodOf(facts);
    const rows = dailyRows(facts, ({ day }) => contains(period, day));
    const cents = facts.review.total[which];
    return {
      value: centsText(cents),
      formula: `the ${facts.input.costBasis} cost of every charge of any category from ${period.start} until before ${period.end}`,
      terms: [],
      rounding: toNearestCent(sumOf(rows), cents),
      rows,
    };
  };
}

const amount: Explain = ({ review: { total: week } }) => ({
  value: centsText(week.change),
  formula: "last7.total − prior7.total",
  terms: [
    { name: "last7.total", value: centsText(week.last7) },
    { name: "prior7.total", value: centsText(week.prior7) },
  ],
  rounding: fromPrinted,
  rows: [],
});

const percent: Explain = ({ review: { total: week, sameDays, finalWeek } }) => ({
  value: percentValue(week.percent),
  formula: "(last7.total − prior7.total) ÷ prior7.total × 100",
  terms: [
    { name: "last7.total, exact", value: microsText(week.exact.last7) },
    { name: "prior7.total, exact", value: microsText(week.exact.prior7) },
    ...(sameDays === null ? [] : [sameDaysTerm(sameDays)]),
    ...(finalWeek === null ? [] : [finalDaysTerm(finalWeek)]),
  ],
  rounding: percentRounding,
  rows: [],
});

function gross(direction: "up" | "down"): Explain {
  return ({ review }) => {
    const isOf = (change: bigint) => (direction === "up" ? change > 0n : change < 0n);
    const moved = review.deltas.filter(({ slice, change }) => slice.dimension === "service" && isOf(change));
    return {
      value: centsText(review.gross[direction]),
      formula: `the changes of all services that went ${direction}`,
      terms: moved.map(({ slice, change }) => ({ name: slice.id, value: centsText(change) })),
      rounding: fromPrinted,
      rows: [],
    };
  };
}

function reconciled(part: "listed" | "other" | "total"): Explain {
  const formulas = {
    listed: "the changes of the listed deltas",
    other: "reconciliation.total − reconciliation.listed: services that are not listed, and all that is no usage",
    total: "change.amount",
  };
  return ({ review }) => ({
    value: centsText(review.reconciliation[part]),
    formula: formulas[part],
    terms:
      part === "listed"
        ? review.listed.map(({ delta }) => ({ name: delta.slice.id, value: centsText(delta.change) }))
        : part === "other"
          ? (["total", "listed"] as const).map((name) => ({
              name: `reconciliation.${name}`,
              value: centsText(review.reconciliation[name]),
            }))
          : [{ name: "change.amount", value: centsText(review.total.change) }],
    rounding: fromPrinted,
    rows: [],
  });
}

const usage: Explain = (facts) => ({
  value: centsText(facts.review.usage.last7),
  formula: "charges of the category Usage in the last 7 days",
  terms: [cents("in the prior 7 days", facts.review.usage.prior7)],
  rounding: "with the other categories, largest remainder first, so that they add up to the total of the week",
  rows: dailyRows(facts, ({ category, day }) => category === "Usage" && contains(facts.review.period, day)),
});

const otherBasis: Explain = (facts) => {
  const found = facts.review.otherBasis;
  if (found === null) return null;
  const other = { ...facts, input: { ...facts.input, costBasis: found.basis } };
  const rows = dailyRows(other, ({ day }) => contains(facts.review.period, day));
  return {
    value: centsText(found.last7),
    formula: `the same as last7.total, by ${found.basis} cost; told where it differs by more than 1 %`,
    terms: [cents("last7.total", facts.review.total.last7)],
    rounding: toNearestCent(sumOf(rows), found.last7),
    rows,
  };
};

/** What of a period is not billed. */
function estimatedOf(which: "last7" | "monthToDate"): Explain {
  return (facts) => {
    const { estimated, period, month, settledThrough } = facts.review;
    if (estimated === null) return null;
    const toDate = { start: `${month.month}-01`, end: settledThrough === null ? "" : addDays(settledThrough, 1) };
    const within = which === "last7" ? period : toDate;
    const rows = dailyRows(facts, (charge) => charge.estimated && contains(within, charge.day));
    return {
      value: nearest("", estimated[which]).value,
      formula: "charges that no bill holds: tokens × the prices of their day (docs/config.md)",
      terms: [],
      rounding: `${microsText(sumOf(rows))} added exactly in millionths, to the nearest cent (a half goes away from zero)`,
      rows,
    };
  };
}

function trendExplanation(facts: Facts, { period, total: amount }: Facts["review"]["weeks"][number]): Explanation {
  const rows = dailyRows(facts, ({ day }) => contains(period, day));
  return {
    value: centsText(amount),
    formula: `every charge from ${period.start} until before ${period.end}`,
    terms: [],
    rounding: toNearestCent(sumOf(rows), amount),
    rows,
  };
}

type Category = Facts["review"]["otherCategories"][number];

function categoryExplanation(facts: Facts, { category, amounts, most }: Category): Explanation {
  return {
    value: centsText(amounts.last7),
    formula: `charges of the category ${category} in the last 7 days`,
    terms: [
      cents("in the prior 7 days", amounts.prior7),
      ...(most === null ? [] : [nearest(`largest change: ${most.path.join(" · ")}`, most.change)]),
    ],
    rounding: "with the other categories, largest remainder first, so that they add up to the total of the week",
    rows: dailyRows(facts, (charge) => charge.category === category && contains(facts.review.period, charge.day)),
  };
}

/** Weeks of the trend by their first day, and categories that are no usage. */
export function weekParts({ review: { weeks, otherCategories } }: Facts): Named[] {
  return [
    ...weeks.map((week): Named => [`trend.${week.period.start}`, (facts) => trendExplanation(facts, week)]),
    ...otherCategories.map((part): Named => [`categories.${part.category}`, (facts) => categoryExplanation(facts, part)]),
  ];
}

/** Figures of the two weeks. */
export const weekFigures: Readonly<Record<string, Explain>> = {
  "last7.total": total("last7", ({ review }) => review.period),
  "prior7.total": total("prior7", ({ review }) => review.prior),
  "change.amount": amount,
  "change.percent": percent,
  "gross.up": gross("up"),
  "gross.down": gross("down"),
  "reconciliation.listed": reconciled("listed"),
  "reconciliation.other": reconciled("other"),
  "reconciliation.total": reconciled("total"),
  "usage.last7": usage,
  "otherBasis.last7": otherBasis,
  "estimated.last7": estimatedOf("last7"),
  "estimated.monthToDate": estimatedOf("monthToDate"),
};
