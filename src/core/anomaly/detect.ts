import { type Expectation, departureOf, expectNext } from "./expectation.ts";
import { type PlannedSpan, isLeftOut, levelFrom, spanOn } from "./planned-spans.ts";

/** From where on a departure matters. */
export interface Sensitivity {
  /** Least departure of a day, as a share of what was expected: 0.3 = 30 %; of three days in a row two thirds of it. */
  readonly share: number;
  /** Least departure in the unit of the series. */
  readonly amount: number;
}

export type Direction = "up" | "down";

/** A day and what the days before it let expect. */
export interface Step {
  readonly value: number;
  readonly expectation: Expectation | null;
  /** Distance in deviations, signed; the smaller one of both views, 0 where they disagree. */
  readonly distance: number;
  /** Departure as a share of what was expected, and whether its amount matters. */
  readonly share: number;
  readonly matters: boolean;
}

export interface Detection {
  readonly steps: readonly Step[];
  /** Days that were odd when they came: known from the day itself and earlier ones only. */
  readonly flagged: readonly (Direction | null)[];
  /** The same, with the two days before a third in a row. */
  readonly odd: readonly (Direction | null)[];
}

/** A day so far out in both views is odd. */
const oneDay = 4.6;
/** Three days in a row are, from so many deviations on in the mean and each from so many on. */
const [threeDays, eachOfThree] = [0.6 * oneDay, 0.36 * oneDay];
/** The days after an odd day belong to its run from here on. */
const goesOn = 0.4 * oneDay;
/** Share of the day's least departure that a day of three needs. */
const shareOfThree = 2 / 3;
/** What a day is compared with reaches back so far. */
const historyDays = 63;
/** A run this long has become the new level: history starts again with it. */
export const confirmedShift = 12;

/** Distance of a value in both views; they agree on the smaller one. */
function distanceOf(value: number, { expected, scale, recent }: Expectation): number {
  const inScale = (departure: number, usual: number) => (departure === 0 ? 0 : departure / Math.max(usual, Number.MIN_VALUE));
  const views = [inScale(departureOf(value, expected), scale), inScale(departureOf(value, recent.expected), recent.scale)];
  if (views.every((view) => view > 0)) return Math.min(...views);
  return views.every((view) => view < 0) ? Math.max(...views) : 0;
}

function stepOf(value: number, expectation: Expectation | null, { amount }: Sensitivity): Step {
  if (!expectation) return { value, expectation, distance: 0, share: 0, matters: false };
  const size = Math.abs(value - expectation.expected);
  const share = expectation.expected > 0 ? size / expectation.expected : Infinity;
  return { value, expectation, distance: distanceOf(value, expectation), share, matters: size > 0 && size >= amount };
}

/** The last days are all usual ones, or all of one planned event: what is planned lends its neighbours nothing. */
function alike(spans: readonly PlannedSpan[], from: number, to: number): boolean {
  for (let day = from; day < to; day++) if (spanOn(spans, day) !== spanOn(spans, to)) return false;
  return true;
}

/** The last three steps lean one way far enough to be odd together. */
function leansOf(steps: readonly Step[], sensitivity: Sensitivity): boolean {
  const last = steps.slice(-3);
  const side = Math.sign(last.at(-1)?.distance ?? 0);
  const total = last.reduce((sum, { distance }) => sum + Math.abs(distance), 0);
  const counts = ({ distance, share, matters }: Step) =>
    matters && Math.sign(distance) === side && Math.abs(distance) > eachOfThree && share >= shareOfThree * sensitivity.share;
  return last.length === 3 && side !== 0 && last.every(counts) && total > 3 * threeDays;
}

/** A day after odd ones: far enough to belong to them, the first two by the share of an odd day, later ones by that of three. */
function goesOnWith({ distance, share, matters }: Step, run: number, sensitivity: Sensitivity): boolean {
  return matters && Math.abs(distance) > goesOn && share >= (run < 3 ? 1 : shareOfThree) * sensitivity.share;
}

function runLength(flagged: readonly (Direction | null)[]): number {
  const direction = flagged.at(-1) ?? null;
  return direction === null ? 0 : flagged.length - 1 - flagged.findLastIndex((other) => other !== direction);
}

/**
 * Walks through a series day by day, in both directions. A day is odd when two views agree that it departs far, or as the third of three
 * days that depart less; percentage and amount keep small change from alarming. Days found odd are left out of what later days are
 * compared with, until a run of twelve has become the new level. Days of what is planned (`spans`) are left out too; after a lasting one the
 * level begins with it.
 */
export function detect(values: readonly number[], sensitivity: Sensitivity, spans: readonly PlannedSpan[] = []): Detection {
  const steps: Step[] = [];
  const flagged: (Direction | null)[] = [];
  const odd: (Direction | null)[] = [];
  // Days that later ones are not compared with.
  const isLeft: boolean[] = [];
  let from = 0;
  for (const [index, value] of values.entries()) {
    const begin = Math.max(from, index - historyDays);
    const odds = isLeft.slice(begin);
    const left = spans.length === 0 ? odds : odds.map((isOdd, offset) => isLeftOut(spans, begin + offset, index, isOdd));
    const level = Math.max(0, levelFrom(spans, index) - begin);
    const step = stepOf(value, expectNext(values.slice(begin, index), left, level), sensitivity);
    steps.push(step);
    const direction = step.distance > 0 ? "up" : "down";
    const far = step.matters && Math.abs(step.distance) > oneDay && step.share >= sensitivity.share;
    const leans = leansOf(steps, sensitivity) && alike(spans, index - 2, index);
    const follows = flagged.at(-1) === direction && alike(spans, index - 1, index) && goesOnWith(step, runLength(flagged), sensitivity);
    flagged.push(far || leans || follows ? direction : null);
    odd.push(flagged.at(-1) ?? null);
    isLeft.push(flagged.at(-1) !== null);
    if (leans) for (const before of [index - 2, index - 1]) odd[before] ??= direction;
    if (runLength(flagged) < confirmedShift) continue;
    from = index + 1 - confirmedShift;
    isLeft.fill(false, from);
  }
  return { steps, flagged, odd };
}
