import { type Day, monthOf } from "../day.ts";
import { type Micros, sum } from "../money.ts";
import { type Charge, type CostBasis, costOf, isLateCorrection } from "./charge.ts";
import { type Days, splitDayKey } from "./ledger.ts";

/** A day that an earlier review saw with another amount, or without any as it had not come yet (N9). */
export interface Restatement {
  readonly day: Day;
  readonly source: string;
  readonly provider: string;
  readonly before: Micros;
  readonly after: Micros;
  /** It was not final when that review was made: that it moves is no surprise. */
  readonly wasOpen: boolean;
}

interface Reading {
  /** The present name of a provider. */
  readonly nameOf?: (provider: string) => string;
  /** The first day of a source that was not final in the review before. */
  readonly openFrom?: (source: string) => Day;
  /** The date of the review before: days of a source before it that came only now were missing there. */
  readonly lastReview?: Day | null;
}

/** The first day of each source. */
function firstDays(days: Days): Map<string, Day> {
  const first = new Map<string, Day>();
  for (const key of days.keys()) {
    const { source, day } = splitDayKey(key);
    if (day < (first.get(source) ?? "9999-12-31")) first.set(source, day);
  }
  return first;
}

/** Without late corrections: they are of the month that bills them, and of no day. */
function totalsByProvider(charges: readonly Charge[], basis: CostBasis, nameOf: (provider: string) => string): Map<string, Micros> {
  return new Map(
    [
      ...Map.groupBy(
        charges.filter((charge) => !isLateCorrection(charge)),
        (charge) => nameOf(charge.provider),
      ),
    ].map(([provider, list]) => [provider, sum(list.map((charge) => costOf(charge, basis)))]),
  );
}

/** Which days of the review's own ledger file change what older files said, by the present name of the provider, earliest first. */
export function restatementsOf(
  older: Days,
  own: Days,
  basis: CostBasis,
  { nameOf = (name) => name, openFrom = () => "9999-12-31", lastReview = null }: Reading = {},
): Restatement[] {
  const found: Restatement[] = [];
  const first = firstDays(older);
  const wasMissing = (day: Day, source: string) => lastReview !== null && day < lastReview && day > (first.get(source) ?? lastReview);
  for (const [key, charges] of own) {
    const { day, source } = splitDayKey(key);
    const known = older.get(key) ?? (wasMissing(day, source) ? [] : null);
    if (!known) continue;
    const [before, after] = [totalsByProvider(known, basis, nameOf), totalsByProvider(charges, basis, nameOf)];
    for (const provider of new Set([...before.keys(), ...after.keys()])) {
      const amounts = { before: before.get(provider) ?? 0n, after: after.get(provider) ?? 0n };
      const wasOpen = !older.has(key) || day >= openFrom(source);
      if (amounts.before !== amounts.after) found.push({ day, source, provider, ...amounts, wasOpen });
    }
  }
  const order = ({ day, source, provider }: Restatement) => `${day}\0${source}\0${provider}`;
  return found.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Months of which the review's own ledger file changes what they bill of earlier ones: such corrections are of no day. */
export function rebilledMonths(older: Days, own: Days, basis: CostBasis): string[] {
  const changes = new Map<string, Micros>();
  const add = (charges: readonly Charge[], sign: bigint) => {
    for (const charge of charges) {
      const month = monthOf(charge.billingPeriod);
      if (isLateCorrection(charge)) changes.set(month, (changes.get(month) ?? 0n) + sign * costOf(charge, basis));
    }
  };
  for (const [key, charges] of own) {
    add(charges, 1n);
    add(older.get(key) ?? [], -1n);
  }
  return [...changes].flatMap(([month, change]) => (change === 0n ? [] : month)).sort();
}
