import { contains } from "../day.ts";
import type { Moved, Revenue } from "../economics/customers.ts";
import { centsText, percentOf } from "../format.ts";
import type { MetricWeeks } from "../metrics/metric.ts";
import { sum, toCents } from "../money.ts";
import type { Review } from "../review/review.ts";
import type { Delta, TwoWeeks } from "../slices/delta.ts";
import { unallocated } from "../slices/slice.ts";
import type { Explanation, Facts, Named, Row, Term } from "./explanation.ts";
import { dailyRows, fromPrinted, percentRounding } from "./rows.ts";
import { sliceRows } from "./slices.ts";
import { cents, exactly, nearest, percentage, plain } from "./terms.ts";

/** What of all revenue belongs to none of the customers that cost something. */
const otherTerms = ({ last7, prior7 }: MetricWeeks): Term[] => [
  nearest("of it of no customer with a cost, last 7 days", last7),
  exactly("exactly", last7),
  exactly("the same of the prior 7 days", prior7),
];

/** What revenue leaves after a cost, or why that is not told. */
function leftTerm({ economics }: Review, cost: bigint, earned: bigint): Term {
  const { known = 0, costLacks = null } = economics.customers?.revenue ?? {};
  if (known < 7) return plain("days of revenue known, too few to set them against a week of cost", known);
  if (costLacks !== null) return plain("left after this cost", `not told, as days of this week are ${costLacks}`);
  return percentage("left after this cost", percentOf(earned - cost, earned));
}

/** A line of the table: what it is of, what it cost exactly, and the rows of the last 7 days. */
interface Line {
  readonly formula: string;
  readonly exact: TwoWeeks["exact"];
  readonly rows: (facts: Facts) => Row[];
}

/** Cost of customers, and what revenue leaves after it. */
function customerExplanation(
  facts: Facts,
  { formula, exact, rows }: Line,
  amounts: Moved,
  revenue: MetricWeeks | Revenue | null,
): Explanation {
  const { last7, prior7, percent } = amounts;
  const earned = revenue && toCents(revenue.last7);
  return {
    value: centsText(last7),
    formula,
    terms: [
      cents("prior 7 days", prior7),
      cents("change", last7 - prior7),
      exactly("exactly, last 7 days", exact.last7),
      exactly("exactly, prior 7 days", exact.prior7),
      percentage("in percent", percent),
      ...(revenue === null || earned === null
        ? []
        : [
            exactly("revenue of the last 7 days", revenue.last7),
            exactly("revenue of the prior 7 days", revenue.prior7),
            ...("other" in revenue ? otherTerms(revenue.other) : []),
            cents("revenue of the last 7 days, to the nearest cent", earned),
            leftTerm(facts.review, last7, earned),
          ]),
    ],
    rounding: `${fromPrinted}; what is left is a part of these, the other percentages are ${percentRounding}`,
    rows: rows(facts),
  };
}

/** Some customers together. */
function lineOf(formula: string, deltas: readonly Delta[]): Line {
  const total = (week: "last7" | "prior7") => sum(deltas.map(({ exact }) => exact[week]));
  return {
    formula,
    exact: { last7: total("last7"), prior7: total("prior7") },
    rows: (facts) => deltas.flatMap(({ slice }) => sliceRows(facts, slice, facts.review.period)),
  };
}

/** What is no usage, and all. */
function linesBeside({ total, usage, period }: Review): { readonly notUsage: Line; readonly all: Line } {
  const rowsOf = (isIn: (category: string) => boolean) => (facts: Facts) =>
    dailyRows(facts, ({ category, day }) => isIn(category) && contains(period, day));
  return {
    notUsage: {
      formula: "last7.total − usage: purchases, taxes, credits and adjustments belong to no customer",
      exact: { last7: total.exact.last7 - usage.exact.last7, prior7: total.exact.prior7 - usage.exact.prior7 },
      rows: rowsOf((category) => category !== "Usage"),
    },
    all: { formula: "last7.total, and all revenue of the days that are known", exact: total.exact, rows: rowsOf(() => true) },
  };
}

/** The lines of the table of customers. */
export function customerParts({ review }: Facts): Named[] {
  const { customers } = review.economics;
  if (customers === null) return [];
  const deltas = review.deltas.filter(({ slice }) => slice.dimension === "customer");
  const shown = new Set([unallocated, ...customers.top.map(({ name }) => name)]);
  const { notUsage, all } = linesBeside(review);
  const part = (name: string, line: Line, amounts: Moved, revenue: MetricWeeks | Revenue | null = null): Named => [
    `unitEconomics.customers.${name}`,
    (facts) => customerExplanation(facts, line, amounts, revenue),
  ];
  const top = customers.top.map((one) => {
    const own = deltas.filter(({ slice }) => slice.key === one.name);
    return part(
      `top.${one.name}`,
      lineOf(`usage that is allocated to ${one.name}, as ${own.map(({ slice }) => slice.id).join(", ")} tells`, own),
      one,
      one.revenue,
    );
  });
  const others = deltas.filter(({ slice }) => !shown.has(slice.key));
  const none = deltas.filter(({ slice }) => slice.key === unallocated);
  return [
    ...top,
    part(
      "rest",
      lineOf(`usage of the ${customers.others} customers that cost less than those named`, others),
      customers.rest,
      customers.rest.revenue,
    ),
    part("unallocated", lineOf("usage that no rule of allocation.yaml gives a customer", none), customers.unallocated),
    part("notUsage", notUsage, customers.notUsage),
    part("total", all, customers.total, customers.revenue),
  ];
}
