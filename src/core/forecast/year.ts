import { sumOf } from "../statistics.ts";

/** 52 weeks: a year ago on the same weekday. */
const yearDays = 364;
const baseDays = 28;
/** A day a year ago stands with its neighbours, for dates move against weekdays. */
const neighbours = 1;
/** A year ago says no more than twice or half. */
const most = 2;

/**
 * What each of the next `days` days was, 52 weeks ago, in means of the four weeks before the first of them; weekdays taken out by
 * `profile`. Null while less than 56 weeks are known, and after four weeks of nothing.
 */
export function yearAgo(values: readonly number[], profile: readonly number[], days: number): number[] | null {
  const back = values.length - yearDays;
  if (back < baseDays) return null;
  const levelOf = (from: number, to: number) => {
    let usual = 0;
    for (let index = from; index < to; index++) usual += profile[index % 7] ?? 1;
    return usual > 0 ? sumOf(values, from, to) / usual : 0;
  };
  const base = levelOf(back - baseDays, back);
  if (base <= 0) return null;
  return Array.from({ length: days }, (_, ahead) => {
    const day = back + ahead;
    return Math.max(1 / most, Math.min(most, levelOf(day - neighbours, day + neighbours + 1) / base));
  });
}
