import type { Day } from "../day.ts";
import { type AnomalyClass, classify } from "./classify.ts";
import { type Detection, type Sensitivity, confirmedShift, detect } from "./detect.ts";
import { usualRange } from "./expectation.ts";
import { type PlannedSpan, alike, spanOn } from "./planned-spans.ts";
import type { Direction, Step } from "./step.ts";

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
  /** Which of the planned spans its days lie in, all of them; -1 for usual days. */
  readonly span: number;
  readonly days: readonly Step[];
  /** The first day of it that was odd when it came; earlier ones turned out to be with the third in a row. */
  readonly seen: number;
}

/** A shift that looks usual for so many days, such as a weekend, goes on. */
const pause = 2;

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

/** What a run was found as: its first day or the second by itself, though a third in a row may have moved the start; else by that third. */
function ruleOf(days: readonly Step[], seen: number): string {
  if (seen > 1) return "three days in a row to one side, together far outside the usual range";
  return days[seen]?.isNothing ? "a day at nothing, as no day before it" : "a day far outside the usual range";
}

/** Where the unbroken run that `start` belongs to ends: the same side, the same planned span. */
function unbrokenEnd(odd: Detection["odd"], spans: readonly PlannedSpan[], start: number): number {
  let end = start + 1;
  while (odd[end] === odd[start] && spanOn(spans, end) === spanOn(spans, start)) end++;
  return end;
}

/** How far days depart all together from what was expected of them, in the unit of the series; below zero where they fall. */
export function departureIn(days: readonly Step[]): number {
  return days.reduce((sum, { value, expectation }) => sum + (expectation ? value - expectation.expected : 0), 0);
}

/** Whether days all together depart to the side of a run: a pause that goes farther the other way is no part of it. */
function departs({ steps }: Detection, start: number, end: number, direction: Direction): boolean {
  return departureIn(steps.slice(start, end)) > 0 === (direction === "up");
}

/**
 * Where the run that begins at `start` ends: a shift goes on after a short pause, whose days count as its own, as long as it has not become
 * the level that later days are compared with.
 */
function endOf(detection: Detection, spans: readonly PlannedSpan[], start: number): number {
  const { odd } = detection;
  const direction = odd[start] ?? "up";
  let from = start;
  let end = unbrokenEnd(odd, spans, from);
  while (end - from < confirmedShift && classOf(detection, { start, end }) === "shift") {
    const next = odd.findIndex((other, day) => day >= end && other !== null);
    if (next === -1 || next > end + pause || odd[next] !== direction || !alike(spans, start, next)) break;
    const nextEnd = unbrokenEnd(odd, spans, next);
    if (!departs(detection, start, nextEnd, direction)) break;
    from = next;
    end = nextEnd;
  }
  return end;
}

/** Every run of odd days in a daily series, one finding a run, its first day as it turned out to be; what is planned begins a run of its own. */
export function findRuns(
  values: readonly number[],
  sensitivity: Sensitivity,
  spans: readonly PlannedSpan[] = [],
  first: Day | null = null,
): Run[] {
  const detection = detect(values, sensitivity, spans, first);
  const { steps, flagged, odd } = detection;
  const runs: Run[] = [];
  for (let start = 0; start < steps.length; start++) {
    const direction = odd[start] ?? null;
    if (direction === null) continue;
    const end = endOf(detection, spans, start);
    const days = steps.slice(start, end);
    const total = (pick: (step: Step) => number) => days.reduce((amount, step) => amount + pick(step), 0);
    const seen = Math.max(start, flagged.slice(0, end).indexOf(direction, start));
    runs.push({
      start,
      end,
      direction,
      class: classOf(detection, { start, end }),
      rule: ruleOf(days, seen - start),
      actual: total((step) => step.value),
      expected: total((step) => step.expectation?.expected ?? 0),
      low: total((step) => (step.expectation ? usualRange(step.expectation).low : 0)),
      high: total((step) => (step.expectation ? usualRange(step.expectation).high : 0)),
      span: spanOn(spans, start),
      days,
      seen,
    });
    start = end - 1;
  }
  return runs;
}
