import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { counterFields } from "../ledger/delivery.ts";
import { apportion, sum } from "../money.ts";
import { type Allocated, type AllocationTarget, allocationTargets } from "../settings/allocation.ts";
import { allocatedKey, type Cell, cellNames, cellsOf, tokensOf } from "./cells.ts";

/** A charge, or a part of one, with where it belongs. */
export interface Part {
  readonly charge: Charge;
  readonly allocated: Allocated;
  /** True when a share said so, not the charge itself. */
  readonly isShared: boolean;
}

/** What of a cell's bill its shares have seen, as a fraction of at most 1. */
interface Seen {
  readonly part: bigint;
  readonly whole: bigint;
}

const nothingSeen: Seen = { part: 0n, whole: 1n };

/** By tokens where both sides count them, else by money: what is billed beyond that stays with nobody. */
function seenOf(cell: Cell, billed: { readonly cost: bigint; readonly tokens: bigint }): Seen {
  const fraction = (part: bigint, whole: bigint) => ({ part: part < whole ? part : whole, whole });
  if (cell.tokens > 0n && billed.tokens > 0n) return fraction(cell.tokens, billed.tokens);
  if (cell.list > 0n && billed.cost > 0n) return fraction(cell.list, billed.cost);
  return nothingSeen;
}

type Interned = (allocated: Allocated) => Allocated;

/** The same object for the same values: what is alike is looked up by object later. */
function interner(): Interned {
  const known = new Map<string, Allocated>();
  return (allocated) => {
    const key = allocatedKey(allocated);
    const found = known.get(key) ?? allocated;
    known.set(key, found);
    return found;
  };
}

const isWhole = (allocated: Allocated) => allocationTargets.every((name) => allocated[name] !== "");

/** What a charge says of itself, completed by a share. */
function completed(own: Allocated, share: Allocated): Allocated {
  const pick = (name: AllocationTarget) => own[name] || share[name];
  return { feature: pick("feature"), customer: pick("customer"), team: pick("team") };
}

/** An amount by weights that add up to it. */
function divided(amount: bigint, weights: readonly bigint[], total: bigint): bigint[] {
  return apportion(
    weights.map((weight) => weight * amount),
    total,
    amount,
  );
}

/** The parts of a charge by the shares of its cell; cost and counters of the parts add up to its own. */
function partsOf(part: Part, cell: Cell, seen: Seen, intern: Interned): Part[] {
  const { charge, allocated: own } = part;
  const targets = new Map<string, { allocated: Allocated; weight: bigint; isShared: boolean }>();
  const add = (allocated: Allocated, weight: bigint, isShared: boolean) => {
    const key = allocatedKey(allocated);
    targets.set(key, { allocated: intern(allocated), weight: (targets.get(key)?.weight ?? 0n) + weight, isShared });
  };
  const whole = sum(cell.parts.map(({ weight }) => weight));
  for (const { allocated, weight } of cell.parts) {
    const found = completed(own, allocated);
    add(found, weight * seen.part, part.isShared || allocatedKey(found) !== allocatedKey(own));
  }
  if (seen.part < seen.whole) add(own, whole * (seen.whole - seen.part), part.isShared);
  const list = [...targets.values()];
  const weights = list.map(({ weight }) => weight);
  const total = whole * seen.whole;
  const [billed, effective] = [divided(charge.billed, weights, total), divided(charge.effective, weights, total)];
  const counters = counterFields.map((field) => {
    const count = charge[field];
    return [field, count === null ? null : divided(BigInt(count), weights, total).map(Number)] as const;
  });
  return list.map(({ allocated, isShared }, index) => {
    const counts = Object.fromEntries(counters.map(([field, values]) => [field, values === null ? null : (values[index] ?? 0)]));
    return { charge: { ...charge, ...counts, billed: billed[index] ?? 0n, effective: effective[index] ?? 0n }, allocated, isShared };
  });
}

/** What the money of each cell comes to. */
function billedIn(money: readonly Charge[], name: (charge: Charge) => string | null, basis: CostBasis) {
  const cells = new Map<string, { cost: bigint; tokens: bigint }>();
  for (const charge of money) {
    const key = charge.category === "Usage" ? name(charge) : null;
    if (key === null) continue;
    const cell = cells.get(key) ?? { cost: 0n, tokens: 0n };
    cells.set(key, { cost: cell.cost + costOf(charge, basis), tokens: cell.tokens + tokensOf(charge) });
  }
  return cells;
}

/**
 * Splits usage that says not itself for which feature, customer and team it was, by the shares of one source for its day, provider and model.
 * What a charge says itself stays. What is billed beyond what the shares have seen stays with nobody. Largest remainder: the parts add up to
 * their charge, to the micro-unit, and do not depend on the order of the shares.
 */
export function splitByShares(
  money: readonly Part[],
  shares: readonly Charge[],
  allocate: (charge: Charge) => Allocated,
  basis: CostBasis,
): Part[] {
  const charges = money.map(({ charge }) => charge);
  const { ofMoney, ofShare } = cellNames(charges, shares);
  const cells = cellsOf(shares, ofShare, allocate);
  const billed = billedIn(charges, ofMoney, basis);
  const intern = interner();
  return money.flatMap((part) => {
    if (part.charge.category !== "Usage" || isWhole(part.allocated)) return [part];
    const name = ofMoney(part.charge);
    const cell = name === null ? undefined : cells.get(name);
    const known = name === null ? undefined : billed.get(name);
    if (!cell || !known || cell.parts.length === 0) return [part];
    const seen = seenOf(cell, known);
    return seen.part === 0n ? [part] : partsOf(part, cell, seen, intern);
  });
}
