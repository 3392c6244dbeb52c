import { type Day, addDays, monthOf, monthPeriod } from "../../src/core/day.ts";

/** A row of a FOCUS file by column name; a column that is left out is empty. */
export type Row = Readonly<Record<string, string>>;

const columns = [
  "ChargePeriodStart",
  "ChargePeriodEnd",
  "BillingPeriodStart",
  "BillingCurrency",
  "BilledCost",
  "EffectiveCost",
  "ChargeCategory",
  "ChargeClass",
  "ChargeFrequency",
  "ServiceProviderName",
  "ServiceName",
];

const cell = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The text of a FOCUS file: the usual columns, then every other one that a row has. */
export function focusCsv(rows: readonly Row[]): string {
  const all = [...new Set([...columns, ...rows.flatMap((row) => Object.keys(row))])];
  return `${[all, ...rows.map((row) => all.map((name) => row[name] ?? ""))].map((line) => line.map(cell).join(",")).join("\n")}\n`;
}

/** `12.34` from 1234. */
export function amount(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, "0");
  return `${cents < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A charge of one day, `cents` large on both cost bases. */
export function charge(day: Day, provider: string, service: string, cents: number, other: Row = {}): Row {
  return {
    ChargePeriodStart: `${day}T00:00:00Z`,
    ChargePeriodEnd: `${addDays(day, 1)}T00:00:00Z`,
    BillingPeriodStart: `${monthPeriod(monthOf(day)).start}T00:00:00Z`,
    BillingCurrency: "USD",
    BilledCost: amount(cents),
    EffectiveCost: amount(cents),
    ChargeCategory: "Usage",
    ChargeFrequency: "Usage-Based",
    ServiceProviderName: provider,
    ServiceName: service,
    ...other,
  };
}

/** One charge a day from `start` on. */
export function daily(start: Day, provider: string, service: string, cents: readonly number[], other: Row = {}): Row[] {
  return cents.map((value, index) => charge(addDays(start, index), provider, service, value, other));
}

/** Weeks from Monday on: cents of each weekday and of each day of the weekend. */
export function weeks(...list: readonly (readonly [weekday: number, weekend: number])[]): number[] {
  return list.flatMap(([weekday, weekend]) => [...Array.from({ length: 5 }, () => weekday), weekend, weekend]);
}

/** The same list again and again. */
export function times<T>(count: number, list: readonly T[]): T[] {
  return Array.from({ length: count }, () => list).flat();
}
