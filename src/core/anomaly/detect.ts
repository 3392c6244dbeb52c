import { type Day, addDays } from "../day.ts";
import { type Expectation, departureOf, expectNext, smallestShare } from "./expectation.ts";
import { comesMonthly, makesUp, mayComeLate } from "./habits.ts";
import { type PlannedSpan, alike, isLeftOut, levelFrom, spanOn } from "./planned-spans.ts";
import { type Needs, type PastRun, needsAfter } from "./restless.ts";
import type { Direction, Step } from "./step.ts";

/** From where on a departure matters. */
export interface Sensitivity {
  /** Least departure of a day, as a share of what was expected: 0.3 = 30 %; of three days in a row two thirds of it. */
  readonly share: number;
  /** Least departure in the unit of the series. */
  readonly amount: number;
}

export interface Detection {
  readonly steps: readonly Step[];
  /** Days that were odd when they came: known from the day itself and earlier ones only. */
  readonly flagged: readonly (Direction | null)[];
  /** The same, with the two days before a third in a row. */
  readonly odd: readonly (Direction | null)[];
  /** Days that the one after the last is not compared with: odd ones when they came, holidays, and bursts of a series that has them. */
  readonly isLeft: readonly boolean[];
}

/** A day that rises so many deviations in both views is odd. */
const oneDay = 3.75;
/** A fall needs so many times as many: holidays fall, and a fall costs nothing. */
const falls = 1.5;
/** A day that falls to what the least weekday costs, less this share, is a holiday. */
const holidayShare = 0.2;
/** A day at nothing where the smallest day was more than twice as much is so far out, however restless the series. */
const nothing = -2;
/** Three days in a row are odd, from this strength on in the mean and each from this one on (of a rise). */
const [threeDays, eachOfThree] = [0.6, 0.36];
/** The days after an odd day belong to its run from here on. */
const goesOn = 0.4;
/** Share of the day's least departure that a day of three needs. */
const shareOfThree = 2 / 3;
/** What a day is compared with reaches back so far. */
const historyDays = 63;
/** A run this long has become the new level. */
export const confirmedShift = 12;

/** Distance of a value in both views, in deviations; they agree on the smaller one. */
function distanceOf(value: number, { expected, scale, recent }: Expectation): number {
  const inScale = (departure: number, usual: number) => (departure === 0 ? 0 : departure / Math.max(usual, Number.MIN_VALUE));
  const views = [inScale(departureOf(value, expected), scale), inScale(departureOf(value, recent.expected), recent.scale)];
  if (views.every((view) => view > 0)) return Math.min(...views);
  return views.every((view) => view < 0) ? Math.max(...views) : 0;
}

const fallsToNothing = (value: number, { expected, leastDay }: Expectation) =>
  leastDay > 0 && value <= smallestShare * expected && value < leastDay / 2;

function stepOf(value: number, expectation: Expectation | null, { amount }: Sensitivity, needed: number): Step {
  if (!expectation) return { value, expectation, distance: 0, strength: 0, share: 0, matters: false, isNothing: false };
  const size = Math.abs(value - expectation.expected);
  const distance = distanceOf(value, expectation);
  const strength = distance / needed;
  const isNothing = fallsToNothing(value, expectation);
  return {
    value,
    expectation,
    distance,
    strength: isNothing ? Math.min(strength, nothing) : strength,
    share: expectation.expected > 0 ? size / expectation.expected : Infinity,
    matters: size > 0 && size >= amount,
    isNothing,
  };
}

/** Far out by itself. */
const isFar = ({ strength, share, matters }: Step, sensitivity: Sensitivity) =>
  matters && Math.abs(strength) > 1 && share >= sensitivity.share;

/** A working day that costs what the least weekday does. */
const isHoliday = ({ value, expectation, strength }: Step) =>
  expectation !== null && strength < 0 && value > 0 && value >= (1 - holidayShare) * expectation.leastWeekday;

/** A day that rises as single days of a series with bursts do. */
const isBurst = ({ distance }: Step, usual: number) => distance > 0 && distance <= usual;

/** The last step is far out as this series is now and then. */
function isUsual(steps: readonly Step[], usual: number): boolean {
  const step = steps.at(-1);
  return step !== undefined && (isHoliday(step) || isBurst(step, usual) || makesUp(steps, steps.length - 1) || mayComeLate(steps));
}

/** The last three steps lean one way far enough to be odd together. */
function leansOf(steps: readonly Step[], sensitivity: Sensitivity): boolean {
  const last = steps.slice(-3);
  const side = Math.sign(last.at(-1)?.strength ?? 0);
  const total = last.reduce((sum, { strength }) => sum + Math.abs(strength), 0);
  const counts = ({ strength, share, matters }: Step) =>
    matters && side * strength > eachOfThree / (side < 0 ? falls : 1) && share >= shareOfThree * sensitivity.share;
  return last.length === 3 && side !== 0 && last.every(counts) && total > 3 * threeDays;
}

/** A day after odd ones: far enough to belong to them, the first two by the share of an odd day, later ones by that of three. */
function goesOnWith({ strength, share, matters }: Step, run: number, sensitivity: Sensitivity): boolean {
  return matters && Math.abs(strength) > goesOn && share >= (run < 3 ? 1 : shareOfThree) * sensitivity.share;
}

/** What a walk through a series knows so far. */
interface Walk {
  readonly values: readonly number[];
  readonly spans: readonly PlannedSpan[];
  readonly first: Day | null;
  readonly steps: Step[];
  readonly flagged: (Direction | null)[];
  readonly odd: (Direction | null)[];
  readonly isLeft: boolean[];
  readonly runs: PastRun[];
  /** First day of the present level: earlier ones only tell the weekdays apart. */
  level: number;
}

function runLength(flagged: readonly (Direction | null)[]): number {
  const direction = flagged.at(-1) ?? null;
  return direction === null ? 0 : flagged.length - 1 - flagged.findLastIndex((other) => other !== direction);
}

/** What the next day needs to this side to be odd; what was planned counts nothing. */
function needsOn({ runs, flagged, spans }: Walk, day: number, direction: Direction): Needs {
  const before = flagged.at(-1) === direction ? runs.slice(0, -1) : runs;
  const unplanned = before.filter(({ start }) => spanOn(spans, start) === -1);
  return needsAfter(unplanned, day, direction, oneDay * (direction === "down" ? falls : 1));
}

/** Begins a run with an odd day, or adds it to the one of the day before. */
function remember({ runs, flagged }: Walk, day: number, direction: Direction, { distance }: Step): void {
  const peak = Math.abs(distance);
  const last = flagged[day - 1] === direction ? runs.pop() : undefined;
  runs.push({ start: last?.start ?? day, direction, peak: Math.max(peak, last?.peak ?? 0) });
}

/** The month before explains the last step, where the days are known and nothing planned does. */
function isDue({ steps, isLeft, spans, first }: Walk): boolean {
  const index = steps.length - 1;
  return first !== null && spanOn(spans, index) === -1 && comesMonthly(steps, isLeft, addDays(first, index));
}

function expectationOf({ values, isLeft, spans, level }: Walk, index: number): Expectation | null {
  const begin = Math.max(0, index - historyDays);
  const odds = isLeft.slice(begin);
  const left = spans.length === 0 ? odds : odds.map((isOdd, offset) => isLeftOut(spans, begin + offset, index, isOdd));
  return expectNext(values.slice(begin, index), left, Math.max(0, level - begin, levelFrom(spans, index) - begin));
}

function walkOn(walk: Walk, value: number, sensitivity: Sensitivity): void {
  const { spans, steps, flagged, odd, isLeft } = walk;
  const index = steps.length;
  const expectation = expectationOf(walk, index);
  const direction = expectation && value > expectation.expected ? "up" : "down";
  const { needed, usual } = needsOn(walk, index, direction);
  const step = stepOf(value, expectation, sensitivity, needed);
  steps.push(step);
  const far = isFar(step, sensitivity);
  const leans = leansOf(steps, sensitivity) && alike(spans, index - 2, index);
  const follows = flagged.at(-1) === direction && alike(spans, index - 1, index) && goesOnWith(step, runLength(flagged), sensitivity);
  const begins = ((far && !isUsual(steps, usual)) || leans) && !isDue(walk);
  flagged.push(begins || follows ? direction : null);
  if (flagged.at(-1)) remember(walk, index, direction, step);
  odd.push(flagged.at(-1) ?? null);
  isLeft.push(far || leans || follows);
  if (begins && leans) for (const before of [index - 2, index - 1]) odd[before] ??= direction;
  if (runLength(flagged) < confirmedShift) return;
  walk.level = index + 1 - confirmedShift;
  isLeft.fill(false, walk.level);
}

/**
 * Walks through a series day by day, in both directions. A day is odd when two views agree that it departs far, or as the third of three
 * days that depart less; percentage and amount keep small change from alarming, and the more runs began lately, the more a further one
 * needs. Days found odd are left out of what later days are compared with, until a run of twelve has become the new level. Days of what
 * is planned (`spans`) are left out too; after a lasting one the level begins with it.
 */
export function detect(
  values: readonly number[],
  sensitivity: Sensitivity,
  spans: readonly PlannedSpan[] = [],
  first: Day | null = null,
): Detection {
  const walk: Walk = { values, spans, first, steps: [], flagged: [], odd: [], isLeft: [], runs: [], level: 0 };
  for (const value of values) walkOn(walk, value, sensitivity);
  return walk;
}
