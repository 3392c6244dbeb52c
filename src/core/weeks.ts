import { type Day, type Period, addDays, isoWeekOf } from "./day.ts";

/** The seven days under review, and the seven before them. */
export interface Weeks {
  readonly period: Period;
  readonly prior: Period;
}

/** The same with the name of the review: the ISO week of the last day, such as `2026-W47`. */
export interface NamedWeeks extends Weeks {
  readonly id: string;
}

/** The weeks of a review date: `period` is the seven days before it. */
export function weekBefore(asOf: Day): NamedWeeks {
  const start = addDays(asOf, -7);
  return { period: { start, end: asOf }, prior: { start: addDays(start, -7), end: start }, id: isoWeekOf(addDays(asOf, -1)) };
}
