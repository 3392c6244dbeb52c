import { type CountingSource, asMoney, roleOf } from "../../attribution/roles.ts";
import { type Day, addDays, daysBetween } from "../../day.ts";
import { type Charge, type CostBasis, costOf } from "../../ledger/charge.ts";
import { isPaced } from "../../ledger/usage.ts";
import type { Micros } from "../../money.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";

/** What usage cost on days before those of which a review looks at each charge, in micro-units by source and day. */
export type History = ReadonlyMap<string, ReadonlyMap<Day, Micros>>;

interface Input {
  readonly older: readonly Charge[];
  /** Those that a review looks at: they tell what of the older ones is money. */
  readonly charges: readonly Charge[];
  readonly counting: readonly CountingSource[];
  readonly costBasis: CostBasis;
}

/** Adds up what older charges cost: money that is neither recurring nor one-time, as in the forecast that it is for. */
export function historyOf({ older, charges, counting, costBasis }: Input): History {
  const history = new Map<string, Map<Day, Micros>>();
  if (older.length === 0) return history;
  const role = roleOf([...older, ...charges], counting);
  for (const charge of older) {
    if (!isPaced(charge) || role(charge) === "share") continue;
    const days = history.get(charge.source) ?? new Map<Day, Micros>();
    history.set(charge.source, days);
    days.set(charge.day, (days.get(charge.day) ?? 0n) + costOf(asMoney(charge), costBasis));
  }
  return history;
}

/** Where nothing was charged for longer, what was before is no history of what is now. */
const longestSilence = 28;

/** What usage cost by day, history included, from `start` on; of days before `detailsFrom` it is not known what they cost by service. */
export interface PacedDays {
  readonly start: Day;
  readonly detailsFrom: Day;
  readonly days: ReadonlyMap<Day, Micros>;
}

const firstOf = (days: Iterable<Day>): Day | undefined => [...days].sort()[0];

/** Charges before `asOf` that are carried on, by day, with the history of their sources as far back as no four weeks are without any. */
export function pacedDays(charges: readonly ServiceCost[], history: History, asOf: Day, basis: CostBasis): PacedDays {
  const days = new Map<Day, Micros>();
  const add = (day: Day, amount: Micros) => days.set(day, (days.get(day) ?? 0n) + amount);
  for (const charge of charges) if (charge.day < asOf && isPaced(charge)) add(charge.day, costOf(charge, basis));
  const known = firstOf(days.keys()) ?? asOf;
  const older = [...new Set(charges.map(({ source }) => source))].map((source) => history.get(source) ?? new Map<Day, Micros>());
  const last = older
    .flatMap((own) => [...own.keys()])
    .sort()
    .at(-1);
  if (last === undefined) return { start: known, detailsFrom: known, days };
  const detailsFrom = addDays(last, 1);
  let start = firstOf([...days.keys()].filter((day) => day >= detailsFrom)) ?? asOf;
  for (const own of older) for (const [day, amount] of own) add(day, amount);
  for (const day of [...days.keys()].sort().reverse()) {
    if (day >= start) continue;
    if (daysBetween(day, start) > longestSilence) break;
    start = day;
  }
  return { start, detailsFrom, days };
}
