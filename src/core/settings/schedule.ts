import { type Day, addDays, daysBetween, weekdayOf } from "../day.ts";

/** The latest `weekday` (0 = Sunday) on or before a day: the review date of a run without `--as-of`. */
export function reviewDateOn(today: Day, weekday: number): Day {
  return addDays(today, -((weekdayOf(today) - weekday + 7) % 7));
}

const mostAtOnce = 4;

/**
 * The review dates of a run without `--as-of`: those missed since the newest known review, oldest first, at most four; the current
 * one when none is known or none was missed.
 */
export function dueReviews(current: Day, newestEnd: Day | null): Day[] {
  if (newestEnd === null) return [current];
  const dates: Day[] = [];
  for (let date = current; date > newestEnd; date = addDays(date, -7)) dates.unshift(date);
  return dates.length === 0 ? [current] : dates.slice(0, mostAtOnce);
}

/** `start` is the first day of any sprint; all are `weeks` long. */
export interface Sprint {
  readonly start: Day;
  readonly weeks: number;
}

/** The last day of the sprint that holds a day, or of the sprint `later` sprints after it. */
export function sprintEnd(day: Day, { start, weeks }: Sprint, later = 0): Day {
  const length = weeks * 7;
  const passed = Math.floor(daysBetween(start, day) / length);
  return addDays(start, (passed + later + 1) * length - 1);
}
