import type { Sensitivity } from "../../anomaly/detect.ts";
import { rangeWidth } from "../../anomaly/expectation.ts";
import type { PlannedSpan } from "../../anomaly/planned-spans.ts";
import type { Run } from "../../anomaly/runs.ts";
import type { Direction, Step } from "../../anomaly/step.ts";
import { type Day, type Period, daysBetween } from "../../day.ts";
import { type PlannedEvent, coverOf, isLasting } from "../../settings/events.ts";

/** Events as days of a series that begins on `start`. */
export function spansOf(events: readonly PlannedEvent[], start: Day): PlannedSpan[] {
  return events.map((event) => {
    const cover = coverOf(event);
    return { start: daysBetween(start, cover.start), end: daysBetween(start, cover.end), lasting: isLasting(event) };
  });
}

/** Holes in the data as days of a series that begins on `start`: they tell nothing, and what comes after them is as before. */
export function holeSpans(holes: readonly Period[], start: Day): PlannedSpan[] {
  return holes.map((hole) => ({ start: daysBetween(start, hole.start), end: daysBetween(start, hole.end), lasting: false }));
}

/** An event without a stated effect explains a rise up to this multiple of what was expected; a fall it explains whole. */
const mostUnstated = 2;

/** What an event lets a day cost, as a multiple of what was expected without it. */
function factorOf({ effect }: PlannedEvent, direction: Direction): number {
  if (effect) return 1 + effect.percent / 100;
  return direction === "up" ? mostUnstated : 0;
}

/** A day lies beyond what the event lets expect as far as makes a day odd. */
function isBeyond({ value, expectation }: Step, factor: number, direction: Direction, { share, amount }: Sensitivity): boolean {
  if (!expectation) return false;
  const allowed = expectation.expected * factor;
  const over = direction === "up" ? value - allowed : allowed - value;
  return over > Math.max(share * allowed, rangeWidth * expectation.scale * factor, amount);
}

/** What an event says about the run of odd days that lies in it. */
export interface Judged {
  /** It explains the run: the same direction, no day far beyond it. */
  readonly explains: boolean;
  /** What it let expect of these days, in the unit of the series; null where it states no effect. */
  readonly expected: number | null;
}

/** Holds a run of odd days against the planned event that it lies in. */
export function judge(run: Run, event: PlannedEvent, sensitivity: Sensitivity): Judged {
  const { direction } = run;
  const factor = factorOf(event, direction);
  const agrees = direction === "up" ? factor > 1 : factor < 1;
  return {
    explains: agrees && !run.days.some((day) => isBeyond(day, factor, direction, sensitivity)),
    expected: event.effect ? run.expected * factor : null,
  };
}
