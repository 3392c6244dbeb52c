import { type Charge, type CostBasis, costOf } from "../ledger/charge.ts";
import { counterFields } from "../ledger/delivery.ts";
import { apportion, sum } from "../money.ts";
import { type Allocated, type AllocationTarget, allocationTargets } from "../settings/allocation.ts";
import { allocatedKey, type Cell, cellNames, cellsOf, tokensOf } from "./cells.ts";
import { type Laid, laidOn } from "./laid.ts";

/** A charge, or a part of one, with where it belongs. */
export interface Part {
  readonly charge: Charge;
  readonly allocated: Allocated;
  /** True when a share said so, not the charge itself. */
  readonly isShared: boolean;
}

/** What the money of a cell comes to. */
interface Billed {
  readonly cost: bigint;
  readonly tokens: bigint;
}

/** By which of them shares are held against a bill: by tokens where both sides count them, else by money; null where by neither. */
function measureOf(cell: Cell, billed: Billed): "tokens" | "cost" | null {
  if (cell.tokens > 0n && billed.tokens > 0n) return "tokens";
  return cell.list > 0n && billed.cost > 0n ? "cost" : null;
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

/** The parts of a charge by the shares that lie on it; cost and counters of the parts add up to its own. */
function partsOf(part: Part, cell: Cell, { weights: laid, rest }: Laid, intern: Interned): Part[] {
  const { charge, allocated: own } = part;
  const targets = new Map<string, { allocated: Allocated; weight: bigint; isShared: boolean }>();
  const add = (allocated: Allocated, weight: bigint, isShared: boolean) => {
    const key = allocatedKey(allocated);
    targets.set(key, { allocated: intern(allocated), weight: (targets.get(key)?.weight ?? 0n) + weight, isShared });
  };
  cell.parts.forEach(({ allocated }, index) => {
    const [found, weight = 0n] = [completed(own, allocated), laid[index]];
    if (weight > 0n) add(found, weight, part.isShared || allocatedKey(found) !== allocatedKey(own));
  });
  if (rest > 0n) add(own, rest, part.isShared);
  const list = [...targets.values()];
  const weights = list.map(({ weight }) => weight);
  const total = sum(weights);
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

/** The parts of a bill by cell; taxes, credits and fees are in none. */
function byCell(money: readonly Part[], name: (charge: Charge) => string | null): Map<string, Part[]> {
  const cells = new Map<string, Part[]>();
  for (const part of money) {
    const key = part.charge.category === "Usage" ? name(part.charge) : null;
    if (key === null) continue;
    const cell = cells.get(key) ?? [];
    cells.set(key, cell);
    cell.push(part);
  }
  return cells;
}

/** How the shares of a cell lie on what is billed there, by what that says itself; null where they have seen none of it. */
function layOf(parts: readonly Part[], cell: Cell, basis: CostBasis): Map<string, Laid> | null {
  const sizes = {
    tokens: parts.map(({ charge }) => tokensOf(charge)),
    cost: parts.map(({ charge }) => costOf(charge, basis)),
  };
  const measure = measureOf(cell, { tokens: sum(sizes.tokens), cost: sum(sizes.cost) });
  if (measure === null || cell.parts.length === 0) return null;
  const groups = new Map<string, { allocated: Allocated; size: bigint }>();
  parts.forEach(({ allocated }, index) => {
    const key = allocatedKey(allocated);
    groups.set(key, { allocated, size: (groups.get(key)?.size ?? 0n) + (sizes[measure][index] ?? 0n) });
  });
  const [part, whole] = [measure === "tokens" ? cell.tokens : cell.list, sum(sizes[measure])];
  return laidOn([...groups.values()], cell, { part: part < whole ? part : whole, whole });
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
  const { ofMoney, ofShare } = cellNames(
    money.map(({ charge }) => charge),
    shares,
  );
  const cells = cellsOf(shares, ofShare, allocate);
  const lies = new Map<string, Map<string, Laid> | null>();
  for (const [name, parts] of byCell(money, ofMoney)) {
    const cell = cells.get(name);
    if (cell) lies.set(name, layOf(parts, cell, basis));
  }
  const intern = interner();
  return money.flatMap((part) => {
    if (part.charge.category !== "Usage" || isWhole(part.allocated)) return [part];
    const name = ofMoney(part.charge) ?? "";
    const [cell, laid] = [cells.get(name), lies.get(name)?.get(allocatedKey(part.allocated))];
    return cell && laid ? partsOf(part, cell, laid, intern) : [part];
  });
}
