import type { Candidate } from "../../candidates/candidate.ts";
import type { Cents } from "../../economics/customers.ts";
import type { UnitCost } from "../../economics/unit-cost.ts";
import { centsText, percentFigure } from "../../format.ts";
import { type Metric, type MetricWeeks, weekOf } from "../../metrics/metric.ts";
import { type Micros, microsText, toCents } from "../../money.ts";
import type { Review } from "../review.ts";

const weeks = ({ last7, prior7 }: Cents) => ({ last7: centsText(last7), prior7: centsText(prior7) });
const text = (amount: Micros | null | undefined) => (amount === null || amount === undefined ? null : microsText(amount));

function metricFigures(metric: Metric) {
  const week = (which: "last7" | "prior7") => {
    const { value, known } = weekOf(metric, which);
    return { value: known === 0 ? null : microsText(value), days: known };
  };
  const { name, kind, currency, through, problem } = metric;
  return { name, kind, currency, through, problem, last7: week("last7"), prior7: week("prior7") };
}

function unitFigures({ name, of, per, last7, prior7, percent, growth }: UnitCost) {
  return {
    name,
    of,
    per,
    last7: text(last7?.cost),
    prior7: text(prior7?.cost),
    percent: percentFigure(percent),
    units: { last7: text(last7?.count), prior7: text(prior7?.count), percent: percentFigure(growth) },
  };
}

const revenueText = (revenue: MetricWeeks | null) => revenue && { last7: microsText(revenue.last7), prior7: microsText(revenue.prior7) };

function customerFigures({ customers }: Review["economics"]) {
  if (customers === null) return null;
  const { revenue: allRevenue } = customers;
  return {
    top: customers.top.map(({ name, percent, revenue, ...amounts }) => ({
      name,
      ...weeks(amounts),
      percent: percentFigure(percent),
      revenue: revenueText(revenue),
    })),
    others: customers.others,
    rest: { ...weeks(customers.rest), revenue: revenueText(customers.rest.revenue) },
    unallocated: weeks(customers.unallocated),
    notUsage: weeks(customers.notUsage),
    total: {
      ...weeks(customers.total),
      revenue: allRevenue && { ...revenueText(allRevenue), days: allRevenue.known, other: revenueText(allRevenue.other) },
    },
  };
}

/** Possible savings as `overpace analyze --json` prints them; ratios and rates as plain numbers. */
function candidateFigures(candidate: Candidate) {
  const { kind, path, saving, ...evidence } = candidate;
  const plain = Object.entries(evidence).map(([name, value]): [string, unknown] => [
    name,
    typeof value === "bigint" ? centsText(toCents(value)) : value,
  ]);
  return { kind, about: path, savingPerWeekUpTo: centsText(toCents(saving)), evidence: Object.fromEntries(plain) };
}

/** Metrics and unit economics as `overpace analyze --json` prints them: counts and costs of units with up to six decimals. */
export function economicFigures({ economics, metrics, growth, candidates }: Review) {
  const { requests, units, margin, mismatch } = economics;
  return {
    growth: growth && { percent: growth.metric === null ? growth.percent : percentFigure(growth.percent), metric: growth.metric },
    metrics: metrics.map(metricFigures),
    unitEconomics: {
      requests: requests && { ...unitFigures(requests.cost), cost: microsText(requests.share.cost) },
      units: units.map(unitFigures),
      margin: margin && {
        name: margin.name,
        last7: { revenue: microsText(margin.last7.count), cost: microsText(margin.last7.cost), days: margin.last7.known },
        prior7: { revenue: microsText(margin.prior7.count), cost: microsText(margin.prior7.cost), days: margin.prior7.known },
      },
      customers: customerFigures(economics),
      mismatch,
    },
    candidates: candidates.map(candidateFigures),
  };
}
