import { type Day, addDays, daysBetween } from "../day.ts";
import type { Charge } from "./charge.ts";

/** Sources that bring a row a week or a month, such as invoices: between two rows nothing is missing. */

/** From so many days on, in gaps as long as each other but for so many days, rows have a rhythm. */
const [fewestDays, mostApart] = [3, 3];
const [aWeek, aMonth] = [7, 27];
/** The last rows tell the rhythm: a source may have begun otherwise. */
const lookedAt = 6;

/** The shortest of the gaps between days, in order, with a rhythm of a week or more; null for all others. */
function rhythmOf(days: readonly Day[]): number | null {
  const last = days.slice(-lookedAt);
  const gaps = last.slice(1).map((day, index) => daysBetween(last[index] ?? day, day));
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return last.length >= fewestDays && least >= aWeek && most - least <= mostApart ? least : null;
}

const sortedDays = (days: Iterable<Day>) => [...new Set(days)].sort();

/** The last day that a source answers for by the days of its rows: the last of them, or the day before the next one is due; null without any. */
export function answeredThrough(days: Iterable<Day>, asOf: Day): Day | null {
  const known = sortedDays(days);
  const last = known.at(-1);
  if (last === undefined) return null;
  const due = addDays(last, rhythmOf(known) ?? 1);
  return addDays(due < asOf ? due : asOf, -1);
}

/** Charges that come once a month are recurring, where their source does not say how often they come: no pace carries them on. */
export function withFrequency(charges: readonly Charge[]): readonly Charge[] {
  if (charges.some(({ frequency }) => frequency !== null)) return charges;
  const isMonthly = (rhythmOf(sortedDays(charges.map(({ day }) => day))) ?? 0) >= aMonth;
  return isMonthly ? charges.map((charge) => ({ ...charge, frequency: "Recurring" })) : charges;
}
