import { type Day, addDays, monthLength } from "../day.ts";

/** How many days before it the same day of the month before lies: the one with its number, and for the last of a month the last. */
export function daysToMonthBefore(day: Day): number[] {
  const number = Number(day.slice("2026-11-".length));
  const lengthBefore = monthLength(addDays(day, -number));
  return [...(number <= lengthBefore ? [lengthBefore] : []), ...(number === monthLength(day) ? [number] : [])];
}
