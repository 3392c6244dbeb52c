import { type Day, type Period, eachDay } from "../day.ts";
import { type Charge, type Identified, idFields, identityOf } from "./charge.ts";
import { type Delivery, counterFields, keyFields } from "./delivery.ts";
import { fold, foldTo } from "./fold.ts";

/**
 * The ledger: daily charges committed with each review. A day of a source is replaced as a whole, and the newest file that
 * holds it wins; so every past review can be computed again from the files up to its own.
 */

/** One day of one source; `dayKey` makes it, `splitDayKey` takes it apart. */
export type DayKey = string;
/** The charges of each day of each source; an empty list says that the day was delivered empty. */
export type Days = ReadonlyMap<DayKey, readonly Charge[]>;

/** A ledger file taken apart. */
export interface LedgerFile {
  /** `2026-11-23.2026-W47.csv`: review date and id; files are ordered by name. */
  readonly name: string;
  readonly days: Days;
}

/** The key of a day of a source; keys sort by day, then by source. */
export function dayKey(source: string, day: Day): DayKey {
  return `${day} ${source}`;
}

/** The day and the source that `dayKey` was given. */
export function splitDayKey(key: DayKey): { day: Day; source: string } {
  return { day: key.slice(0, 10), source: key.slice(11) };
}

const namePattern = /^(\d{4}-\d{2}-\d{2})\.(\d{4}-(?:W\d{2}|\d{2}))\.csv$/;

/** Review date and id from the name of a ledger file; null for other names. */
export function parseLedgerName(name: string): { asOf: Day; id: string } | null {
  const [, asOf, id] = namePattern.exec(name) ?? [];
  return asOf !== undefined && id !== undefined ? { asOf, id } : null;
}

/** The name of the ledger file of a review: `2026-11-23.2026-W47.csv`. */
export function ledgerName(asOf: Day, id: string): string {
  return `${asOf}.${id}.csv`;
}

/** What the files say together: for each day of each source the newest file by name. */
export function resolve(files: readonly LedgerFile[]): Map<DayKey, readonly Charge[]> {
  const ordered = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(ordered.flatMap((file) => [...file.days]));
}

/** The days that a delivery answers for, with what they hold now. Charges outside its ranges join what other billing periods left there. */
export function deliveredDays(base: Days, delivery: Delivery): Map<DayKey, readonly Charge[]> {
  const days = new Map<DayKey, readonly Charge[]>();
  for (const range of delivery.ranges) for (const day of eachDay(range)) days.set(dayKey(delivery.source, day), []);
  const billingPeriods = new Set(delivery.charges.map((charge) => charge.billingPeriod));
  for (const [day, charges] of Map.groupBy(delivery.charges, (charge) => charge.day)) {
    const key = dayKey(delivery.source, day);
    const others = days.get(key) ?? (base.get(key) ?? []).filter((known) => !billingPeriods.has(known.billingPeriod));
    days.set(key, [...others, ...charges]);
  }
  return days;
}

const printed = [...keyFields.filter((field) => !Object.values<string>(idFields).includes(field)), ...counterFields];

/** Everything about a charge as one text; what has an id by it alone, as a new name is no new charge. */
function fingerprint(charge: Charge): string {
  const named = printed.map((field) => (field in idFields ? identityOf(charge, field as Identified) : charge[field]));
  return JSON.stringify([...named, String(charge.billed), String(charge.effective), String(charge.list ?? "")]);
}

function sameCharges(known: readonly Charge[], fresh: readonly Charge[]): boolean {
  if (known.length === 0 && fresh.length === 0) return true;
  const comparable = foldTo(known, fresh);
  if (known.length !== comparable.length) return false;
  const prints = new Set(known.map(fingerprint));
  return comparable.every((charge) => prints.has(fingerprint(charge)));
}

/**
 * The days of a review's own ledger file after its sources were read: delivered days that differ from the older files, in full;
 * a day delivered empty that an older file holds as an empty list; days of `own` that were not delivered stay.
 */
export function ownDays(older: Days, own: Days, deliveries: readonly Delivery[]): Map<DayKey, readonly Charge[]> {
  const base = new Map([...older, ...own]);
  const days = new Map(own);
  for (const delivery of deliveries) {
    for (const [key, charges] of deliveredDays(base, delivery)) {
      if (sameCharges(older.get(key) ?? [], charges)) days.delete(key);
      else days.set(key, charges);
    }
  }
  return days;
}

/** More rows than this in one ledger file are folded. */
const mostRows = 50_000;

/** The days of one ledger file with at most 50,000 rows: above that the smallest details are folded, totals do not change. */
export function foldDays(days: Days): Days {
  const all = [...days.values()].flat();
  if (all.length <= mostRows) return days;
  const result = new Map<DayKey, Charge[]>([...days.keys()].map((key) => [key, []]));
  for (const charge of fold(all, mostRows)) result.get(dayKey(charge.source, charge.day))?.push(charge);
  return result;
}

/** True for what can move a figure: by its day or, for a correction, by the period that bills it. */
function isRecent(charge: Charge, from: Day): boolean {
  return charge.day >= from || charge.billingPeriod >= from;
}

/** The charges of the given sources from `from` on and before `before`. */
export function chargesOf(days: Days, sources: ReadonlySet<string>, from: Day, before: Day): Charge[] {
  const charges: Charge[] = [];
  for (const [key, list] of days) {
    const { day, source } = splitDayKey(key);
    if (day < before && sources.has(source)) charges.push(...list.filter((charge) => isRecent(charge, from)));
  }
  return charges;
}

/** The charges of the given sources on the days of a period that do not count after it. */
export function olderChargesOf(days: Days, sources: ReadonlySet<string>, { start, end }: Period): Charge[] {
  const charges: Charge[] = [];
  for (const [key, list] of days) {
    const { day, source } = splitDayKey(key);
    if (day >= start && day < end && sources.has(source)) charges.push(...list.filter((charge) => !isRecent(charge, end)));
  }
  return charges;
}

/** The files that hold what counts from `from` on, in order of their names. */
export function neededFiles<F extends LedgerFile>(files: readonly F[], from: Day): F[] {
  const winners = new Map<DayKey, F>();
  for (const file of files) {
    // A day that any file holds something recent of counts: the winner may have taken a correction back.
    for (const [key, list] of file.days) {
      if (winners.has(key) || splitDayKey(key).day >= from || list.some((charge) => isRecent(charge, from))) winners.set(key, file);
    }
  }
  const needed = new Set(winners.values());
  return files.filter((file) => needed.has(file));
}

/**
 * The files that a review was computed from, in order of their names: what counts from `from` on and, where its own file restates days
 * that older files hold, that file and those it restates, however old the days are.
 */
export function usedFiles<F extends LedgerFile>(older: readonly F[], own: F | null, from: Day): F[] {
  const all = own === null ? [...older] : [...older, own];
  const used = new Set(neededFiles(all, from));
  const restated = new Map<DayKey, F>();
  for (const file of older) for (const key of file.days.keys()) if (own?.days.has(key)) restated.set(key, file);
  if (own !== null && restated.size > 0) used.add(own);
  for (const file of restated.values()) used.add(file);
  return all.filter((file) => used.has(file));
}

/** The date of the newest review that saw any day new or changed; null where no file holds any. */
export function lastReviewIn(files: readonly LedgerFile[]): Day | null {
  const dates = files.flatMap(({ name, days }) => (days.size === 0 ? [] : (parseLedgerName(name)?.asOf ?? [])));
  return dates.sort().at(-1) ?? null;
}

/** The last day that anything in a file is about, be it charged or billed then; empty text for an empty file. */
export function newestDay({ days }: LedgerFile): Day | "" {
  let newest = "";
  for (const [key, charges] of days) {
    for (const day of [splitDayKey(key).day, ...charges.map(({ billingPeriod }) => billingPeriod)]) if (day > newest) newest = day;
  }
  return newest;
}

/** The last day with a charge of a source before `before`; null when there is none. */
export function lastDayOf(days: Days, source: string, before: Day): Day | null {
  let last: Day | null = null;
  for (const [key, list] of days) {
    const known = splitDayKey(key);
    if (known.source === source && known.day < before && list.length > 0 && (last === null || known.day > last)) last = known.day;
  }
  return last;
}

/** The names of all sources that the ledger holds days of. */
export function sourcesIn(days: Days): Set<string> {
  return new Set([...days.keys()].map((key) => splitDayKey(key).source));
}
