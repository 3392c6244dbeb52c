import { expectNext, fewestDays } from "../anomaly/expectation.ts";
import { isLeftOut, levelFrom } from "../anomaly/planned-spans.ts";
import { daysLeftOut } from "../anomaly/runs.ts";
import type { Day } from "../day.ts";
import type { Micros } from "../money.ts";
import type { Thresholds } from "../settings/config.ts";
import type { PlannedEvent } from "../settings/events.ts";
import { sensitivityFor, seriesOf, toMicros } from "./odd-days.ts";
import { spansOf } from "./planned.ts";
import type { Slice } from "./slice.ts";

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

/** `total` is what all services cost by day. Null with fewer than 14 days before it. Days that were odd are not what a day is expected to be like. */
export function yesterdayOf(
  services: readonly Slice[],
  total: ReadonlyMap<Day, Micros>,
  day: Day,
  thresholds: Thresholds,
  events: readonly PlannedEvent[],
): Yesterday | null {
  const { start, values } = seriesOf(total, day);
  if (values.length <= fewestDays) return null;
  const before = values.slice(0, -1);
  const spans = spansOf(
    events.filter(({ scope }) => scope === undefined),
    start,
  );
  const odd = daysLeftOut(before, sensitivityFor(services, day, thresholds), spans);
  const last = before.length;
  const left = odd.map((is, index) => isLeftOut(spans, index, last, is));
  const expectation = expectNext(before, left, levelFrom(spans, last));
  if (!expectation) return null;
  const { expected, scale } = expectation;
  const amounts = { expected: toMicros(expected), low: toMicros(Math.max(0, expected - 2 * scale)), high: toMicros(expected + 2 * scale) };
  return { day, actual: total.get(day) ?? 0n, ...amounts };
}
