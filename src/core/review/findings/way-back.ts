import { confirmedShift } from "../../anomaly/detect.ts";
import type { Direction } from "../../anomaly/step.ts";
import { type Day, type Period, addDays, contains, eachDay } from "../../day.ts";
import { type Micros, fromUnits, sum, toCents, toUnits } from "../../money.ts";
import type { PlannedEvent } from "../../settings/events.ts";
import type { Delta } from "../../slices/delta.ts";
import type { Slice } from "../../slices/slice.ts";
import { mean } from "../../statistics.ts";
import { onFinalDays } from "../data/final-days.ts";
import type { Found } from "./odd-days.ts";

/** A departure of the week before that has come back. */
export interface Passed {
  readonly slice: Slice;
  readonly direction: Direction;
  /** Its days in the week before. */
  readonly period: Period;
  /** What these days cost above what was expected; below zero for a fall. */
  readonly excess: Micros;
  /** The planned event that explains it. */
  readonly event: PlannedEvent | null;
}

/** The last day of a slice that is final. */
export type Through = (slice: Slice) => Day | null;

/** Which days are known. */
interface Known {
  readonly through: Through;
  readonly holes: readonly Period[];
}

/**
 * Some days that ended are told as a shift where nothing is known but them and a few after. They did not last where they have become no
 * level, and the days of the week under review that are final cost nearer to what was expected of them than to what they cost; one without a
 * charge cost nothing, unless it lies in a hole.
 */
function hasComeBack({ anomaly: { slice }, run }: Found, prior: Period, { through, holes }: Known): boolean {
  if (run.class === "spike") return true;
  const last = through(slice) ?? "";
  const after = eachDay({ start: prior.end, end: addDays(prior.end, 7) })
    .filter((day) => day <= last && !holes.some((hole) => contains(hole, day)))
    .map((day) => toUnits(slice.days.get(day) ?? 0n));
  if (run.days.length >= confirmedShift || after.length === 0) return false;
  const expected = run.expected / run.days.length;
  return 2 * Math.abs(mean(after) - expected) < Math.abs(run.actual / run.days.length - expected);
}

/** Of the runs that were found, those that ended before the week under review and did not last, with their days in the week before. */
export function passedIn(found: readonly Found[], prior: Period, known: Known): Passed[] {
  return found.flatMap((one): Passed[] => {
    const { anomaly, run } = one;
    const { slice, direction, period, event } = anomaly;
    if (period.end > prior.end || !hasComeBack(one, prior, known)) return [];
    const excess = eachDay(period).flatMap((day, index) => {
      const step = run.days[index];
      return step?.expectation && contains(prior, day) ? [fromUnits(step.value - step.expectation.expected)] : [];
    });
    const within = { start: addDays(period.end, -excess.length), end: period.end };
    return [{ slice, direction, period: within, excess: sum(excess), event: event?.explains ? event.event : null }];
  });
}

/** What of a delta is the way back from the week before, and what the change is without that, in cents. */
export interface WayBack {
  readonly passed: readonly Passed[];
  readonly excess: Micros;
  readonly without: bigint;
  /** The same on the days of the week that are final; null where all are, and where what came back lies on other weekdays. */
  readonly final: { readonly days: number; readonly without: bigint } | null;
}

type Both = { readonly passed: readonly Passed[] } & Parameters<typeof onFinalDays>[1];

/** Null where the week before held nothing of the slice that has come back this way. */
export function wayBackOf({ slice, change }: Pick<Delta, "slice" | "change">, review: Both): WayBack | null {
  const own = review.passed.filter((one) => one.slice.id === slice.id && one.excess > 0n === change < 0n);
  if (own.length === 0) return null;
  const excess = sum(own.map((one) => one.excess));
  const days = onFinalDays(slice, review);
  const isWithin = days !== null && own.every(({ period }) => addDays(period.end, 6) <= days.through);
  const final = isWithin ? { days: days.days, without: toCents(days.last7 - days.prior7 + excess) } : null;
  return { passed: own, excess, without: change + toCents(excess), final };
}
