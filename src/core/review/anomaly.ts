import { type Expectation, expectNext } from "./expectation.ts";
import { median } from "../statistics.ts";

/**
 * A first, honest detector on daily series, both directions. A day is odd when it departs from what its weekday and the level of
 * the last three weeks let expect by five usual deviations; three days in a row are odd from two deviations on. Both rules also ask
 * for a percentage and an amount, so that small change never alarms. The days after an odd day belong to its run from two deviations on,
 * after three days from one on. Only the day itself and earlier days are used.
 */
export interface Sensitivity {
  /** Least departure, as a share of what was expected: 0.3 = 30 %. */
  readonly share: number;
  /** Least departure in the unit of the series. */
  readonly amount: number;
}

export type Direction = "up" | "down";
export type AnomalyClass = "spike" | "shift" | "undecided";

/** A run of odd days; indexes into the series, `end` exclusive. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly direction: Direction;
  readonly class: AnomalyClass;
  readonly rule: string;
  /** Sums over the days of the run. */
  readonly actual: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

const oneDay = 5;
const threeDays = 2;
const rangeWidth = 2;
/** What a day is compared with reaches back so far. */
const historyDays = 63;
/** A run this long has become the new level: history starts again with it. */
const confirmedShift = 10;

interface Step {
  readonly value: number;
  readonly expectation: Expectation | null;
  /** Beyond five deviations. */
  readonly far: Direction | null;
  /** Beyond two deviations: odd when it is one of three such days. */
  readonly leans: Direction | null;
  /** Beyond one deviation, whatever the amount: keeps a run of three days or more going. */
  readonly tends: Direction | null;
}

/** How far a fall counts: by its factor, a tenth or less as a tenth, so that a day at 0 departs far even from a noisy series. */
function fallOf(value: number, expected: number): number {
  return expected > 0 ? expected * Math.log(expected / Math.max(value, expected / 10)) : expected - value;
}

function judge(value: number, expectation: Expectation | null, sensitivity: Sensitivity): Step {
  if (!expectation) return { value, expectation, far: null, leans: null, tends: null };
  const departure = value - expectation.expected;
  const size = Math.abs(departure);
  const direction = departure > 0 ? "up" : "down";
  const material = size >= sensitivity.share * Math.max(expectation.expected, 0) && size >= sensitivity.amount;
  const distance = direction === "up" ? size : fallOf(value, expectation.expected);
  const beyond = (deviations: number) => (distance > deviations * expectation.scale ? direction : null);
  return { value, expectation, far: material ? beyond(oneDay) : null, leans: material ? beyond(threeDays) : null, tends: beyond(1) };
}

interface Walk {
  readonly steps: readonly Step[];
  readonly odd: readonly (Direction | null)[];
}

/** Walks through the series day by day; days found odd are left out of what later days are compared with. */
function walk(values: readonly number[], firstWeekday: number, sensitivity: Sensitivity): Walk {
  const steps: Step[] = [];
  const odd: (Direction | null)[] = [];
  let from = 0;
  let settled = 0;
  for (const [index, value] of values.entries()) {
    const begin = Math.max(from, index - historyDays);
    const left = odd.slice(begin).map((direction, offset) => direction !== null && begin + offset >= settled);
    const step = judge(value, expectNext(values.slice(begin, index), (firstWeekday + begin) % 7, left), sensitivity);
    steps.push(step);
    const goesOn = runLength(odd) >= 3 ? step.tends : step.leans;
    odd.push(step.far ?? (goesOn === odd.at(-1) ? goesOn : null));
    const leaning = steps.slice(-3);
    if (step.leans !== null && leaning.length === 3 && leaning.every(({ leans }) => leans === step.leans)) odd.fill(step.leans, index - 2);
    const run = runLength(odd);
    if (run >= confirmedShift) [from, settled] = [index + 1 - run, index + 1];
  }
  return { steps, odd };
}

function runLength(odd: readonly (Direction | null)[]): number {
  const direction = odd.at(-1) ?? null;
  return direction === null ? 0 : odd.length - 1 - odd.findLastIndex((other) => other !== direction);
}

/**
 * Under four days nothing is reliable (analytics.md §4); later a shift is what still holds half of its largest departure, each day
 * measured against what its own weekday let expect.
 */
function classify(steps: readonly Step[], { start, end, direction }: Pick<Run, "start" | "end" | "direction">): AnomalyClass {
  if (steps.length - start < 4) return "undecided";
  if (end - start >= confirmedShift) return "shift";
  if (end - start < 3 && end < steps.length) return "spike";
  const sign = direction === "up" ? 1 : -1;
  const departures = steps.slice(start).flatMap(({ value, expectation }) => {
    if (!expectation) return [];
    const { expected } = expectation;
    return [(sign * (value - expected)) / (expected > 0 ? expected : 1)];
  });
  return median(departures.slice(-3)) > Math.max(...departures) / 2 ? "shift" : "spike";
}

/** Which days of a series are odd, by the rules of `findRuns`. */
export function oddDays(values: readonly number[], firstWeekday: number, sensitivity: Sensitivity): boolean[] {
  return walk(values, firstWeekday, sensitivity).odd.map((direction) => direction !== null);
}

/** Every run of odd days in a series whose first value falls on `firstWeekday` (0 = Sunday). */
export function findRuns(values: readonly number[], firstWeekday: number, sensitivity: Sensitivity): Run[] {
  const { steps, odd } = walk(values, firstWeekday, sensitivity);
  const runs: Run[] = [];
  for (let start = 0; start < steps.length; start++) {
    const direction = odd[start] ?? null;
    if (direction === null) continue;
    let end = start + 1;
    while (odd[end] === direction) end++;
    const days = steps.slice(start, end);
    const total = (pick: (step: Step) => number) => days.reduce((amount, step) => amount + pick(step), 0);
    const range = total((step) => rangeWidth * (step.expectation?.scale ?? 0));
    const expected = total((step) => step.expectation?.expected ?? 0);
    const single = days.some((step) => step.far !== null);
    runs.push({
      start,
      end,
      direction,
      class: classify(steps, { start, end, direction }),
      rule: single ? "a day far outside the usual range" : "three days in a row outside the usual range",
      actual: total((step) => step.value),
      expected,
      low: Math.max(0, expected - range),
      high: expected + range,
    });
    start = end - 1;
  }
  return runs;
}
