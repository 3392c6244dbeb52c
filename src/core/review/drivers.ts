import type { Allocated } from "../settings/allocation.ts";
import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { type Day, type Period, contains, eachDay } from "../day.ts";
import { type Delta, type TwoWeeks, twoWeeks } from "./delta.ts";
import { estimatedIn } from "./estimated.ts";
import { absolute, apportion, microsPerCent, sum } from "../money.ts";
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

function split(charges: readonly Charge[], nameOf: (charge: Charge) => string, delta: Delta, weeks: Weeks, basis: CostBasis): Driver[] {
  const byName = Map.groupBy(charges, nameOf);
  const names = [...byName.keys()].sort();
  const within = (name: string, period: Period) => (byName.get(name) ?? []).filter(({ day }) => contains(period, day));
  const exact = (period: Period) => names.map((name) => sum(within(name, period).map((charge) => costOf(charge, basis))));
  const estimated = (name: string) => ({
    last7: estimatedIn(byName.get(name) ?? [], weeks.period, basis),
    prior7: estimatedIn(byName.get(name) ?? [], weeks.prior, basis),
  });
  const [last, prior] = [exact(weeks.period), exact(weeks.prior)];
  const [lastCents, priorCents] = [apportion(last, microsPerCent, delta.last7), apportion(prior, microsPerCent, delta.prior7)];
  return names
    .map((name, index) => ({
      name,
      amounts: twoWeeks(
        { last7: last[index] ?? 0n, prior7: prior[index] ?? 0n },
        lastCents[index] ?? 0n,
        priorCents[index] ?? 0n,
        estimated(name),
      ),
    }))
    .filter(({ amounts }) => amounts.exact.last7 !== 0n || amounts.exact.prior7 !== 0n)
    .sort((a, b) =>
      absolute(a.amounts.change) === absolute(b.amounts.change)
        ? a.name < b.name
          ? -1
          : 1
        : absolute(a.amounts.change) > absolute(b.amounts.change)
          ? -1
          : 1,
    );
}

function volume(charges: readonly Charge[], weeks: Weeks, countOf: (charge: Charge) => number | null): Volume | null {
  const counted = charges.filter((charge) => countOf(charge) !== null);
  const total = (period: Period) =>
    counted.filter(({ day }) => contains(period, day)).reduce((count, charge) => count + (countOf(charge) ?? 0), 0);
  const amounts = { last7: total(weeks.period), prior7: total(weeks.prior) };
  return amounts.last7 === 0 && amounts.prior7 === 0 ? null : amounts;
}

function tokensOf({ inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens }: Charge): number | null {
  const counts = [inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens].filter((count) => count !== null);
  return counts.length === 0 ? null : counts.reduce((total, count) => total + count, 0);
}

/** What moved inside a listed service. */
export function driversOf(
  delta: Delta,
  charges: readonly Charge[],
  weeks: Weeks,
  allocate: (charge: Charge) => Allocated,
  basis: CostBasis,
): Drivers {
  const [provider, service] = delta.slice.path;
  const own = charges.filter(
    (charge) =>
      charge.category === "Usage" &&
      (charge.provider || unnamed) === provider &&
      (charge.service || unnamed) === service &&
      (contains(weeks.period, charge.day) || contains(weeks.prior, charge.day)),
  );
  const days = eachDay(weeks.period);
  const cents = apportion(
    days.map((day) => delta.slice.days.get(day) ?? 0n),
    microsPerCent,
    delta.last7,
  );
  return {
    models: split(own, (charge) => charge.model || noModel, delta, weeks, basis),
    features: split(own, (charge) => allocate(charge).feature || unallocated, delta, weeks, basis),
    requests: volume(own, weeks, (charge) => charge.requests),
    tokens: volume(own, weeks, tokensOf),
    days: days.map((day, index) => ({ day, cost: cents[index] ?? 0n })),
  };
}
