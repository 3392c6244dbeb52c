import { addDays, type Day, type Period } from "../day.ts";
import { microsPerCent, microsPerUnit, divideRounded } from "../money.ts";
import type { Delivery } from "./delivery.ts";

/** What two sources seem to bring both. */
export interface Double {
  readonly sources: readonly [string, string];
  /** How the first and the second source call it. */
  readonly names: readonly [string, string];
  readonly days: number;
  /** From the first to after the last of those days. */
  readonly period: Period;
}

/** Fewer equal days, or fewer different amounts among them, may be chance or a flat fee. */
const fewestDays = 5;
/** Of the days on which both have charges so many per cent must be equal: the last ones may differ, as one of the two is fresher. */
const share = 80;

/** The days of a provider, or of an account of it, in cents; small days are left out. */
interface Series {
  readonly source: string;
  readonly name: string;
  readonly days: ReadonlyMap<Day, bigint>;
}

/**
 * The same money delivered by two sources, such as a provider's own API beside its FOCUS export, or a model vendor's bill inside a cloud's. Names
 * differ from source to source, so it is known by its shape alone: a provider or an account whose days cost the same to the cent in both, by
 * EffectiveCost or by BilledCost. At most one finding for each pair of sources, the one with the most days.
 */
export function doubles(deliveries: readonly Delivery[]): Double[] {
  if (deliveries.length < 2) return [];
  const measures = (["effective", "billed"] as const).map((measure) => deliveries.map((delivery) => seriesOf(delivery, measure)));
  return deliveries.flatMap((_, second) =>
    deliveries.slice(0, second).flatMap((_, first) => {
      const found = measures.flatMap((sources) => pairs(sources[first] ?? [], sources[second] ?? []));
      const [most] = found.toSorted((a, b) => b.days - a.days);
      return most === undefined ? [] : [most];
    }),
  );
}

function seriesOf({ source, charges }: Delivery, measure: "effective" | "billed"): Series[] {
  const totals = new Map<string, Map<Day, bigint>>();
  const add = (name: string, day: Day, amount: bigint) => {
    const days = totals.get(name) ?? new Map<Day, bigint>();
    days.set(day, (days.get(day) ?? 0n) + amount);
    totals.set(name, days);
  };
  for (const charge of charges) {
    add(charge.provider, charge.day, charge[measure]);
    if (charge.account !== "") add(`${charge.provider}, account ${charge.account}`, charge.day, charge[measure]);
  }
  return [...totals].map(([name, days]) => {
    const large = [...days].filter(([, amount]) => amount >= microsPerUnit || amount <= -microsPerUnit);
    return { source, name, days: new Map(large.map(([day, amount]) => [day, divideRounded(amount, microsPerCent)])) };
  });
}

function pairs(left: readonly Series[], right: readonly Series[]): Double[] {
  const byDay = new Map<string, Series[]>();
  for (const series of right) {
    for (const [day, amount] of series.days) {
      const key = `${day} ${amount}`;
      byDay.set(key, [...(byDay.get(key) ?? []), series]);
    }
  }
  return left.flatMap((a) => {
    const alike = [...a.days].flatMap(([day, amount]) => (byDay.get(`${day} ${amount}`) ?? []).map((series) => ({ series, day })));
    return [...Map.groupBy(alike, ({ series }) => series)].flatMap(
      ([b, same]) =>
        doubleOf(
          a,
          b,
          same.map(({ day }) => day),
        ) ?? [],
    );
  });
}

function doubleOf(a: Series, b: Series, same: readonly Day[]): Double | null {
  const amounts = new Set(same.map((day) => a.days.get(day)));
  const common = [...a.days.keys()].filter((day) => b.days.has(day)).length;
  if (amounts.size < fewestDays || same.length * 100 < common * share) return null;
  const days = same.toSorted();
  const period = { start: days[0] ?? "", end: addDays(days.at(-1) ?? "", 1) };
  return { sources: [a.source, b.source], names: [a.name, b.name], days: days.length, period };
}

/** A finding as a sentence with what to do. */
export function doubleText({ sources, names, days, period }: Double): string {
  const [first, second] = names.map((name) => name || "a provider without a name");
  const what = first === second ? first : `${first} and ${second}`;
  return `The sources \`${sources[0]}\` and \`${sources[1]}\` bring the same amounts of ${what} on ${days} days from ${period.start} to ${addDays(period.end, -1)}: this money seems to be counted twice. Take one of the sources out, narrow it to what the other lacks, or write \`counts: attribution\` at it; if they bill different accounts, write \`counts: money\` at both.`;
}
