import { type Day, addDays, isDay, weekdayOf } from "../../core/day.ts";
import { type Sprint, sprintEnd } from "../../core/settings/schedule.ts";

/** What a day said in words is counted from. */
export interface SpokenFrom {
  readonly reviewDate: Day;
  /** The next review date, where the file states one. */
  readonly next: Day | null;
  /** Null where no sprint is configured. */
  readonly sprint: Sprint | null;
}

/** The day that was meant, or why it cannot be said. */
export type SpokenDay = { readonly day: Day } | { readonly missing: "sprint" | "next" };

const weekdays = [/^sun(day)?$/, /^mon(day)?$/, /^tue(s|sday)?$/, /^wed(nesday)?$/, /^thu(r|rs|rsday)?$/, /^fri(day)?$/, /^sat(urday)?$/];
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const month =
  "(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
const date = "(?<date>\\d{1,2})(?:st|nd|rd|th)?";
const year = "(?<year>\\d{4})";

/** Spellings of a date that can mean one day only: the year first, or the month as a word. */
const spellings = [
  /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<date>\d{1,2})$/,
  new RegExp(`^${date} ${month},? ${year}$`),
  new RegExp(`^${month} ${date},? ${year}$`),
];

function dateOf(words: string): Day | null {
  for (const spelling of spellings) {
    const { year = "", month = "", date = "" } = spelling.exec(words)?.groups ?? {};
    const number = /^\d/.test(month) ? month : String(months.indexOf(month.slice(0, 3)) + 1);
    const day = `${year}-${number.padStart(2, "0")}-${date.padStart(2, "0")}`;
    if (isDay(day)) return day;
  }
  return null;
}

/** The first such weekday after a day. */
function weekdayAfter(day: Day, weekday: number): Day {
  return addDays(day, ((weekday - weekdayOf(day) + 6) % 7) + 1);
}

/**
 * The day that a due date in words means: a weekday is the next one after the review date, a sprint stands for its last day.
 * Null for words that could mean more than one day, and for everything else.
 */
export function spokenDay(text: string, { reviewDate, next, sprint }: SpokenFrom): SpokenDay | null {
  if (text.length > 40) return null;
  const words = text.trim().toLowerCase().replace(/\s+/g, " ");
  const weekday = weekdays.findIndex((name) => name.test(words));
  if (weekday >= 0) return { day: weekdayAfter(reviewDate, weekday) };
  if (words === "next review") return next === null ? { missing: "next" } : { day: next };
  if (words === "this sprint" || words === "next sprint")
    return sprint === null ? { missing: "sprint" } : { day: sprintEnd(reviewDate, sprint, words === "next sprint" ? 1 : 0) };
  const day = dateOf(words);
  return day === null ? null : { day };
}
