import { contains, type Period } from "../day.ts";
import { centsText } from "../format.ts";
import { microsText } from "../money.ts";
import type { Explain, Facts } from "./explanation.ts";
import { dailyRows, fromPrinted, percentRounding, percentValue, sumOf, toNearestCent } from "./rows.ts";

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

const percent: Explain = ({ review: { total: week } }) => ({
  value: percentValue(week.percent),
  formula: "(last7.total − prior7.total) ÷ prior7.total × 100",
  terms: [
    { name: "last7.total, exact", value: microsText(week.exact.last7) },
    { name: "prior7.total, exact", value: microsText(week.exact.prior7) },
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
};
