import { addDays } from "../day.ts";
import type { Margin } from "../economics/economics.ts";
import type { Spent, UnitCost } from "../economics/unit-cost.ts";
import { percentChange, percentOf } from "../format.ts";
import { type Metric, knownInBoth, weekOf } from "../metrics/metric.ts";
import { microsText, sum, toCents } from "../money.ts";
import type { Review } from "../review/review.ts";
import { customerParts } from "./customers.ts";
import type { Explanation, Facts, Named, Term } from "./explanation.ts";
import { percentRounding, percentValue } from "./rows.ts";
import { cents, exactly, percentage, plain } from "./terms.ts";

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
    value: last7 === null || last7.cost === null ? "none" : microsText(last7.cost),
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

function growthTerms(metric: Metric): Term[] {
  const known = knownInBoth(metric);
  const total = (first: number) => sum(known.map((index) => metric.days[index + first] ?? 0n));
  return [
    plain("weekdays that both weeks know", known.length),
    exactly(`${metric.name} of the last 7 days on these`, total(7)),
    exactly(`${metric.name} of the prior 7 days on these`, total(0)),
  ];
}

function growthParts({ growth, metrics }: Review): Named[] {
  if (growth === null) return [];
  const { percent, metric: name } = growth;
  const metric = metrics.find((one) => one.name === name);
  const formula =
    name === null
      ? "as overpace.yaml states it under `growth`, a week"
      : `${name} of the last 7 days against the prior 7, on the weekdays that both weeks know`;
  const terms = metric === undefined ? [] : growthTerms(metric);
  return [["growth.percent", () => ({ value: percentValue(percent), formula, terms, rounding: percentRounding, rows: [] })]];
}

/** What units cost and the share of revenue, what customers cost, and the metrics that this is computed from. */
export function economicParts(facts: Facts): Named[] {
  const { review } = facts;
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
    ...customerParts(facts),
    ...review.metrics.map((metric): Named => [`metrics.${metric.name}`, () => metricExplanation(metric, review)]),
    ...growthParts(review),
  ];
}
