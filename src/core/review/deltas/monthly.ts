import { type Day, addDays } from "../../day.ts";
import type { Micros } from "../../money.ts";
import type { Weeks } from "../../weeks.ts";

/** Two months and the days of one week. */
const lookedAt = 69;

/**
 * The days of a slice that costs something once a month only, such as a seat fee, oldest first: on one and the same day of each of the last months, at
 * least two of them, one in both weeks. Empty for anything else.
 */
export function monthlyDays(daily: ReadonlyMap<Day, Micros>, { prior, period }: Weeks): Day[] {
  const from = addDays(period.end, -lookedAt);
  const days = [...daily]
    .filter(([day, amount]) => day >= from && day < period.end && amount !== 0n)
    .map(([day]) => day)
    .sort();
  const isMonthly = days.length >= 2 && new Set(days.map((day) => day.slice(8))).size === 1;
  return isMonthly && (days.at(-1) ?? "") >= prior.start ? days : [];
}

/** What comes once a month, and came with no more than a fifth over the last time: nothing has to explain it. */
export function isMonthly(daily: ReadonlyMap<Day, Micros>, weeks: Weeks): boolean {
  const [last, before] = monthlyDays(daily, weeks)
    .map((day) => daily.get(day) ?? 0n)
    .reverse();
  return last !== undefined && before !== undefined && last * 5n <= before * 6n;
}
