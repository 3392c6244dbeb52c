import { type Day, addDays, daysBetween, monthPeriod } from "../../day.ts";
import { percentOf } from "../../format.ts";
import { absolute, sum } from "../../money.ts";
import type { ClosedMonth } from "./closed-months.ts";

/** What a month that is over cost. */
type MonthTotal = Pick<ClosedMonth, "month" | "total">;

/** What a review said of the end of its month when it was made, in cents. */
export interface Commitment {
  /** The date of the review. */
  readonly asOf: Day;
  /** `YYYY-MM`. */
  readonly month: string;
  /** Days of the month that were not settled yet. */
  readonly daysToCome: number;
  readonly pace: bigint;
  readonly model: { readonly total: bigint; readonly low80: bigint; readonly high80: bigint } | null;
}

/** Fewer forecasts than this are counted, not put in percent. */
export const fewestForPercent = 10;

/** How far forecasts were off: the sum of their misses and their sum, in percent of what the months cost; null below ten forecasts. */
export interface Misses {
  readonly wape: number | null;
  readonly bias: number | null;
  /** How many were too high, and too low; the others were right to the cent. */
  readonly high: number;
  readonly low: number;
}

/** How weekly forecasts of the model turned out, beside the current pace in the same weeks. */
export interface Scores {
  readonly forecasts: number;
  readonly model: Misses;
  readonly pace: Misses;
  /** How many month ends lay inside the stated 80 % range. */
  readonly inside: number;
  /** How often the model was closer than the pace. */
  readonly closer: number;
  /** What part of the misses of the pace the model avoids, in percent; null below ten forecasts. */
  readonly skill: number | null;
}

export interface TrackRecord extends Scores {
  /** The months that the forecasts were about, oldest first. */
  readonly months: readonly string[];
  /** The same by full or begun weeks to the end of the month. */
  readonly horizons: readonly ({ readonly weeks: number } & Scores)[];
}

interface Pair {
  readonly actual: bigint;
  readonly pace: bigint;
  readonly model: NonNullable<Commitment["model"]>;
  readonly month: string;
  readonly weeks: number;
}

const missed = (actual: bigint, said: bigint) => absolute(said - actual);

function missesOf(pairs: readonly Pair[], said: (pair: Pair) => bigint): Misses {
  const whole = sum(pairs.map(({ actual }) => absolute(actual)));
  const enough = pairs.length >= fewestForPercent;
  const off = sum(pairs.map((pair) => said(pair) - pair.actual));
  return {
    wape: enough ? percentOf(sum(pairs.map((pair) => missed(pair.actual, said(pair)))), whole) : null,
    bias: enough ? percentOf(off, whole) : null,
    high: pairs.filter((pair) => said(pair) > pair.actual).length,
    low: pairs.filter((pair) => said(pair) < pair.actual).length,
  };
}

function scoresOf(pairs: readonly Pair[]): Scores {
  const total = (said: (pair: Pair) => bigint) => sum(pairs.map((pair) => missed(pair.actual, said(pair))));
  const [byModel, byPace] = [total(({ model }) => model.total), total(({ pace }) => pace)];
  return {
    forecasts: pairs.length,
    model: missesOf(pairs, ({ model }) => model.total),
    pace: missesOf(pairs, ({ pace }) => pace),
    inside: pairs.filter(({ actual, model }) => model.low80 <= actual && actual <= model.high80).length,
    closer: pairs.filter(({ actual, model, pace }) => missed(actual, model.total) < missed(actual, pace)).length,
    skill: pairs.length >= fewestForPercent ? percentOf(byPace - byModel, byPace) : null,
  };
}

/** A forecast of the model and what its month cost. */
interface Judged<C extends Commitment> {
  readonly commitment: C & { readonly model: NonNullable<Commitment["model"]> };
  readonly actual: bigint;
}

const hasModel = <C extends Commitment>(commitment: C): commitment is Judged<C>["commitment"] => commitment.model !== null;

/** The forecasts that count: those of the model for a month that has closed since, made while days of it were still to come. */
export function judgedOf<C extends Commitment>(commitments: readonly C[], closed: readonly MonthTotal[]): Judged<C>[] {
  const totals = new Map(closed.map(({ month, total }) => [month, total]));
  return commitments.flatMap((commitment) => {
    const actual = totals.get(commitment.month);
    return actual === undefined || !hasModel(commitment) || commitment.daysToCome <= 0 ? [] : [{ commitment, actual }];
  });
}

/**
 * Scores the forecasts that earlier reviews committed against the months that have closed since; nothing is forecast again in hindsight
 * (docs/method.md). Weeks without a forecast of the model, or with nothing left to forecast, do not count. Null without any.
 */
export function trackRecordOf(commitments: readonly Commitment[], closed: readonly MonthTotal[]): TrackRecord | null {
  const pairs = judgedOf(commitments, closed).map(({ commitment: { month, daysToCome, pace, model }, actual }): Pair => ({
    actual,
    pace,
    model,
    month,
    weeks: Math.ceil(daysToCome / 7),
  }));
  if (pairs.length === 0) return null;
  const horizons = [...Map.groupBy(pairs, ({ weeks }) => weeks)].sort(([a], [b]) => a - b);
  return {
    ...scoresOf(pairs),
    months: [...new Set(pairs.map(({ month }) => month))].sort(),
    horizons: horizons.map(([weeks, list]) => ({ weeks, ...scoresOf(list) })),
  };
}

/** What last week's review said of the same month at the current pace; null where there is none. */
export function saidBefore(forecasts: readonly Commitment[], asOf: Day, month: string): bigint | null {
  return forecasts.find((said) => said.asOf === addDays(asOf, -7) && said.month === month)?.pace ?? null;
}

/** Days of a month that were still to come when a source was final through a day. */
export function daysLeft(month: string, settledThrough: Day | null): number {
  const { start, end } = monthPeriod(month);
  const next = settledThrough === null || settledThrough < start ? start : addDays(settledThrough, 1);
  return Math.max(0, daysBetween(next, end));
}
