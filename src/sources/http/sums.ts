import type { Day } from "../../core/day.ts";
import { absolute, type Decimal, decimalToMicros, microsPerCent, microsText, unitsAt } from "../../core/money.ts";
import { Problem } from "../../core/problem.ts";

/** An exact amount of a day. */
export interface DayAmount {
  readonly day: Day;
  readonly amount: Decimal;
}

/** Sums by day, exact until they are rounded once to micro-units. */
function sumsOf(amounts: readonly DayAmount[]): Map<Day, bigint> {
  const scales = amounts.reduce((most, { amount }) => Math.max(most, amount.scale), 0);
  const sums = new Map<Day, bigint>();
  for (const { day, amount } of amounts) sums.set(day, (sums.get(day) ?? 0n) + unitsAt(amount, scales));
  return new Map([...sums].map(([day, units]) => [day, decimalToMicros({ units, scale: scales })]));
}

/**
 * Makes sure that what was asked for in groups adds up, day by day, to what was asked for without: a grouping that leaves rows out or
 * counts some twice is not taken. Off by up to a cent a day is rounding.
 * @throws Problem with the first day and both sums.
 */
export function assertSameSums(vendor: string, grouped: readonly DayAmount[], whole: readonly DayAmount[]): void {
  const [parts, totals] = [sumsOf(grouped), sumsOf(whole)];
  for (const day of [...new Set([...parts.keys(), ...totals.keys()])].sort()) {
    const [part, total] = [parts.get(day) ?? 0n, totals.get(day) ?? 0n];
    if (absolute(part - total) > microsPerCent)
      throw new Problem(`${vendor} gives ${microsText(part)} for ${day} in groups, but ${microsText(total)} in total`, {
        remedy: "Run again later: the day may be changing. If it stays, please report it; nothing of this source was read.",
      });
  }
}
