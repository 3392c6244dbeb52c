import type { Metric } from "../../src/core/metrics/metric.ts";
import { units } from "./charges.ts";

/** Tickets, or what else is said, counted on the 14 days before the review date; null on a day is not known. */
export function metric(days: readonly (number | null)[], part: Partial<Omit<Metric, "days">> = {}): Metric {
  const values = days.map((value) => (value === null ? null : units(value)));
  return { name: "tickets", kind: "units", currency: null, through: "2026-11-22", problem: null, customers: null, ...part, days: values };
}

/** As many on each day of the week before, and on each of the week under review. */
export function twoWeeksOf(before: number, now: number): number[] {
  return [...Array<number>(7).fill(before), ...Array<number>(7).fill(now)];
}
