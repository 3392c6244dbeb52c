import { type Day, addDays } from "../day.ts";
import type { Decimal } from "../money.ts";
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

type Row = Kind & { readonly lastDay: Day | null; readonly billed: Decimal; readonly effective: Decimal };

/**
 * Whether a source is over, by its rows: their last day with usage that costs anything is the very day before `until`; exports go on for a while with rows of
 * nothing. `lastDay` is that of a row longer than a day.
 */
export function endsWith(rows: readonly Row[], until: Day): boolean {
  const costs = ({ billed, effective }: Row) => billed.units !== 0n || effective.units !== 0n;
  const used = rows.filter((row) => isDailyUsage(row) && costs(row)).map(({ day, lastDay }) => lastDay ?? day);
  const last = addDays(until, -1);
  return used.includes(last) && used.every((day) => day <= last);
}
