import { UTCDateMini } from "@date-fns/utc/date/mini";
import { addMonths } from "date-fns/addMonths";
import { getDaysInMonth } from "date-fns/getDaysInMonth";
import { getISOWeek } from "date-fns/getISOWeek";
import { getISOWeekYear } from "date-fns/getISOWeekYear";

/** A UTC calendar day, `YYYY-MM-DD`. Days compare as text. */
export type Day = string;

/** A half-open range of UTC days: `start` belongs to it, `end` does not. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const dayMilliseconds = 86_400_000;

/** True for a day that exists: `2026-02-30` is none; from the year 1000 on, so that the days before it are days as well. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text) || text < "1000") return false;
  const time = timeOf(text);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}

/** Milliseconds since 1970 at its beginning; UTC days are all alike, so that days need no calendar, which months and weeks do. */
function timeOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function toDate(day: Day): Date {
  return new UTCDateMini(timeOf(day));
}

/** The UTC day of a point in time. */
export function dayOf(time: Date): Day {
  return time.toISOString().slice(0, 10);
}

/** The day so many days later; earlier for a negative count. */
export function addDays(day: Day, count: number): Day {
  return dayOf(new Date(timeOf(day) + count * dayMilliseconds));
}

/** Days from `start` to `end`; negative when `end` is earlier. */
export function daysBetween(start: Day, end: Day): number {
  return (timeOf(end) - timeOf(start)) / dayMilliseconds;
}

/** Every day of the period, in order; none when it is empty or turned round. */
export function eachDay(period: Period): Day[] {
  const first = timeOf(period.start);
  const count = Math.max(0, daysBetween(period.start, period.end));
  return Array.from({ length: count }, (_, index) => dayOf(new Date(first + index * dayMilliseconds)));
}

/** Whether a day lies in a period: its start does, its end does not. */
export function contains(period: Period, day: Day): boolean {
  return period.start <= day && day < period.end;
}

/** Whether two periods have a day in common. */
export function overlap(a: Period, b: Period): boolean {
  return a.start < b.end && b.start < a.end;
}

/** 0 = Sunday … 6 = Saturday. */
export function weekdayOf(day: Day): number {
  return toDate(day).getUTCDay();
}

/** The month of a day, `YYYY-MM`. */
export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** The days of a month `YYYY-MM`. */
export function monthPeriod(month: string): Period {
  const start = `${month}-01`;
  return { start, end: dayOf(addMonths(toDate(start), 1)) };
}

/** How many days the month of `day` has. */
export function monthLength(day: Day): number {
  return getDaysInMonth(toDate(day));
}

/** The ISO week of a day, with its ISO week-year: 2027-01-03 → `2026-W53`. */
export function isoWeekOf(day: Day): string {
  const date = toDate(day);
  return `${getISOWeekYear(date)}-W${String(getISOWeek(date)).padStart(2, "0")}`;
}
