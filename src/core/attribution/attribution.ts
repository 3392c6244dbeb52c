import { type Day, type Period, contains } from "../day.ts";
import { percentOf } from "../format.ts";
import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { toCents } from "../money.ts";
import { remembering } from "../remember.ts";
import type { Allocated } from "../settings/allocation.ts";
import { providerKey } from "./names.ts";
import { type CountingSource, inRoles, roleOf } from "./roles.ts";
import { splitByShares } from "./split.ts";

/** Charges sorted out: what is money, and whose costs it is. */
export interface Attributed {
  /** All money, as its sources deliver it. */
  readonly money: readonly Charge[];
  /** The same money, usage split by the shares of attribution sources; it adds up to `money`. */
  readonly parts: readonly Charge[];
  /** What attribution sources say: no money. */
  readonly shares: readonly Charge[];
  /** Where a charge or a part belongs. */
  readonly allocate: (charge: Charge) => Allocated;
  /** True for a part of which a share says where it belongs. */
  readonly isShared: (charge: Charge) => boolean;
}

/**
 * Applied on reading, like allocation: a changed configuration changes the past too, and makes no false delta. Attribution sources are asked in
 * the order of the configuration; a later one completes what an earlier one leaves open. Without any, nothing is computed.
 */
export function attributed(
  charges: readonly Charge[],
  sources: readonly CountingSource[],
  allocate: (charge: Charge) => Allocated,
  basis: CostBasis,
): Attributed {
  const whole = (money: readonly Charge[]) => ({ money, parts: money, shares: [], allocate, isShared: () => false });
  const mayShare = charges.some(({ estimated, list }) => estimated || list !== undefined);
  if (!mayShare && sources.every(({ counts }) => counts !== "attribution")) return whole(charges);
  const sorted = inRoles(charges, roleOf(charges, sources));
  const money = sorted.filter(({ list }) => list === undefined);
  const shares = sorted.filter(({ list }) => list !== undefined);
  if (shares.length === 0) return whole(money);
  const bySource = Map.groupBy(shares, ({ source }) => source);
  const known = money.map((charge) => ({ charge, allocated: allocate(charge), isShared: false }));
  const parts = sources.reduce(
    (done, { name }) => {
      const own = bySource.get(name);
      return own === undefined ? done : splitByShares(done, own, allocate, basis);
    },
    known as ReturnType<typeof splitByShares>,
  );
  const found = new Map(parts.map(({ charge, allocated: own }) => [charge, own]));
  const shared = new Set(parts.filter(({ isShared }) => isShared).map(({ charge }) => charge));
  return {
    money,
    parts: parts.map(({ charge }) => charge),
    shares,
    allocate: (charge) => found.get(charge) ?? allocate(charge),
    isShared: (charge) => shared.has(charge),
  };
}

/** What is known of whose costs a provider's bill of the week is. Amounts in cents. */
export interface ProviderAttribution {
  readonly provider: string;
  readonly billed: bigint;
  /** The part of the bill of which attribution sources say whose it is. */
  readonly attributed: bigint;
  readonly percent: number | null;
  /** What each attribution source computed for the same provider, through the last day that is billed, in the order of the configuration. */
  readonly computed: readonly { readonly source: string; readonly amount: bigint }[];
}

function sumBy(charges: readonly Charge[], keyOf: (charge: Charge) => string, amountOf: (charge: Charge) => bigint): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const charge of charges) sums.set(keyOf(charge), (sums.get(keyOf(charge)) ?? 0n) + amountOf(charge));
  return sums;
}

/** The last day of the charges of each key: a bill that comes later than a gateway's word is not held against days that it lacks. */
function lastDays(charges: readonly Charge[], keyOf: (charge: Charge) => string): Map<string, Day> {
  const days = new Map<string, Day>();
  for (const charge of charges) if (charge.day > (days.get(keyOf(charge)) ?? "")) days.set(keyOf(charge), charge.day);
  return days;
}

/** By provider, those of which an attribution source knows anything, as bills name them. */
export function attributionIn(ready: Attributed, sources: readonly CountingSource[], period: Period, basis: CostBasis) {
  if (ready.shares.length === 0) return [];
  const within = (charges: readonly Charge[]) => charges.filter(({ day, category }) => category === "Usage" && contains(period, day));
  const key = remembering(providerKey);
  const cost = (charge: Charge) => costOf(charge, basis);
  const shares = within(ready.shares);
  const sharing = new Set(shares.map(({ provider, source }) => `${key(provider)}\0${source}`));
  // What a source estimated before the bill began, or after it ended, is no bill that its own word is held against.
  const parts = within(ready.parts).filter(({ estimated, provider, source }) => !estimated || !sharing.has(`${key(provider)}\0${source}`));
  const billed = sumBy(parts, ({ provider }) => key(provider), cost);
  const known = sumBy(parts.filter(ready.isShared), ({ provider }) => key(provider), cost);
  const billedThrough = lastDays(parts, ({ provider }) => key(provider));
  const computed = sumBy(
    shares.filter(({ day, provider }) => day <= (billedThrough.get(key(provider)) ?? "")),
    ({ provider, source }) => `${key(provider)}\0${source}`,
    ({ list }) => list ?? 0n,
  );
  const names = new Map(parts.map(({ provider }) => [key(provider), provider]));
  return [...names]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, provider]): ProviderAttribution => ({
      provider,
      billed: toCents(billed.get(id) ?? 0n),
      attributed: toCents(known.get(id) ?? 0n),
      percent: percentOf(known.get(id) ?? 0n, billed.get(id) ?? 0n),
      computed: sources.flatMap(({ name }) => {
        const amount = computed.get(`${id}\0${name}`);
        return amount === undefined ? [] : [{ source: name, amount: toCents(amount) }];
      }),
    }))
    .filter(({ attributed: own, computed: by }) => own !== 0n || by.length > 0);
}

/** The sources that deliver shares and no money: they neither settle nor delay a review. */
export function shareOnly({ money, shares }: Attributed, sources: readonly CountingSource[]): Set<string> {
  const paying = new Set(money.map(({ source }) => source));
  const sharing = new Set(shares.map(({ source }) => source));
  return new Set(
    sources.filter(({ name, counts }) => !paying.has(name) && (counts === "attribution" || sharing.has(name))).map(({ name }) => name),
  );
}
