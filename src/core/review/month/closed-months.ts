import { type Day, addDays, monthOf, monthPeriod } from "../../day.ts";
import { type Micros, toCents } from "../../money.ts";

/** A month that is over, and what it cost in cents. */
export interface ClosedMonth {
  readonly month: string;
  readonly total: bigint;
  /** What of it are corrections of earlier months. */
  readonly corrections: bigint;
}

/** A correction of an earlier billing period, by the period that bills it. */
export interface LateCorrection {
  readonly billingPeriod: Day;
  readonly amount: Micros;
}

/** Months that are settled to their last day and whose first day lies within the data; `corrections` are what they billed of earlier months. */
export function closedMonths(
  daily: ReadonlyMap<Day, Micros>,
  corrections: readonly LateCorrection[],
  firstDay: Day | null,
  settledThrough: Day | null,
): ClosedMonth[] {
  if (firstDay === null || settledThrough === null) return [];
  const begins = firstDay.endsWith("-01") ? firstDay : monthPeriod(monthOf(firstDay)).end;
  const months: string[] = [];
  for (let start = begins; monthPeriod(monthOf(start)).end <= addDays(settledThrough, 1); start = monthPeriod(monthOf(start)).end)
    months.push(monthOf(start));
  const [totals, corrected] = [new Map<string, Micros>(), new Map<string, Micros>()];
  for (const [day, amount] of daily) totals.set(monthOf(day), (totals.get(monthOf(day)) ?? 0n) + amount);
  for (const { billingPeriod, amount } of corrections)
    corrected.set(monthOf(billingPeriod), (corrected.get(monthOf(billingPeriod)) ?? 0n) + amount);
  return months.map((month) => {
    const own = corrected.get(month) ?? 0n;
    return { month, total: toCents((totals.get(month) ?? 0n) + own), corrections: toCents(own) };
  });
}
