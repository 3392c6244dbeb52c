import { type Day, addDays, contains, daysBetween, eachDay } from "../../day.ts";
import { type Micros, divideRounded, fromUnits, sum } from "../../money.ts";
import { type PlannedEvent, isLasting } from "../../settings/events.ts";
import { type Slice, costIn } from "../../slices/slice.ts";
import { mean } from "../../statistics.ts";
import type { Anomaly, Found } from "./odd-days.ts";

/** What a provider is looked at without: departures of its services that are planned or ignored. */

/** A day of a service that departs, or that cost another amount ever since. */
interface KnownDay {
  readonly day: Day;
  readonly actual: Micros;
  readonly expected: Micros;
}

/** What a launch or migration brought or took away stays so: later days are expected as the same weekday of its run was. */
function daysSince({ anomaly: { slice, period, event }, run }: Found, through: Day | null): KnownDay[] {
  if (through === null || !event?.explains || !isLasting(event.event)) return [];
  const usual = run.days.map(({ value, expectation }) => expectation?.expected ?? value);
  return eachDay({ start: period.end, end: addDays(through, 1) }).map((day) => ({
    day,
    actual: slice.days.get(day) ?? 0n,
    expected: fromUnits(usual[daysBetween(period.start, day) % 7] ?? mean(usual)),
  }));
}

/** The days of a run, and those since of what stays. */
function daysOf({ anomaly, run }: Found, through: Day | null): KnownDay[] {
  const departed = run.days.map(({ value, expectation }, offset) => ({
    day: addDays(anomaly.period.start, offset),
    actual: fromUnits(value),
    expected: fromUnits(expectation?.expected ?? value),
  }));
  return [...departed, ...daysSince({ anomaly, run }, through)];
}

/** The days of services of a provider that are known to depart, through its last settled day; each day of a service once, as its first run has it. */
export function knownDays(provider: Slice, known: readonly Found[], through: Day | null): KnownDay[] {
  const own = known.filter(({ anomaly }) => anomaly.slice.path[0] === provider.key);
  const days = new Map<string, KnownDay>();
  for (const found of own)
    for (const one of daysOf(found, through)) {
      const key = `${one.day}\0${found.anomaly.slice.id}`;
      if (!days.has(key)) days.set(key, one);
    }
  return [...days.values()];
}

/** A provider without the departures of its services that are planned or ignored, so that those neither alarm again nor cover what else moved. */
export function withoutKnown(provider: Slice, known: readonly KnownDay[]): Slice {
  const days = new Map(provider.days);
  for (const { day, actual, expected } of known) days.set(day, (days.get(day) ?? 0n) - (actual - expected));
  return { ...provider, days };
}

/**
 * The amounts of a provider as they are, after it was looked at without what is known of its services: these are expected to cost what they
 * did, and an event moves the others.
 */
export function asItCost(found: Anomaly, provider: Slice, known: readonly KnownDay[]): Anomaly {
  const within = known.filter(({ day }) => contains(found.period, day));
  const [actual, expected] = [sum(within.map((one) => one.actual)), sum(within.map((one) => one.expected))];
  const moved = actual - expected;
  const { event } = found;
  const stated = event === null || event.expected === null ? null : event.expected + actual - affected(expected, event.event);
  return {
    ...found,
    slice: provider,
    actual: costIn(provider.days, found.period),
    expected: found.expected + moved,
    low: found.low + moved,
    high: found.high + moved,
    event: event && { ...event, expected: stated },
  };
}

/** What an event with a stated effect makes of an amount. */
function affected(amount: Micros, { effect }: PlannedEvent): Micros {
  return amount + divideRounded(amount * BigInt(Math.round((effect?.percent ?? 0) * 1_000)), 100_000n);
}
