import { confirmedShift, detect } from "../../anomaly/detect.ts";
import { expectNext, fewestDays, usualRange } from "../../anomaly/expectation.ts";
import { isLeftOut, levelFrom } from "../../anomaly/planned-spans.ts";
import type { Direction } from "../../anomaly/step.ts";
import type { Day } from "../../day.ts";
import { type Micros, fromUnits } from "../../money.ts";
import type { Thresholds } from "../../settings/config.ts";
import type { Slice } from "../../slices/slice.ts";
import { type Search, sensitivityFor, seriesOf } from "./odd-days.ts";
import { holeSpans, spansOf } from "./planned.ts";

/** The last settled day against what the days before let expect (S66). */
export interface Yesterday {
  readonly day: Day;
  readonly actual: Micros;
  readonly expected: Micros;
  readonly low: Micros;
  readonly high: Micros;
}

/** What all services cost by day. */
export function usageByDay(services: readonly Slice[]): Map<Day, Micros> {
  const total = new Map<Day, Micros>();
  for (const slice of services) for (const [when, amount] of slice.days) total.set(when, (total.get(when) ?? 0n) + amount);
  return total;
}

/** The first day of the level that a long run of odd days has become; 0 without one. */
function newLevel(flagged: readonly (Direction | null)[]): number {
  let [run, level] = [0, 0];
  for (const [day, direction] of flagged.entries()) {
    if (direction === null) run = 0;
    else run = direction === flagged[day - 1] ? run + 1 : 1;
    if (run >= confirmedShift) level = day + 1 - confirmedShift;
  }
  return level;
}

/** Weeks in which a weekday that costs nothing is one that never does. */
const freeWeeks = [1, 2, 3, 4];

/** The same weekday cost nothing in all of the last weeks: then a day at nothing is as usual, whatever a mean weekday lets expect. */
function isFree(before: readonly number[]): boolean {
  return freeWeeks.every((weeks) => (before[before.length - 7 * weeks] ?? 0) === 0);
}

/**
 * `total` is what all services cost by day. Null with fewer than 14 days before it. Days that were odd are not what a day is expected to
 * be like, until they have become a new level; days that the data do not hold never are.
 */
export function yesterdayOf(
  services: readonly Slice[],
  total: ReadonlyMap<Day, Micros>,
  day: Day,
  thresholds: Thresholds,
  { events, holes }: Pick<Search, "events" | "holes">,
): Yesterday | null {
  const { start, values } = seriesOf(total, day);
  if (values.length <= fewestDays) return null;
  const before = values.slice(0, -1);
  const everywhere = events.filter(({ scope }) => scope === undefined);
  const spans = [...spansOf(everywhere, start), ...holeSpans(holes, start)];
  const { odd, flagged, isLeft } = detect(before, sensitivityFor(services, day, thresholds), spans, start);
  const [last, level] = [before.length, newLevel(flagged)];
  const isOdd = (index: number) => isLeft[index] === true || (odd[index] !== null && (level === 0 || index < level));
  const left = before.map((_, index) => isLeftOut(spans, index, last, isOdd(index)));
  const expectation = expectNext(before, left, Math.max(level, levelFrom(spans, last)));
  if (!expectation) return null;
  const { low, high } = usualRange(expectation);
  const amounts = { expected: fromUnits(expectation.expected), low: isFree(before) ? 0n : fromUnits(low), high: fromUnits(high) };
  return { day, actual: total.get(day) ?? 0n, ...amounts };
}
