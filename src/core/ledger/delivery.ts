import { addDays, type Day, eachDay, type Period } from "../day.ts";
import { apportion, type Decimal, decimalToMicros, spread, sumOfDecimals, unitsAt } from "../money.ts";
import { Problem } from "../problem.ts";
import type { Charge, ChargeKey, Counters, Ids } from "./charge.ts";
import { rangesOf } from "./ranges.ts";
import { endsWith } from "./usage.ts";

/** What one reading of a source brings. */
export interface Delivery {
  readonly source: string;
  /** The days it answers for: inside them each day is replaced, outside them days stay. */
  readonly ranges: readonly Period[];
  readonly charges: readonly Charge[];
  /** The last day the source calls final; null when it holds no day. */
  readonly settledThrough: Day | null;
  readonly warnings: readonly string[];
}

/** A row as a source states it: exact amounts, not yet rounded, any number of rows per key. */
export interface ExactRow extends ChargeKey, Counters {
  readonly billed: Decimal;
  readonly effective: Decimal;
  /** The last day, inclusive, of a charge longer than a day; null for a charge of at most a day. */
  readonly lastDay: Day | null;
}

interface Reading {
  readonly source: string;
  readonly rows: readonly ExactRow[];
  /** The review date: days on or after it are dropped. */
  readonly asOf: Day;
  /** How many of the latest days the source may still change. */
  readonly settlingDays: number;
  /** The day after its last one, for a source that ended: no more usage is waited for. */
  readonly until?: Day | undefined;
  /** The days it answers for, in order, those without a charge too; left out, they are taken from the rows. */
  readonly ranges?: readonly Period[];
  readonly warnings: readonly string[];
}

/** What tells one charge from another, in the order in which charges are sorted. */
export const keyFields = [
  "day",
  "billingPeriod",
  "provider",
  "service",
  "category",
  "correction",
  "frequency",
  "currency",
  "model",
  "account",
  "project",
  "apiKey",
  "tags",
  "source",
  "estimated",
  "accountId",
  "projectId",
  "apiKeyId",
] as const satisfies readonly (keyof ChargeKey)[];

/** A field of the key that the list above lacks: the compiler refuses `compareCharges` while there is one. */
type MissingField = Exclude<keyof ChargeKey, (typeof keyFields)[number]>;

/** The counters of a charge. */
export const counterFields = [
  "requests",
  "inputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "outputTokens",
] as const satisfies readonly (keyof Counters)[];

function order(a: string | boolean | null | undefined, b: string | boolean | null | undefined): number {
  const [left, right] = [a ?? "", b ?? ""];
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Orders charges by day, then by the other fields of the key, texts by code unit; 0 only for the same key. */
export function compareCharges(a: ChargeKey, b: ChargeKey): number {
  // Written out, in the order of `keyFields`: there are many charges to compare.
  return (order(a.day, b.day) ||
    order(a.billingPeriod, b.billingPeriod) ||
    order(a.provider, b.provider) ||
    order(a.service, b.service) ||
    order(a.category, b.category) ||
    order(a.correction, b.correction) ||
    order(a.frequency, b.frequency) ||
    order(a.currency, b.currency) ||
    order(a.model, b.model) ||
    order(a.account, b.account) ||
    order(a.project, b.project) ||
    order(a.apiKey, b.apiKey) ||
    order(a.tags, b.tags) ||
    order(a.source, b.source) ||
    order(a.estimated, b.estimated) ||
    order(a.accountId, b.accountId) ||
    order(a.projectId, b.projectId) ||
    order(a.apiKeyId, b.apiKeyId)) satisfies MissingField extends never ? number : never;
}

/**
 * Turns exact rows into daily charges, one per key, in the order of `compareCharges`; the order of the rows does not matter.
 * A charge longer than a day is rounded once to micro-units and spread evenly over its days, so its parts add up to it. All other rows are
 * added exactly and rounded per day, by largest remainder, so that each day adds up to its rounded exact total.
 */
export function deliver(reading: Reading): Delivery {
  const known = reading.rows.filter((row) => row.day < reading.asOf);
  const short = known.filter((row) => row.lastDay === null);
  const parts = known.filter((row) => row.lastDay !== null);
  // A monthly fee reaches to the end of its month: it must not make a source look settled whose usage ends earlier.
  const { until } = reading;
  const hasEnded = until !== undefined && until <= reading.asOf && endsWith(known, until);
  const usageDecides = !hasEnded && short.some((row) => row.category === "Usage");
  const lastShort = latestDay(short);
  const end = usageDecides && lastShort !== null ? addDays(lastShort, 1) : reading.asOf;
  const daily = roundedDays(merged(short));
  const charges = parts.length === 0 ? daily : joined([...daily, ...merged(parts).flatMap((row) => spreadRow(row, end))]);
  refuseHugeCounts(reading.source, charges);
  const ranges = reading.ranges ?? rangesOf(charges);
  const answered = reading.ranges?.at(-1)?.end;
  const last = answered === undefined ? charges.at(-1)?.day : addDays(answered, -1);
  return {
    source: reading.source,
    ranges,
    charges,
    settledThrough: last === undefined ? null : addDays(last, -reading.settlingDays),
    warnings: reading.warnings,
  };
}

/** @throws Problem for a sum that a number cannot hold exactly: the ledger would not be read again. */
function refuseHugeCounts(source: string, charges: readonly Charge[]): void {
  for (const charge of charges) {
    const field = counterFields.find((name) => Math.abs(charge[name] ?? 0) > Number.MAX_SAFE_INTEGER);
    if (field === undefined) continue;
    const of = [charge.provider, charge.service, charge.model].filter((text) => text !== "").join(" · ");
    throw new Problem(`source \`${source}\` counts ${charge[field]} ${field} of ${of} on ${charge.day}, more than any count can be`, {
      remedy: "Look for a wrong unit or column where the numbers come from; nothing of this source was read.",
    });
  }
}

function latestDay(rows: readonly ChargeKey[]): Day | null {
  return rows.reduce<Day | null>((latest, row) => (latest === null || row.day > latest ? row.day : latest), null);
}

/** The sum of two counts; one that is not known adds nothing. */
export function addCounter(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}

/** The sums of all counters. */
function addCounters(a: Counters, b: Counters): Counters {
  return {
    requests: addCounter(a.requests, b.requests),
    inputTokens: addCounter(a.inputTokens, b.inputTokens),
    cacheReadTokens: addCounter(a.cacheReadTokens, b.cacheReadTokens),
    cacheWriteTokens: addCounter(a.cacheWriteTokens, b.cacheWriteTokens),
    outputTokens: addCounter(a.outputTokens, b.outputTokens),
  };
}

/** Orders by key, then by last day. */
function compareRows(a: Keyed, b: Keyed): number {
  const order = compareCharges(a, b);
  if (order !== 0) return order;
  const [left, right] = [a.lastDay ?? "", b.lastDay ?? ""];
  return left === right ? 0 : left < right ? -1 : 1;
}

type Keyed = ChargeKey & { readonly lastDay?: Day | null };

/** In order, one item per key (and last day): so the engine mostly gives them already. */
function areDistinct(items: readonly Keyed[]): boolean {
  return items.every((item, index) => {
    const before = items[index - 1];
    return before === undefined || compareRows(before, item) < 0;
  });
}

/** One item per key (and last day), `add` applied to those that share it; in order. */
function mergedBy<T extends Keyed>(items: readonly T[], add: (a: T, b: T) => T): readonly T[] {
  if (areDistinct(items)) return items;
  const result: T[] = [];
  for (const item of items.toSorted(compareRows)) {
    const previous = result.at(-1);
    if (previous !== undefined && compareRows(previous, item) === 0) result[result.length - 1] = add(previous, item);
    else result.push(item);
  }
  return result;
}

function merged(rows: readonly ExactRow[]): readonly ExactRow[] {
  return mergedBy(rows, (a, b) => ({
    ...a,
    ...addCounters(a, b),
    billed: sumOfDecimals([a.billed, b.billed]),
    effective: sumOfDecimals([a.effective, b.effective]),
  }));
}

function joined(charges: readonly Charge[]): readonly Charge[] {
  return mergedBy(charges, (a, b) => ({ ...a, ...addCounters(a, b), billed: a.billed + b.billed, effective: a.effective + b.effective }));
}

/** Micro-units for each amount that add up to the rounded exact total. */
function roundedTogether(amounts: readonly Decimal[]): bigint[] {
  const scale = amounts.reduce((most, amount) => Math.max(most, amount.scale), 6);
  return apportion(
    amounts.map((amount) => unitsAt(amount, scale)),
    10n ** BigInt(scale - 6),
  );
}

function roundedDays(rows: readonly ExactRow[]): Charge[] {
  return [...Map.groupBy(rows, (row) => row.day).values()].flatMap((day) => {
    const billed = roundedTogether(day.map((row) => row.billed));
    const isBilled = day.every((row) => row.effective === row.billed);
    const effective = isBilled ? billed : roundedTogether(day.map((row) => row.effective));
    return day.map((row, index) => chargeOf(row, { billed: billed[index] ?? 0n, effective: effective[index] ?? 0n }));
  });
}

/** A charge with the ids of its row, if that has any: most have none. */
function withIds(charge: Charge, { accountId, projectId, apiKeyId }: Ids): Charge {
  if ((accountId ?? projectId ?? apiKeyId) === undefined) return charge;
  return {
    ...charge,
    ...(accountId === undefined ? {} : { accountId }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(apiKeyId === undefined ? {} : { apiKeyId }),
  };
}

type Amounts = Pick<Charge, "billed" | "effective">;

/** The charge of a row, or of that part of it which falls on one day. */
function chargeOf(row: ExactRow, { billed, effective }: Amounts, part: Pick<Charge, "day"> & Counters = row): Charge {
  const charge: Charge = {
    day: part.day,
    billingPeriod: row.billingPeriod,
    provider: row.provider,
    service: row.service,
    category: row.category,
    correction: row.correction,
    frequency: row.frequency,
    currency: row.currency,
    model: row.model,
    account: row.account,
    project: row.project,
    apiKey: row.apiKey,
    tags: row.tags,
    source: row.source,
    estimated: row.estimated,
    requests: part.requests,
    inputTokens: part.inputTokens,
    cacheReadTokens: part.cacheReadTokens,
    cacheWriteTokens: part.cacheWriteTokens,
    outputTokens: part.outputTokens,
    billed,
    effective,
  };
  return withIds(charge, row);
}

/** The daily parts of a charge longer than a day, those before `end`. */
function spreadRow(row: ExactRow, end: Day): Charge[] {
  const days = eachDay({ start: row.day, end: addDays(row.lastDay ?? row.day, 1) });
  const billed = spread(decimalToMicros(row.billed), days.length);
  const effective = spread(decimalToMicros(row.effective), days.length);
  const counters = counterFields.map((field) => spreadCounter(row[field], days.length));
  const at = (field: number, index: number) => counters[field]?.[index] ?? null;
  return days
    .filter((day) => day < end)
    .map((day, index) => {
      const part = {
        day,
        requests: at(0, index),
        inputTokens: at(1, index),
        cacheReadTokens: at(2, index),
        cacheWriteTokens: at(3, index),
        outputTokens: at(4, index),
      };
      return chargeOf(row, { billed: billed[index] ?? 0n, effective: effective[index] ?? 0n }, part);
    });
}

function spreadCounter(count: number | null, days: number): number[] | null {
  return count === null ? null : spread(BigInt(count), days).map(Number);
}
