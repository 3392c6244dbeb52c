import { type Day, type Period, addDays, contains, daysBetween, eachDay } from "../../day.ts";
import { isDailyUsage } from "../../ledger/usage.ts";
import { type Micros, sum } from "../../money.ts";
import { type PlannedEvent, eventsFor, isLasting, passesEverywhere } from "../../settings/events.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";
import { sumByDay } from "../trend.ts";

/** Before a hole so many days are looked at, of which so many hold usage: of fewer nothing is usual. */
const [lookedAt, fewestDays] = [28, 8];
const shortestHole = 2;

const gapBetween = (before: Day, after: Day) => daysBetween(before, after) - 1;

/** What usage cost on the days that have some. */
type Daily = ReadonlyMap<Day, Micros>;

/** Days without usage inside the data. */
export interface Holes {
  /** Stretches on which nobody has any, oldest first. */
  readonly holes: readonly Period[];
  /** Stretches on which one of several providers has none, by provider, source and day. */
  readonly providerHoles: readonly ProviderHole[];
}

/** Days without usage of a provider, of those whose costs a source brings. */
export interface ProviderHole {
  readonly provider: string;
  readonly source: string;
  readonly period: Period;
}

/**
 * Stretches of days inside the data without any usage, oldest first: two days or more, and more than twice as long as any such
 * stretch of the four weeks before. Who uses nothing on weekends has no hole each week, nor on days of `planned`, such as a holiday.
 */
function holesIn(daily: Daily, planned: readonly Period[]): Period[] {
  const days = [...daily.keys()].sort();
  return days.flatMap((after, index): Period[] => {
    const before = days[index - 1];
    if (before === undefined || gapBetween(before, after) < shortestHole) return [];
    const from = addDays(before, 1 - lookedAt);
    const earlier = days.slice(0, index).filter((day) => day >= from);
    const longest = earlier.slice(1).reduce((most, day, place) => Math.max(most, gapBetween(earlier[place] ?? day, day)), 0);
    const hole = { start: addDays(before, 1), end: after };
    const missing = eachDay(hole).filter((day) => !planned.some((period) => contains(period, day))).length;
    return earlier.length < fewestDays || missing < shortestHole || missing <= 2 * longest ? [] : [hole];
  });
}

/** A provider is missed where it had usage on so many of so many days before, and at least such a part (1 ÷ 100) of what all usage cost. */
const [usualDays, usualOf] = [12, 14];
const leastPart = 100n;

/** Usage on nearly every day before a hole: less often, days without any are as likely days of no use. */
function isMissed(own: Daily, all: Daily, { start }: Period): boolean {
  const before = eachDay({ start: addDays(start, -usualOf), end: start });
  const spent = (daily: Daily) => sum(before.map((day) => daily.get(day) ?? 0n));
  return before.filter((day) => own.has(day)).length >= usualDays && spent(own) * leastPart >= spent(all);
}

/** Holes of single providers that are missed; none on days of an event that passes and covers the provider. */
function providerHolesIn(
  usage: readonly ServiceCost[],
  cost: (charge: ServiceCost) => Micros,
  events: readonly PlannedEvent[],
): ProviderHole[] {
  const passing = events.filter((event) => !isLasting(event));
  const all = sumByDay(usage, cost);
  const parts = Map.groupBy(usage, ({ provider, source }) => `${provider}\0${source}`);
  return [...parts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const daily = sumByDay(own, cost);
      const { provider = "", source = "" } = own[0] ?? {};
      return holesIn(daily, eventsFor(passing, [provider]))
        .filter((period) => provider !== "" && isMissed(daily, all, period))
        .map((period) => ({ provider, source, period }));
    });
}

/** The holes of all costs together, and those of single providers that reach beyond them. */
export function holesOf(charges: readonly ServiceCost[], cost: (charge: ServiceCost) => Micros, events: readonly PlannedEvent[]): Holes {
  const usage = charges.filter(isDailyUsage);
  const holes = holesIn(sumByDay(usage, cost), events.filter(passesEverywhere));
  const isWithin = (inner: Period) => holes.some(({ start, end }) => start <= inner.start && inner.end <= end);
  return { holes, providerHoles: providerHolesIn(usage, cost, events).filter(({ period }) => !isWithin(period)) };
}
