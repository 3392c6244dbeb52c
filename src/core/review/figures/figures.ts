import { forecastMethod } from "../../forecast/forecast.ts";
import { centsText, percentFigure } from "../../format.ts";
import type { SourceState } from "../../ledger/charge.ts";
import { toCents } from "../../money.ts";
import type { Delta } from "../../slices/delta.ts";
import { sliceName } from "../../slices/slice.ts";
import type { Split } from "../../split/split.ts";
import { plannedEffect } from "../effects/planned-effect.ts";
import type { Drift } from "../findings/drift.ts";
import type { Anomaly } from "../findings/odd-days.ts";
import type { Movement } from "../month/movement.ts";
import { paceMethod } from "../month/pacing.ts";
import type { Review } from "../review.ts";
import { economicFigures } from "./economics.ts";

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
    percent: percentFigure(delta.percent),
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
    seen: anomaly.seen,
    event: eventFigures(anomaly.event),
  };
}

function eventFigures(found: Anomaly["event"]) {
  if (!found) return null;
  const { event, explains, expected } = found;
  return { name: event.name, kind: event.kind, explains, expected: expected === null ? null : centsText(toCents(expected)) };
}

/** How far a source is final, and the day after its last one where it has ended. */
export function sourceFigures({ name, settledThrough, problem, until }: SourceState) {
  return { name, settledThrough, problem, ...(until === undefined ? {} : { until }) };
}

/** What was planned or is ignored: no alerts, and never dropped. */
function exceptionFigures(review: Review) {
  const { events, planned, ignored, expired } = review;
  return {
    planned: planned.map(anomalyFigures),
    ignored: ignored.map(({ anomaly, entry }) => ({ ...anomalyFigures(anomaly), reason: entry.reason, until: entry.until })),
    expired: expired.map(({ scope, reason, until }) => ({ scope, reason, until })),
    events: events.map((event) => {
      const thisMonth = plannedEffect(event, review);
      return {
        name: event.name,
        kind: event.kind,
        start: event.start,
        end: event.end,
        scope: event.scope ?? null,
        percent: event.effect?.percent ?? null,
        thisMonth: thisMonth === null ? null : centsText(thisMonth),
      };
    }),
  };
}

function gapFigures({ gap, month }: Review) {
  if (!gap) return null;
  const amount = month.toDate.total - month.corrections - (month.toDate.plan ?? 0n);
  return {
    amount: centsText(amount),
    onset: gap.onset,
    older: centsText(toCents(gap.older)),
    notUsage: centsText(toCents(gap.notUsage)),
    through: gap.through?.slice.id ?? null,
    month: month.month,
  };
}

/** Only where there is an attribution source. */
function attributionFigures({ attribution }: Review) {
  const providers = attribution.map(({ provider, billed, attributed, percent, computed }) => ({
    provider,
    billed: centsText(billed),
    attributed: centsText(attributed),
    percent,
    computed: computed.map(({ source, amount }) => ({ source, amount: centsText(amount) })),
  }));
  return providers.length === 0 ? {} : { attribution: providers };
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

function peakFigures({ peak }: Review) {
  if (!peak) return null;
  const { day, actual, usual, percent } = peak;
  return { day, actual: centsText(toCents(actual)), usual: centsText(toCents(usual)), percent: percentFigure(percent) };
}

function driftFigures({ slice, direction, since, weeks, percent }: Drift) {
  return { id: slice.id, slice: sliceName(slice), direction, since, weeks: weeks.map(centsText), percent: percentFigure(percent) };
}

/** Only where the ignore list covers any. */
function ignoredDriftFigures({ ignoredDrifts }: Review) {
  if (ignoredDrifts.length === 0) return {};
  return {
    ignoredDrifts: ignoredDrifts.map(({ drift, entry }) => ({ ...driftFigures(drift), reason: entry.reason, until: entry.until })),
  };
}

function monthFigures({ month }: Review) {
  const { toDate, pace, planTotal, plan, model } = month;
  return {
    monthToDate: {
      total: centsText(toDate.total),
      plan: toDate.plan === null ? null : centsText(toDate.plan),
      percent: percentFigure(toDate.percent),
      corrections: centsText(month.corrections),
    },
    forecast: {
      plan: planTotal === null ? null : centsText(planTotal),
      planVersion: plan?.version ?? null,
      pace: { total: centsText(pace.total), percent: percentFigure(pace.percent), method: paceMethod },
      model: model && {
        total: centsText(model.total),
        percent: percentFigure(model.percent),
        low80: centsText(model.low80),
        high80: centsText(model.high80),
        method: forecastMethod,
      },
      movement: movementFigures(month.movement),
    },
  };
}

/** Only in the first review after a month has closed. */
function lastMonthFigures({ lastMonth }: Review) {
  if (lastMonth === null) return {};
  const { month, total, plan, percent } = lastMonth;
  return { lastMonth: { month, total: centsText(total), plan: plan === null ? null : centsText(plan), percent: percentFigure(percent) } };
}

function movementFigures(movement: Movement | null) {
  if (!movement) return null;
  const { before, change, actuals, elapsed, level, plan } = movement;
  return {
    weekAgo: centsText(before),
    change: centsText(change),
    actuals: centsText(actuals),
    elapsed: centsText(elapsed),
    level: centsText(level),
    plan: plan === null ? null : centsText(plan),
  };
}

/** The figures of a review as they are printed; docs/json.md says what each means. */
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
    change: { amount: centsText(total.change), percent: percentFigure(total.percent) },
    ...estimatedFigures(review),
    categories: review.otherCategories.map(({ category, amounts }) => ({
      category,
      last7: centsText(amounts.last7),
      prior7: centsText(amounts.prior7),
    })),
    ...monthFigures(review),
    ...lastMonthFigures(review),
    gap: gapFigures(review),
    yesterday: yesterdayFigures(review),
    peak: peakFigures(review),
    deltas: review.deltas.map((delta) => deltaFigures(delta, review.splits)),
    ...renameFigures(review),
    gross: { up: centsText(review.gross.up), down: centsText(review.gross.down) },
    reconciliation: {
      listed: centsText(review.reconciliation.listed),
      other: centsText(review.reconciliation.other),
      total: centsText(review.reconciliation.total),
    },
    unallocated: review.unallocated.map(({ target, amount, percent }) => ({ target, last7: centsText(amount), percent })),
    ...attributionFigures(review),
    ...economicFigures(review),
    anomalies: review.anomalies.map(anomalyFigures),
    drifts: review.drifts.map(driftFigures),
    ...ignoredDriftFigures(review),
    ...exceptionFigures(review),
    restatements: review.restatements.map(({ day, source, provider, before, after }) => ({
      day,
      source,
      provider,
      before: centsText(toCents(before)),
      after: centsText(toCents(after)),
    })),
    verdict: review.verdict,
    triggers: [...review.triggers],
    sources: review.sources.map(sourceFigures),
  };
}
