import { type Day, eachDay } from "../day.ts";
import { percentChange } from "../format.ts";
import { type Micros, divideRounded } from "../money.ts";
import type { MetricKind } from "../settings/metrics.ts";
import type { Weeks } from "../weeks.ts";

/** What a metric is, wherever it is read. */
export interface MetricName {
  readonly name: string;
  readonly kind: MetricKind;
  /** Of revenue, else null. */
  readonly currency: string | null;
}

/** One row of a metric; several of a day add up. The value is in millionths. */
export interface MetricRow {
  readonly day: Day;
  readonly value: Micros;
  /** Empty where rows are not by customer. */
  readonly customer: string;
}

/** A value of both weeks, in millionths. */
export interface MetricWeeks {
  readonly last7: Micros;
  readonly prior7: Micros;
}

/** What a review knows of a metric: what figures keep, so that the review can be computed again. */
export interface Metric extends MetricName {
  /** The last day with a value before the review date. */
  readonly through: Day | null;
  /** Why it could not be read this time, else null. */
  readonly problem: string | null;
  /** Values of the 14 days before the review date, oldest first, in millionths; null = not known, which is not 0. */
  readonly days: readonly (Micros | null)[];
  /** What the days known add up to by customer; null where the metric is not by customer. */
  readonly customers: ReadonlyMap<string, MetricWeeks> | null;
  /** The same of all customers together that cost something and have no row of their own: what a file keeps of them. */
  readonly others?: MetricWeeks | undefined;
}

/** A metric of which nothing is known. */
export function unknownMetric({ name, kind, currency }: MetricName, problem: string | null): Metric {
  return { name, kind, currency, through: null, problem, days: Array.from({ length: 14 }, () => null), customers: null };
}

function customersOf(rows: readonly MetricRow[], { period }: Weeks): Map<string, MetricWeeks> {
  const found = new Map<string, MetricWeeks>();
  for (const { day, value, customer } of rows) {
    const { last7, prior7 } = found.get(customer) ?? { last7: 0n, prior7: 0n };
    found.set(customer, day >= period.start ? { last7: last7 + value, prior7 } : { last7, prior7: prior7 + value });
  }
  return found;
}

/** The rows of a metric as a review sees them; days on and after the review date are ignored. */
export function metricOf(name: MetricName, rows: readonly MetricRow[], weeks: Weeks, byCustomer: boolean): Metric {
  const past = rows.filter(({ day }) => day < weeks.period.end);
  const own = past.filter(({ day }) => day >= weeks.prior.start);
  const days = new Map<Day, Micros>();
  for (const { day, value } of own) days.set(day, (days.get(day) ?? 0n) + value);
  return {
    ...name,
    through: past.reduce<Day | null>((last, { day }) => (last === null || day > last ? day : last), null),
    problem: null,
    days: eachDay({ start: weeks.prior.start, end: weeks.period.end }).map((day) => days.get(day) ?? null),
    customers: byCustomer ? customersOf(own, weeks) : null,
  };
}

/** One week of a metric. */
export interface MetricWeek {
  /** What the known days add up to; of users the mean of a day, to the nearest millionth. */
  readonly value: Micros;
  /** How many of the seven days are known. */
  readonly known: number;
}

/** The last or the prior seven days of a metric. */
export function weekOf({ days, kind }: Metric, which: "last7" | "prior7"): MetricWeek {
  const own = which === "prior7" ? days.slice(0, 7) : days.slice(7, 14);
  const values = own.filter((value) => value !== null);
  const total = values.reduce((sum, value) => sum + value, 0n);
  const value = kind === "users" && values.length > 0 ? divideRounded(total, BigInt(values.length)) : total;
  return { value, known: values.length };
}

const weekdays = [0, 1, 2, 3, 4, 5, 6] as const;

/** The positions in a week whose days both weeks know. */
export function knownInBoth({ days }: Pick<Metric, "days">): number[] {
  return weekdays.filter((index) => (days[index] ?? null) !== null && (days[index + 7] ?? null) !== null);
}

/** By what the product is told: the metric that growth names where it is among these, else all of them. */
export function ofProduct<T extends { readonly name: string }>(found: readonly T[], growth: string | null): readonly T[] {
  const named = found.filter(({ name }) => name === growth);
  return named.length > 0 ? named : found;
}

/** With fewer days that both weeks know no growth is told: the missing ones could turn it round. */
export const fewestDays = 5;

/** Growth week on week in percent, on the weekdays that both weeks know; null with too few, or nothing before. */
export function growthOf(metric: Metric): number | null {
  const known = knownInBoth(metric);
  const total = (first: number) => known.reduce((sum, index) => sum + (metric.days[index + first] ?? 0n), 0n);
  return known.length < fewestDays ? null : percentChange(total(7), total(0));
}
