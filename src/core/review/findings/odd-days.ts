import type { AnomalyClass } from "../../anomaly/classify.ts";
import type { Sensitivity } from "../../anomaly/detect.ts";
import { type Expectation, usualRange } from "../../anomaly/expectation.ts";
import { type Run, departureIn, findRuns } from "../../anomaly/runs.ts";
import type { Direction, Step } from "../../anomaly/step.ts";
import { type Day, type Period, addDays, daysBetween, eachDay } from "../../day.ts";
import { type Micros, fromUnits, toUnits } from "../../money.ts";
import type { Thresholds } from "../../settings/config.ts";
import { type PlannedEvent, eventsFor } from "../../settings/events.ts";
import { type Slice, sliceName } from "../../slices/slice.ts";
import { sumOf } from "../../statistics.ts";
import { holeSpans, judge, spansOf } from "./planned.ts";

/** A run of days on which a slice cost more or less than expected; amounts are sums over the run. */
export interface Anomaly {
  /** `<slice id>@<first day>`. */
  readonly id: string;
  readonly slice: Slice;
  readonly name: string;
  readonly period: Period;
  readonly direction: Direction;
  readonly class: AnomalyClass;
  readonly rule: string;
  readonly actual: Micros;
  readonly expected: Micros;
  readonly low: Micros;
  readonly high: Micros;
  /** What each of its days was expected to cost, with the usual range. */
  readonly daily: readonly { readonly day: Day; readonly expected: Micros; readonly low: Micros; readonly high: Micros }[];
  /** The first day on which it could be told; from its first day so far it went unnoticed. */
  readonly seen: Day;
  /** Its days of the week depart more than half as far again as those before it; what people answered of these says nothing of that. */
  readonly grown: boolean;
  /** The planned event that its days lie in, whether that explains it, and what it let expect where it states an effect. */
  readonly event: { readonly event: PlannedEvent; readonly explains: boolean; readonly expected: Micros | null } | null;
}

/** So many days before the review date are looked at; more would only cost time. */
const windowDays = 98;

interface Series {
  readonly start: Day;
  readonly values: readonly number[];
}

/** Daily amounts from the slice's first day (within the window) through `through`; days without a charge cost 0. */
export function seriesOf(days: ReadonlyMap<Day, Micros>, through: Day): Series {
  const earliest = addDays(through, 1 - windowDays);
  const known = [...days.keys()].filter((day) => day >= earliest && day <= through).sort();
  const start = known[0] ?? through;
  return { start, values: eachDay({ start, end: addDays(through, 1) }).map((day) => toUnits(days.get(day) ?? 0n)) };
}

/** A run of a slice, with its days. */
export interface Found {
  readonly anomaly: Anomaly;
  readonly run: Run;
}

/** What runs are looked for with. */
export interface Search {
  /** The first day from which on runs count: one that ended before is none. */
  readonly since: Day;
  readonly sensitivity: Sensitivity;
  readonly events: readonly PlannedEvent[];
  /** The first day of the week that is looked at. */
  readonly week: Day;
  /** Days that are not in the data: nothing departs on them. */
  readonly holes: readonly Period[];
}

/** So many times as far as before is another matter. */
const farther = 1.5;

/** How far days depart together: as a share of what was expected of them, or a day in units where that is nothing. */
function sizeOf(days: readonly Step[]): number {
  const expected = sumOf(days.map(({ expectation }) => expectation?.expected ?? 0));
  return Math.abs(departureIn(days)) / (expected > 0 ? expected : days.length);
}

function hasGrown(days: readonly Step[], before: number): boolean {
  if (before <= 0 || before >= days.length) return false;
  return sizeOf(days.slice(before)) > farther * sizeOf(days.slice(0, before));
}

function expectedOn(day: Day, expectation: Expectation | null): Anomaly["daily"][number] {
  const range = expectation === null ? { low: 0, high: 0 } : usualRange(expectation);
  return { day, expected: fromUnits(expectation?.expected ?? 0), low: fromUnits(range.low), high: fromUnits(range.high) };
}

function anomalyOf(slice: Slice, start: Day, run: Run, { events, sensitivity, week }: Omit<Search, "since" | "holes">): Anomaly {
  const days = { start: addDays(start, run.start), end: addDays(start, run.end) };
  const event = events[run.span] ?? null;
  const { explains, expected } = event ? judge(run, event, sensitivity) : { explains: false, expected: null };
  return {
    id: `${slice.id}@${days.start}`,
    slice,
    name: sliceName(slice),
    period: days,
    seen: addDays(start, run.seen),
    grown: hasGrown(run.days, daysBetween(days.start, week)),
    direction: run.direction,
    class: run.class,
    rule: run.rule,
    actual: fromUnits(run.actual),
    expected: fromUnits(run.expected),
    low: fromUnits(run.low),
    high: fromUnits(run.high),
    daily: run.days.map(({ expectation }, index) => expectedOn(addDays(days.start, index), expectation)),
    event: event && { event, explains, expected: expected === null ? null : fromUnits(expected) },
  };
}

/** The runs of odd days of a slice that reach into the days asked for; `through` is its last settled day. */
export function foundIn(slice: Slice, through: Day, { since, sensitivity, events, week, holes }: Search): Found[] {
  const { start, values } = seriesOf(slice.days, through);
  // What never cost that much on a day cannot depart by it; most of many slices end here.
  if (!values.some((value) => Math.abs(value) >= sensitivity.amount)) return [];
  const own = eventsFor(events, slice.path);
  return findRuns(values, sensitivity, [...spansOf(own, start), ...holeSpans(holes, start)], start)
    .filter((run) => addDays(start, run.end) > since && run.span < own.length)
    .map((run) => ({ run, anomaly: anomalyOf(slice, start, run, { events: own, sensitivity, week }) }));
}

/** Less than one unit of the currency a day is nobody's half hour. */
const leastAmount = 1;

/** The least amount that matters: a share of what all slices cost on a mean day of the last four weeks. */
export function sensitivityFor(services: readonly Slice[], through: Day, thresholds: Thresholds): Sensitivity {
  const weeks = { start: addDays(through, -27), end: addDays(through, 1) };
  const days = new Set(services.flatMap((slice) => [...slice.days.keys()]).filter((day) => day >= weeks.start && day < weeks.end));
  const total = services.flatMap((slice) => [...days].map((day) => toUnits(slice.days.get(day) ?? 0n))).reduce((a, b) => a + b, 0);
  const meanDay = days.size === 0 ? 0 : total / days.size;
  return { share: thresholds.anomaly / 100, amount: Math.max(leastAmount, (meanDay * thresholds.anomalyShare) / 100) };
}
