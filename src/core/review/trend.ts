import { type Day, type Period, addDays, contains, eachDay } from "../day.ts";
import { type Micros, sum, toCents } from "../money.ts";
import type { ServiceCost } from "../slices/service-cost.ts";

/** What a week cost, in cents. */
export interface WeekTotal {
  readonly period: Period;
  readonly total: bigint;
}

/** What a day cost, in cents. */
export interface DayTotal {
  readonly day: Day;
  readonly total: bigint;
}

/** What each day cost. */
export function sumByDay(charges: readonly ServiceCost[], cost: (charge: ServiceCost) => Micros): Map<Day, Micros> {
  const days = new Map<Day, Micros>();
  for (const charge of charges) days.set(charge.day, (days.get(charge.day) ?? 0n) + cost(charge));
  return days;
}

const trendWeeks = 6;

/** Totals of the last six weeks that have data, oldest first, the week under review last. */
export function weeksOf(daily: ReadonlyMap<Day, Micros>, period: Period, firstDay: Day | null): WeekTotal[] {
  const starts = Array.from({ length: trendWeeks }, (_, back) => addDays(period.start, -7 * (trendWeeks - 1 - back)));
  return starts
    .filter((start) => firstDay !== null && start >= firstDay)
    .map((start) => {
      const week = { start, end: addDays(start, 7) };
      return { period: week, total: toCents(sum([...daily].filter(([day]) => contains(week, day)).map(([, amount]) => amount))) };
    });
}

const chartDays = 91;

/** What each of the last days cost, oldest first, through the day before the review date; at most 13 weeks. */
export function daysOf(daily: ReadonlyMap<Day, Micros>, asOf: Day, firstDay: Day | null): DayTotal[] {
  if (firstDay === null) return [];
  const start = [firstDay, addDays(asOf, -chartDays)].sort().at(-1) ?? firstDay;
  return eachDay({ start, end: asOf }).map((day) => ({ day, total: toCents(daily.get(day) ?? 0n) }));
}
