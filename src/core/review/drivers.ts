import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { addCounter } from "../ledger/delivery.ts";
import { type Day, type Period, contains, eachDay } from "../day.ts";
import { type Delta, type TwoWeeks, twoWeeks } from "./delta.ts";
import type { Kind } from "./kind.ts";
import { type Micros, absolute, apportion, microsPerCent, sum } from "../money.ts";
import { unallocated, unnamed } from "./slice.ts";

/** What moved inside a service: by model and by feature, its volumes, and its days. */
export interface Drivers {
  readonly models: readonly Driver[];
  readonly features: readonly Driver[];
  readonly requests: Volume | null;
  readonly tokens: Volume | null;
  /** Cents of each day of the week under review; they add up to the delta's last 7 days. */
  readonly days: readonly { readonly day: Day; readonly cost: bigint }[];
}

export interface Driver {
  readonly name: string;
  readonly amounts: TwoWeeks;
}

/** Counts of both weeks. */
export interface Volume {
  readonly last7: number;
  readonly prior7: number;
}

interface Weeks {
  readonly period: Period;
  readonly prior: Period;
}

/** Shown for cost that no model is named for. */
export const noModel = "(no model)";

/** What charges of one kind add up to in one week. */
interface WeekSums {
  cost: Micros;
  estimated: Micros;
  requests: number | null;
  tokens: number | null;
}
type Sums = Readonly<Record<"last7" | "prior7", WeekSums>>;

const noSums = (): Sums => ({
  last7: { cost: 0n, estimated: 0n, requests: null, tokens: null },
  prior7: { cost: 0n, estimated: 0n, requests: null, tokens: null },
});

function tokensOf({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge): number | null {
  return addCounter(addCounter(inputTokens, cacheReadTokens), addCounter(cacheWriteTokens, outputTokens));
}

/** The usage of a service in both weeks by kind, in one pass: there are many charges and few kinds. */
function sumsOf(charges: readonly Charge[], path: readonly string[], weeks: Weeks, { kindOf, basis }: Reading): Map<Kind, Sums> {
  const [provider, service] = path;
  const found = new Map<Kind, Sums>();
  for (const charge of charges) {
    const week = contains(weeks.period, charge.day) ? "last7" : contains(weeks.prior, charge.day) ? "prior7" : null;
    if (week === null || charge.category !== "Usage") continue;
    if ((charge.provider || unnamed) !== provider || (charge.service || unnamed) !== service) continue;
    const kind = kindOf(charge);
    const sums = found.get(kind) ?? noSums();
    found.set(kind, sums);
    const [own, cost] = [sums[week], costOf(charge, basis)];
    own.cost += cost;
    if (charge.estimated) own.estimated += cost;
    own.requests = addCounter(own.requests, charge.requests);
    own.tokens = addCounter(own.tokens, tokensOf(charge));
  }
  return found;
}

function added(all: readonly Sums[], amount: "cost" | "estimated") {
  return { last7: sum(all.map(({ last7 }) => last7[amount])), prior7: sum(all.map(({ prior7 }) => prior7[amount])) };
}

function byChange(a: Driver, b: Driver): number {
  const [x, y] = [absolute(a.amounts.change), absolute(b.amounts.change)];
  return x === y ? (a.name < b.name ? -1 : 1) : x > y ? -1 : 1;
}

function split(kinds: ReadonlyMap<Kind, Sums>, nameOf: (kind: Kind) => string, delta: Delta): Driver[] {
  const byName = [...Map.groupBy(kinds, ([kind]) => nameOf(kind))].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = byName.map(([name, own]) => ({ name, sums: own.map(([, sums]) => sums) }));
  const exact = parts.map(({ sums }) => added(sums, "cost"));
  const cents = (week: "last7" | "prior7") =>
    apportion(
      exact.map((amounts) => amounts[week]),
      microsPerCent,
      delta[week],
    );
  const [last, prior] = [cents("last7"), cents("prior7")];
  const driver = ({ name, sums }: (typeof parts)[number], index: number): Driver => ({
    name,
    amounts: twoWeeks(exact[index] ?? { last7: 0n, prior7: 0n }, last[index] ?? 0n, prior[index] ?? 0n, added(sums, "estimated")),
  });
  const moved = ({ amounts }: Driver) => amounts.exact.last7 !== 0n || amounts.exact.prior7 !== 0n;
  return parts.map(driver).filter(moved).sort(byChange);
}

function volume(kinds: ReadonlyMap<Kind, Sums>, count: "requests" | "tokens"): Volume | null {
  const total = (week: "last7" | "prior7") => kinds.values().reduce((all, sums) => all + (sums[week][count] ?? 0), 0);
  const amounts = { last7: total("last7"), prior7: total("prior7") };
  return amounts.last7 === 0 && amounts.prior7 === 0 ? null : amounts;
}

/** How charges are read: what they have in common, and which of their costs counts. */
interface Reading {
  readonly kindOf: (charge: Charge) => Kind;
  readonly basis: CostBasis;
}

/** What moved inside a listed service. */
export function driversOf(delta: Delta, charges: readonly Charge[], weeks: Weeks, reading: Reading): Drivers {
  const kinds = sumsOf(charges, delta.slice.path, weeks, reading);
  const days = eachDay(weeks.period);
  const cents = apportion(
    days.map((day) => delta.slice.days.get(day) ?? 0n),
    microsPerCent,
    delta.last7,
  );
  return {
    models: split(kinds, ({ model }) => model || noModel, delta),
    features: split(kinds, ({ allocated }) => allocated.feature || unallocated, delta),
    requests: volume(kinds, "requests"),
    tokens: volume(kinds, "tokens"),
    days: days.map((day, index) => ({ day, cost: cents[index] ?? 0n })),
  };
}
