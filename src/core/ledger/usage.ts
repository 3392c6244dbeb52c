import { type Day, addDays } from "../day.ts";
import { type Charge, isLateCorrection } from "./charge.ts";

type Kind = Pick<Charge, "day" | "billingPeriod" | "category" | "correction" | "frequency">;

/** A charge that repeats or happens once says nothing about the days to come. */
export function isPaced(charge: Omit<Kind, "category">): boolean {
  return charge.frequency !== "Recurring" && charge.frequency !== "One-Time" && !isLateCorrection(charge);
}

/** What tells whether a day is in the data: fees are billed, and stand on each day of their period, whether the usage of that day arrived or not. */
export function isDailyUsage(charge: Kind): boolean {
  return charge.category === "Usage" && isPaced(charge);
}

/** Whether a source is over, by its rows: their last day with usage is the very day before `until`. `lastDay` is that of a row longer than a day. */
export function endsWith(rows: readonly (Kind & { readonly lastDay: Day | null })[], until: Day): boolean {
  const used = rows.filter(isDailyUsage).map(({ day, lastDay }) => lastDay ?? day);
  const last = addDays(until, -1);
  return used.includes(last) && used.every((day) => day <= last);
}
