import { type Day, type Period, addDays, contains, daysBetween, eachDay } from "../../day.ts";
import type { Micros } from "../../money.ts";

/** Before a hole so many days are looked at, of which so many hold usage: of fewer nothing is usual. */
const [lookedAt, fewestDays] = [28, 8];
const shortestHole = 2;

const gapBetween = (before: Day, after: Day) => daysBetween(before, after) - 1;

/**
 * Stretches of days inside the data on which no source has any usage, oldest first: two days or more, and more than twice as long as any such
 * stretch of the four weeks before. Who uses nothing on weekends has no hole each week, nor on days of `planned`, such as a holiday.
 * `daily` is what usage cost on the days that have some.
 */
export function holesIn(daily: ReadonlyMap<Day, Micros>, planned: readonly Period[]): Period[] {
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
