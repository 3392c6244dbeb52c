import type { Delta } from "./delta.ts";
import { forecastMethod } from "../forecast/forecast.ts";
import { centsText } from "../format.ts";
import { toCents } from "../money.ts";
import type { Anomaly } from "./odd-days.ts";
import { paceMethod } from "./pacing.ts";
import type { Review } from "./review.ts";
import type { Split } from "../split/split.ts";

/** A review as `overpace analyze --json` prints it: money as decimal text, percents as numbers, null where a plan or base is missing. */
export type Figures = ReturnType<typeof figuresOf>;

function splitFigures(split: Split | undefined) {
  if (!split) return null;
  return {
    volume: centsText(split.volume),
    mix: centsText(split.mix),
    tokensPerRequest: centsText(split.tokensPerRequest),
    price: centsText(split.price),
    new: centsText(split.new),
    retired: centsText(split.retired),
    notTokenPriced: centsText(split.notTokenPriced),
  };
}

function deltaFigures(delta: Delta, splits: Review["splits"]) {
  return {
    id: delta.slice.id,
    dimension: delta.slice.dimension,
    key: delta.slice.key,
    listed: delta.listed,
    last7: centsText(delta.last7),
    prior7: centsText(delta.prior7),
    change: centsText(delta.change),
    percent: delta.percent,
    ...(delta.estimated === "none" ? {} : { estimated: delta.estimated }),
    split: splitFigures(splits.get(delta.slice.id)),
  };
}

/** Only where anything is estimated. */
function estimatedFigures({ estimated }: Review) {
  const text = (amount: bigint) => centsText(toCents(amount));
  return estimated === null ? {} : { estimated: { last7: text(estimated.last7), monthToDate: text(estimated.monthToDate) } };
}

/** Only where anything looks renamed. */
function renameFigures({ renames }: Review) {
  const text = (amount: bigint) => centsText(toCents(amount));
  if (renames.length === 0) return {};
  return { renames: renames.map(({ before, after, ...rename }) => ({ ...rename, before: text(before), after: text(after) })) };
}

/** Only where a provider is billed by one source and estimated by another. */
function twoViewsFigures({ twoViews }: Review) {
  const text = (amount: bigint) => centsText(toCents(amount));
  if (twoViews.length === 0) return {};
  return { twoViews: twoViews.map(({ billed, estimated, ...view }) => ({ ...view, billed: text(billed), estimated: text(estimated) })) };
}

function anomalyFigures(anomaly: Anomaly) {
  return {
    id: anomaly.id,
    slice: anomaly.name,
    start: anomaly.period.start,
    end: anomaly.period.end,
    direction: anomaly.direction,
    class: anomaly.class,
    rule: anomaly.rule,
    actual: centsText(toCents(anomaly.actual)),
    expected: centsText(toCents(anomaly.expected)),
    low: centsText(toCents(anomaly.low)),
    high: centsText(toCents(anomaly.high)),
  };
}

function gapFigures({ gap, month }: Review) {
  if (!gap) return null;
  const amount = month.toDate.total - month.corrections - (month.toDate.plan ?? 0n);
  return {
    amount: centsText(amount),
    onset: gap.onset,
    older: centsText(toCents(gap.older)),
    through: gap.through?.slice.id ?? null,
    month: month.month,
  };
}

function yesterdayFigures({ yesterday }: Review) {
  if (!yesterday) return null;
  const text = (amount: bigint) => centsText(toCents(amount));
  return {
    day: yesterday.day,
    actual: text(yesterday.actual),
    expected: text(yesterday.expected),
    low: text(yesterday.low),
    high: text(yesterday.high),
  };
}

function monthFigures({ month }: Review) {
  const { toDate, pace, planTotal, plan, model } = month;
  return {
    monthToDate: {
      total: centsText(toDate.total),
      plan: toDate.plan === null ? null : centsText(toDate.plan),
      percent: toDate.percent,
      corrections: centsText(month.corrections),
    },
    forecast: {
      plan: planTotal === null ? null : centsText(planTotal),
      planVersion: plan?.version ?? null,
      pace: { total: centsText(pace.total), percent: pace.percent, method: paceMethod },
      model: model && {
        total: centsText(model.total),
        percent: model.percent,
        low80: centsText(model.low80),
        high80: centsText(model.high80),
        method: forecastMethod,
      },
    },
  };
}

export function figuresOf(review: Review) {
  const { total } = review;
  return {
    asOf: review.asOf,
    id: review.id,
    currency: review.currency,
    costBasis: review.costBasis,
    settledThrough: review.settledThrough,
    last7: { ...review.period, total: centsText(total.last7) },
    prior7: { ...review.prior, total: centsText(total.prior7) },
    change: { amount: centsText(total.change), percent: total.percent },
    ...estimatedFigures(review),
    categories: review.otherCategories.map(({ category, amounts }) => ({
      category,
      last7: centsText(amounts.last7),
      prior7: centsText(amounts.prior7),
    })),
    ...monthFigures(review),
    gap: gapFigures(review),
    yesterday: yesterdayFigures(review),
    deltas: review.deltas.map((delta) => deltaFigures(delta, review.splits)),
    ...renameFigures(review),
    ...twoViewsFigures(review),
    gross: { up: centsText(review.gross.up), down: centsText(review.gross.down) },
    reconciliation: {
      listed: centsText(review.reconciliation.listed),
      other: centsText(review.reconciliation.other),
      total: centsText(review.reconciliation.total),
    },
    unallocated: review.unallocated.map(({ target, amount, percent }) => ({ target, last7: centsText(amount), percent })),
    anomalies: review.anomalies.map(anomalyFigures),
    restatements: review.restatements.map(({ day, source, provider, before, after }) => ({
      day,
      source,
      provider,
      before: centsText(toCents(before)),
      after: centsText(toCents(after)),
    })),
    verdict: review.verdict,
    triggers: [...review.triggers],
    sources: review.sources.map(({ name, settledThrough, problem }) => ({ name, settledThrough, problem })),
  };
}
