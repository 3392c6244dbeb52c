import { addDays } from "../day.ts";
import type { Moved, Revenue } from "../economics/customers.ts";
import type { Margin } from "../economics/economics.ts";
import type { Spent, UnitCost } from "../economics/unit-cost.ts";
import { centsText, percentChange, percentOf } from "../format.ts";
import { type Metric, type MetricWeeks, weekOf } from "../metrics/metric.ts";
import { microsText, toCents } from "../money.ts";
import type { Review } from "../review/review.ts";
import type { Explanation, Facts, Named, Term } from "./explanation.ts";
import { fromPrinted, percentRounding, percentValue } from "./rows.ts";
import { cents, exactly, nearest, percentage, plain } from "./terms.ts";

const rounding = "from exact amounts and counts, to the nearest millionth (a half goes away from zero); printed in cents";

function spentTerms({ last7, prior7 }: { last7: Spent; prior7: Spent }, what: string) {
  return [
    percentage("cost of these days moved by", last7.known === prior7.known ? percentChange(last7.cost, prior7.cost) : null),
    { name: "cost of the last 7 days", value: microsText(last7.cost) },
    { name: `${what} of the last 7 days`, value: microsText(last7.count) },
    { name: "cost of the prior 7 days", value: microsText(prior7.cost) },
    { name: `${what} of the prior 7 days`, value: microsText(prior7.count) },
    { name: "days of each week that are counted", value: `${last7.known}, ${prior7.known}` },
  ];
}

function unitExplanation({ name, of, per, isMean, last7, prior7, percent, growth, spent }: UnitCost): Explanation {
  const what =
    of === "bill" ? "requests on the bill, and all that their models cost" : `${name}, against all cost of the days that are known`;
  const mean = isMean ? "; users are the mean of a day, the cost is set to seven days" : "";
  return {
    value: last7 === null ? "none" : microsText(last7.cost),
    formula: `cost × ${per} ÷ number: ${what}${mean}`,
    terms: [
      exactly("the same for the prior 7 days", prior7?.cost ?? null),
      percentage("which moved by", percent),
      percentage("their number moved by", growth),
      ...spentTerms(spent, of === "bill" ? "requests" : name),
    ],
    rounding,
    rows: [],
  };
}

/** What part of the week's cost the models with counted requests are. */
function requestTerms({ economics: { requests } }: Review): Term[] {
  if (requests === null) return [];
  const { cost, total } = requests.share;
  return [exactly("all cost of the last 7 days", total), percentage("of which requests are counted for", percentOf(cost, total))];
}

function marginExplanation(margin: Margin): Explanation {
  const { name, last7, prior7 } = margin;
  const growth = last7.known === prior7.known ? percentChange(last7.count, prior7.count) : null;
  return {
    value: microsText(last7.cost),
    formula: `all cost of the days on which ${name} is known; as a share it stands against the revenue of these days`,
    terms: [
      ...spentTerms(margin, name),
      cents(`${name} of the last 7 days, to the nearest cent`, toCents(last7.count)),
      percentage(`share of ${name}, last 7 days`, percentOf(last7.cost, last7.count)),
      percentage(`share of ${name}, prior 7 days`, percentOf(prior7.cost, prior7.count)),
      percentage(`growth of ${name}`, growth),
    ],
    rounding,
    rows: [],
  };
}

/** What of all revenue belongs to none of the customers that cost something. */
const otherTerms = ({ last7, prior7 }: MetricWeeks): Term[] => [
  nearest("of it of no customer with a cost, last 7 days", last7),
  exactly("exactly", last7),
  exactly("the same of the prior 7 days", prior7),
];

/** What revenue leaves after a cost, or why that is not told. */
function leftTerm({ economics, incomplete }: Review, cost: bigint, earned: bigint): Term {
  const known = economics.customers?.revenue?.known ?? 0;
  if (known < 7) return plain("days of revenue known, too few to set them against a week of cost", known);
  if (incomplete) return plain("left after this cost", "not told, as days of this week are missing");
  return percentage("left after this cost", percentOf(earned - cost, earned));
}

/** Cost of customers, and what revenue leaves after it. */
function customerExplanation(review: Review, formula: string, amounts: Moved, revenue: MetricWeeks | Revenue | null): Explanation {
  const { last7, prior7, percent } = amounts;
  const earned = revenue && toCents(revenue.last7);
  return {
    value: centsText(last7),
    formula,
    terms: [
      cents("prior 7 days", prior7),
      cents("change", last7 - prior7),
      percentage("in percent", percent),
      ...(revenue === null || earned === null
        ? []
        : [
            exactly("revenue of the last 7 days", revenue.last7),
            exactly("revenue of the prior 7 days", revenue.prior7),
            ...("other" in revenue ? otherTerms(revenue.other) : []),
            cents("revenue of the last 7 days, to the nearest cent", earned),
            leftTerm(review, last7, earned),
          ]),
    ],
    rounding: `${fromPrinted}; what is left is a part of these, the other percentages are ${percentRounding}`,
    rows: [],
  };
}

function customerParts(review: Review): Named[] {
  const { customers } = review.economics;
  if (customers === null) return [];
  const part = (name: string, formula: string, amounts: Moved, revenue: Parameters<typeof customerExplanation>[3] = null): Named => [
    `unitEconomics.customers.${name}`,
    () => customerExplanation(review, formula, amounts, revenue),
  ];
  return [
    ...customers.top.map((one) =>
      part(`top.${one.name}`, `usage that is allocated to ${one.name}, with its rows at customer:${one.name}`, one, one.revenue),
    ),
    part("rest", `usage of the ${customers.others} customers that cost less than those named`, customers.rest, customers.rest.revenue),
    part("unallocated", "usage that no rule of allocation.yaml gives a customer", customers.unallocated),
    part("notUsage", "last7.total − usage: purchases, taxes, credits and adjustments belong to no customer", customers.notUsage),
    part("total", "last7.total, and all revenue of the days that are known", customers.total, customers.revenue),
  ];
}

function metricExplanation(metric: Metric, { prior }: Review): Explanation {
  const [last7, prior7] = [weekOf(metric, "last7"), weekOf(metric, "prior7")];
  return {
    value: last7.known === 0 ? "none" : microsText(last7.value),
    formula: `${metric.kind === "users" ? "the mean" : "the sum"} of ${metric.name} over the days of the last 7 that are known`,
    terms: [
      plain("days known, last 7", last7.known),
      ...(prior7.known === 0 ? [] : [exactly("the same of the prior 7 days", prior7.value)]),
      plain("days known, prior 7", prior7.known),
      ...metric.days.map((value, index) => exactly(addDays(prior.start, index), value)),
    ],
    rounding: "kept in millionths",
    rows: [],
  };
}

function growthParts({ growth }: Review): Named[] {
  if (growth === null) return [];
  const { percent, metric } = growth;
  const formula =
    metric === null
      ? "as overpace.yaml states it under `growth`, a week"
      : `${metric} of the last 7 days against the prior 7, on the weekdays that both weeks know`;
  return [["growth.percent", () => ({ value: percentValue(percent), formula, terms: [], rounding: percentRounding, rows: [] })]];
}

/** What units cost and the share of revenue, what customers cost, and the metrics that this is computed from. */
export function economicParts({ review }: Facts): Named[] {
  const { requests, units, margin } = review.economics;
  return [
    ...(requests === null
      ? []
      : [
          [
            "unitEconomics.requests.last7",
            () => {
              const found = unitExplanation(requests.cost);
              return { ...found, terms: [...found.terms, ...requestTerms(review)] };
            },
          ] as Named,
        ]),
    ...units.map((unit): Named => [`unitEconomics.units.${unit.name}`, () => unitExplanation(unit)]),
    ...(margin === null ? [] : [["unitEconomics.margin.last7.cost", () => marginExplanation(margin)] as Named]),
    ...customerParts(review),
    ...review.metrics.map((metric): Named => [`metrics.${metric.name}`, () => metricExplanation(metric, review)]),
    ...growthParts(review),
  ];
}
