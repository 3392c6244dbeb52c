import { apportion, microsPerCent, sum } from "../money.ts";
import { type Effects, type SplitPart, type SplitWeek, isSplittable, splitChange, splitParts } from "./lmdi.ts";

/** The parts of a printed change in cents; they add up to it. */
export type Split = Readonly<Record<SplitPart, bigint>>;

const nothing: Split = { volume: 0n, mix: 0n, tokensPerRequest: 0n, price: 0n, new: 0n, retired: 0n, notTokenPriced: 0n };

/** Cents by largest remainder; a part that is nothing takes no part in the rounding. */
function centsOf(effects: Effects, change: bigint): Split {
  const micros = splitParts.map((part) => BigInt(Math.round(effects[part])));
  const taking = splitParts.filter((_, index) => micros[index] !== 0n);
  const parts = taking.length === 0 ? (["volume"] as const) : taking;
  const shares = apportion(
    parts.map((part) => micros[splitParts.indexOf(part)] ?? 0n),
    microsPerCent,
    change,
  );
  return { ...nothing, ...Object.fromEntries(parts.map((part, index) => [part, shares[index] ?? 0n])) };
}

const costOf = ({ leaves }: SplitWeek) => sum(leaves.map(({ cost }) => BigInt(Math.round(cost))));

/** The split of the same weeks the other way round. */
function turned(split: Split): Split {
  const negative = Object.fromEntries(splitParts.map((part) => [part, -split[part]]));
  return { ...nothing, ...negative, new: -split.retired, retired: -split.new };
}

/**
 * Splits a printed change in cents; costs of the leaves in micro-units. Null where no cost of either week is for tokens of requests that
 * are counted. A fall is split as the rise it would be the other way round, so that swapped weeks flip every sign to the cent.
 */
export function splitOf(before: SplitWeek, after: SplitWeek, change: bigint): Split | null {
  if (!isSplittable(before) && !isSplittable(after)) return null;
  return costOf(after) < costOf(before)
    ? turned(centsOf(splitChange(after, before), -change))
    : centsOf(splitChange(before, after), change);
}
