import type { Period } from "../day.ts";
import { percentChange } from "../format.ts";
import { type Micros, absolute, apportion, microsPerCent, sum } from "../money.ts";
import { isShare } from "../percent.ts";
import type { Thresholds } from "../settings/config.ts";
import type { Weeks } from "../weeks.ts";
import { type Estimation, type ExactWeeks, estimationOf } from "./estimated.ts";
import { type Slice, costIn, dimensions } from "./slice.ts";

/** An amount of both weeks; `exact` in micro-units for comparing, the rest in cents of the rounded model for printing. */
export interface TwoWeeks {
  readonly exact: ExactWeeks;
  readonly last7: bigint;
  readonly prior7: bigint;
  readonly change: bigint;
  /** Change on the prior week in percent; null without a base. */
  readonly percent: number | null;
  readonly estimated: Estimation;
}

/** `estimated` is what of the exact amounts is not billed. */
export function twoWeeks(exact: ExactWeeks, last7: bigint, prior7: bigint, estimated: ExactWeeks): TwoWeeks {
  const percent = percentChange(exact.last7, exact.prior7);
  return { exact, last7, prior7, change: last7 - prior7, percent, estimated: estimationOf(exact, estimated) };
}

/** A slice in both weeks. */
export interface Delta extends TwoWeeks {
  readonly slice: Slice;
  readonly listed: boolean;
}

const isZero = ({ last7, prior7 }: TwoWeeks["exact"]) => last7 === 0n && prior7 === 0n;

/** Largest change first, then by id, so that ties have one order. */
export function bySize(a: Pick<Delta, "exact" | "slice">, b: Pick<Delta, "exact" | "slice">): number {
  const [x, y] = [absolute(a.exact.last7 - a.exact.prior7), absolute(b.exact.last7 - b.exact.prior7)];
  return x === y ? (a.slice.id < b.slice.id ? -1 : 1) : x > y ? -1 : 1;
}

/**
 * Cents for every slice of one week so that parts add up to what is above them: providers and each allocation target to the week's
 * usage, services to their provider, models to their service.
 */
function centsOf(slices: readonly Slice[], exact: ReadonlyMap<Slice, Micros>, usage: { exact: Micros; cents: bigint }): Map<Slice, bigint> {
  const cents = new Map<Slice, bigint>();
  const tree = slices.filter((slice) => slice.dimension === "provider" || slice.dimension === "service" || slice.dimension === "model");
  const childrenOf = Map.groupBy(tree, (slice) => JSON.stringify(slice.path.slice(0, -1)));
  const share = (children: readonly Slice[], whole: { exact: Micros; cents: bigint }) => {
    const parts = children.map((slice) => exact.get(slice) ?? 0n);
    // What no child holds, such as charges without a model, takes its part in the rounding.
    const rest = whole.exact - sum(parts);
    const shares = apportion([...parts, rest], microsPerCent, whole.cents);
    children.forEach((slice, index) => {
      cents.set(slice, shares[index] ?? 0n);
      const inner =
        slice.dimension === "provider" || slice.dimension === "service" ? childrenOf.get(JSON.stringify(slice.path)) : undefined;
      if (inner) share(inner, { exact: parts[index] ?? 0n, cents: shares[index] ?? 0n });
    });
  };
  for (const dimension of dimensions) {
    if (dimension !== "service" && dimension !== "model")
      share(
        slices.filter((slice) => slice.dimension === dimension),
        usage,
      );
  }
  return cents;
}

function isListed({ exact, total }: { exact: TwoWeeks["exact"]; total: TwoWeeks }, thresholds: Thresholds): boolean {
  const change = absolute(exact.last7 - exact.prior7);
  return change > 0n && isShare(change, total.exact.prior7, thresholds.listed);
}

/**
 * Every slice that cost anything in either week, largest change first within its dimension. Listed are service slices whose change
 * is at least `thresholds.listed` percent of the prior week's total, at most `thresholds.listedMost`.
 */
export function deltasOf(slices: readonly Slice[], weeks: Weeks, usage: TwoWeeks, total: TwoWeeks, thresholds: Thresholds): Delta[] {
  const exact = (period: Period) => new Map(slices.map((slice) => [slice, costIn(slice.days, period)]));
  const [last7, prior7] = [exact(weeks.period), exact(weeks.prior)];
  const lastCents = centsOf(slices, last7, { exact: usage.exact.last7, cents: usage.last7 });
  const priorCents = centsOf(slices, prior7, { exact: usage.exact.prior7, cents: usage.prior7 });
  const all = slices
    .map((slice) => {
      const amounts = { last7: last7.get(slice) ?? 0n, prior7: prior7.get(slice) ?? 0n };
      const estimated = { last7: costIn(slice.estimated, weeks.period), prior7: costIn(slice.estimated, weeks.prior) };
      return { slice, ...twoWeeks(amounts, lastCents.get(slice) ?? 0n, priorCents.get(slice) ?? 0n, estimated) };
    })
    .filter((delta) => !isZero(delta.exact));
  const ordered = dimensions.flatMap((dimension) => all.filter(({ slice }) => slice.dimension === dimension).sort(bySize));
  const listed = new Set(
    ordered
      .filter((delta) => delta.slice.dimension === "service" && isListed({ exact: delta.exact, total }, thresholds))
      .slice(0, thresholds.listedMost),
  );
  return ordered.map((delta) => ({ ...delta, listed: listed.has(delta) }));
}
