import { type AnomalyClass, classify } from "./classify.ts";
import { type Detection, type Direction, type Sensitivity, type Step, confirmedShift, detect } from "./detect.ts";

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

/** The usual range reaches so many deviations. */
export const rangeWidth = 2;

const departuresOf = (steps: readonly Step[]) =>
  steps.flatMap(({ value, expectation }) => {
    if (!expectation) return [];
    const { expected } = expectation;
    return [expected > 0 ? value / expected - 1 : value - expected];
  });

/** What the run that begins at `start` is, as far as the series goes. */
export function classOf({ steps }: Pick<Detection, "steps">, { start, end }: Pick<Run, "start" | "end">): AnomalyClass {
  return end - start >= confirmedShift ? "shift" : classify(departuresOf(steps.slice(start, start + confirmedShift)));
}

/** Every run of odd days in a daily series, one finding a run, its first day as it turned out to be. */
export function findRuns(values: readonly number[], sensitivity: Sensitivity): Run[] {
  const { steps, flagged, odd } = detect(values, sensitivity);
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
    runs.push({
      start,
      end,
      direction,
      class: classOf({ steps }, { start, end }),
      rule: flagged[start] === direction ? "a day far outside the usual range" : "three days in a row outside the usual range",
      actual: total((step) => step.value),
      expected,
      low: Math.max(0, expected - range),
      high: expected + range,
    });
    start = end - 1;
  }
  return runs;
}

/** Which days of a series are odd, by the rules of `findRuns`. */
export function oddDays(values: readonly number[], sensitivity: Sensitivity): boolean[] {
  return detect(values, sensitivity).odd.map((direction) => direction !== null);
}
