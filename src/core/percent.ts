import { type Micros, decimalOf } from "./money.ts";

/** Thresholds in percent, compared on exact integers. */

/**
 * Compares `value` with `base` moved by `percent`, on exact integers: −1 below, 0 on the boundary, 1 above.
 * Both amounts are in the same scale; `percent` may be negative.
 */
export function compareToBase(value: bigint, base: bigint, percent: number): -1 | 0 | 1 {
  const decimal = decimalOf(percent);
  const hundred = 100n * 10n ** BigInt(decimal.scale);
  const left = value * hundred;
  const right = base * (hundred + decimal.units);
  return left === right ? 0 : left > right ? 1 : -1;
}

/** Whether an amount is at least so many percent of a whole, on exact integers. */
export function isShare(amount: Micros, whole: Micros, percent: number): boolean {
  const least = decimalOf(percent);
  return amount * 100n * 10n ** BigInt(least.scale) >= whole * least.units;
}
