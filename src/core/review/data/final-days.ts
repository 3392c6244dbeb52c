import { type Day, addDays, daysBetween, eachDay } from "../../day.ts";
import { percentChange } from "../../format.ts";
import { type Micros, sum } from "../../money.ts";
import { settledOf } from "../../slices/settled.ts";
import { type Slice, costIn } from "../../slices/slice.ts";
import type { Weeks } from "../../weeks.ts";
import { type Held, type SameDays, isHeld } from "./beginning.ts";

/** A slice on the days of the week that are final, and on the same weekdays before. */
export interface FinalDays extends SameDays {
  /** The last of them. */
  readonly through: Day;
}

/**
 * Null where all days of the week are final, or none is: later days of a slice may still grow, so that its week looks smaller than it is.
 * Weekdays that the data do not hold of both weeks tell nothing.
 */
export function onFinalDays(slice: Slice, review: Held & Weeks & { readonly sources: Parameters<typeof settledOf>[0] }): FinalDays | null {
  const { sources, period } = review;
  const through = settledOf(sources)(slice);
  if (through === null || through < period.start || through >= addDays(period.end, -1)) return null;
  const days = eachDay({ start: period.start, end: addDays(through, 1) }).filter(
    (day) => isHeld(review, day) && isHeld(review, addDays(day, -7)),
  );
  if (days.length === 0) return null;
  const prior7 = sum(days.map((day) => slice.days.get(addDays(day, -7)) ?? 0n));
  const last7 = sum(days.map((day) => slice.days.get(day) ?? 0n));
  return { through, days: days.length, last7, prior7, percent: percentChange(last7, prior7) };
}

/** All cost of the week on its days that are final, and on the same weekdays before; null where all of them are, or none is. */
export function weekOnFinalDays(daily: ReadonlyMap<Day, Micros>, { period, prior }: Weeks, through: Day | null): FinalDays | null {
  if (through === null || through < period.start || through >= addDays(period.end, -1)) return null;
  const days = daysBetween(period.start, through) + 1;
  const costFrom = (start: Day) => costIn(daily, { start, end: addDays(start, days) });
  const [last7, prior7] = [costFrom(period.start), costFrom(prior.start)];
  return { through, days, last7, prior7, percent: percentChange(last7, prior7) };
}
