import { apportion, sum } from "../money.ts";
import { type Allocated, allocationTargets } from "../settings/allocation.ts";
import { allocatedKey, type Cell } from "./cells.ts";

/** What of a cell's bill says the same of itself. */
interface Group {
  readonly allocated: Allocated;
  /** What shares are laid on: tokens or money. */
  readonly size: bigint;
}

/** What of a cell's bill its shares have seen, as a fraction of at most 1. */
export interface Seen {
  readonly part: bigint;
  readonly whole: bigint;
}

/** How much of a group's bill each share of the cell has seen, in the order of the shares, and how much none has. */
export interface Laid {
  readonly weights: readonly bigint[];
  readonly rest: bigint;
}

const contradicts = (own: Allocated, share: Allocated) =>
  allocationTargets.some((name) => own[name] !== "" && share[name] !== "" && own[name] !== share[name]);
const agrees = (own: Allocated, share: Allocated) => allocationTargets.some((name) => own[name] !== "" && own[name] === share[name]);

/** Where shares go first, then, and at last: their bill says so itself; it may be theirs; it says otherwise, but there is no other. */
const steps: readonly ((own: Allocated, share: Allocated) => boolean)[] = [
  (own, share) => agrees(own, share) && !contradicts(own, share),
  (own, share) => !contradicts(own, share),
  () => true,
];

/** An amount by sizes; it adds up. */
const spread = (amount: bigint, sizes: readonly bigint[], whole: bigint) =>
  apportion(
    sizes.map((size) => size * amount),
    whole,
    amount,
  );

/** What is left of the shares, of the room of each group, and what lies there already. */
interface Lying {
  left: bigint[];
  room: bigint[];
  laid: bigint[][];
}

/** Lays the shares on the groups they fit, in proportion to their room; where more comes than there is room, each share leaves as much of it. */
function lay({ left, room, laid }: Lying, fits: (share: number, group: number) => boolean): Lying {
  const nowhere = room.map(() => 0n);
  const coming = left.map((amount, share) => {
    if (amount === 0n) return nowhere;
    const open = room.map((size, group) => (fits(share, group) ? size : 0n));
    const whole = sum(open);
    return whole === 0n ? nowhere : spread(amount, open, whole);
  });
  const taken = room.map((size, group) => {
    const all = coming.map((amounts) => amounts[group] ?? 0n);
    return sum(all) > size ? spread(size, all, sum(all)) : all;
  });
  return {
    left: left.map((amount, share) => amount - sum(taken.map((amounts) => amounts[share] ?? 0n))),
    room: room.map((size, group) => size - sum(taken[group] ?? [])),
    laid: laid.map((amounts, group) => amounts.map((amount, share) => amount + (taken[group]?.[share] ?? 0n))),
  };
}

/** The same for every group, in proportion to what shares weigh. */
function alike(cell: Cell, { part, whole }: Seen): Laid {
  const weights = cell.parts.map(({ weight }) => weight);
  return { weights: weights.map((weight) => weight * part), rest: sum(weights) * (whole - part) };
}

/**
 * How the shares of a cell lie on its bill, by what the bill says itself: what a source saw of a team is first the bill that names this team, and
 * that of another team only where there is no other. Where nothing is named on both sides all of the bill is divided alike.
 */
export function laidOn(groups: readonly Group[], cell: Cell, seen: Seen): Map<string, Laid> {
  const shares = cell.parts.map(({ allocated }) => allocated);
  const isTold = groups.some(({ allocated: own }) => shares.some((share) => contradicts(own, share) || agrees(own, share)));
  const plain = groups.map(({ allocated }) => [allocatedKey(allocated), alike(cell, seen)] as const);
  const ordered = groups
    .filter(({ size }) => size !== 0n)
    .map((group) => ({ ...group, key: allocatedKey(group.allocated) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  if (!isTold || ordered.length < 2 || ordered.some(({ size }) => size < 0n)) return new Map(plain);
  const whole = sum(cell.parts.map(({ weight }) => weight));
  const start: Lying = {
    left: cell.parts.map(({ weight }) => weight * seen.part),
    room: ordered.map(({ size }) => size * whole),
    laid: ordered.map(() => shares.map(() => 0n)),
  };
  const { laid, room } = steps.reduce((lying, step) => {
    const fit = ordered.map(({ allocated }) => shares.map((share) => step(allocated, share)));
    return lay(lying, (share, group) => fit[group]?.[share] ?? false);
  }, start);
  return new Map([...plain, ...ordered.map(({ key }, group) => [key, { weights: laid[group] ?? [], rest: room[group] ?? 0n }] as const)]);
}
