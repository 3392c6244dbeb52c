import { type Day, eachDay } from "../day.ts";
import { percentChange } from "../format.ts";
import { type Metric, knownInBoth } from "../metrics/metric.ts";
import { type Micros, absolute, divideRounded, sum } from "../money.ts";
import type { Weeks } from "../weeks.ts";

/** What one unit cost in both weeks. */
export interface UnitCost {
  readonly name: string;
  /** `requests of the bill` are those that the ledger counts, all others come from a metric. */
  readonly of: "bill" | "metric";
  /** Users are counted as the mean of a day, all others add up. */
  readonly isMean: boolean;
  /** The cost is that of so many units. */
  readonly per: 1 | 1_000 | 1_000_000;
  /** How many units there were, in millionths; null where no day is known. */
  readonly last7: Counted | null;
  readonly prior7: Counted | null;
  /** What both weeks are computed from. */
  readonly spent: { readonly last7: Spent; readonly prior7: Spent };
  /** Cost of each week × units of the other: in one scale, compared exactly. */
  readonly crossed: { readonly last7: bigint; readonly prior7: bigint };
  /** Change of the cost of a unit, and of their number, in percent; null where the weeks cannot be compared. */
  readonly percent: number | null;
  readonly growth: number | null;
}

/** One week of a unit. */
interface Counted {
  /** Units, in millionths. */
  readonly count: Micros;
  /** What `per` of them cost, in micro-units; null where there were none. */
  readonly cost: Micros | null;
  /** How many of the seven days are known; the cost is that of these days. */
  readonly known: number;
}

/** A cost of fewer units than this, in micro-units, says too little in cents. */
const leastCost = 500_000n;
const scales = [1, 1_000, 1_000_000] as const;

/** An amount of cost and the units that it was for, in micro-units and millionths. */
export interface Spent {
  readonly cost: Micros;
  readonly count: Micros;
  readonly known: number;
}

function costOfMany({ cost, count }: Spent, per: number): Micros {
  return divideRounded(cost * BigInt(per) * 1_000_000n, count);
}

/** The least number of units of which a week's cost, or what refunds leave of it, can be told in cents; of nothing, one. */
function perOf(spent: Spent): UnitCost["per"] {
  return spent.cost === 0n ? 1 : (scales.find((per) => absolute(costOfMany(spent, per)) >= leastCost) ?? 1_000_000);
}

/** What a unit cost, from the cost and the number of both weeks; null where neither is known. */
export function unitCost(
  { name, of, isMean }: Pick<UnitCost, "name" | "of" | "isMean">,
  weeks: { readonly last7: Spent; readonly prior7: Spent },
): UnitCost | null {
  const known = [weeks.last7, weeks.prior7].filter(({ count }) => count > 0n);
  const basis = known.find(({ cost }) => cost !== 0n) ?? known[0];
  if (basis === undefined) return null;
  const per = perOf(basis);
  // A bill that names no requests may not count them; a metric of 0 is known.
  const isKnown = ({ count, known }: Spent) => known > 0 && (count > 0n || of === "metric");
  const week = (spent: Spent): Counted | null =>
    isKnown(spent) ? { count: spent.count, cost: spent.count > 0n ? costOfMany(spent, per) : null, known: spent.known } : null;
  const [last7, prior7] = [week(weeks.last7), week(weeks.prior7)];
  const comparable = last7 !== null && prior7 !== null && last7.known === prior7.known;
  const crossed = { last7: weeks.last7.cost * weeks.prior7.count, prior7: weeks.prior7.cost * weeks.last7.count };
  return {
    name,
    of,
    isMean,
    per,
    last7,
    prior7,
    percent: comparable && last7.cost !== null && prior7.cost !== null ? percentChange(crossed.last7, crossed.prior7) : null,
    spent: weeks,
    crossed,
    growth: comparable ? percentChange(weeks.last7.count, weeks.prior7.count) : null,
  };
}

/** What is known of cost: what each day cost, and whether that is all of it. */
export interface DailyCost {
  readonly byDay: ReadonlyMap<Day, Micros>;
  readonly isWhole: (day: Day) => boolean;
}

/**
 * Cost and value of both weeks of a metric, on the days that can be compared: where a day is missing, in the metric or in what it cost, on those weekdays that
 * both weeks know; where there are none, each week on the days it knows. Of users the cost of these days is set to seven days.
 */
export function spentByWeek(metric: Metric, weeks: Weeks, { byDay, isWhole }: DailyCost): { last7: Spent; prior7: Spent } {
  const days = eachDay({ start: weeks.prior.start, end: weeks.period.end });
  const values = metric.days.map((value, index) => (isWhole(days[index] ?? "") ? value : null));
  const inBoth = knownInBoth({ days: values });
  const spentOn = (first: number): Spent => {
    const known = inBoth.length > 0 ? inBoth : [0, 1, 2, 3, 4, 5, 6].filter((index) => (values[index + first] ?? null) !== null);
    const cost = sum(known.map((index) => byDay.get(days[index + first] ?? "") ?? 0n));
    const count = sum(known.map((index) => values[index + first] ?? 0n));
    if (metric.kind !== "users" || known.length === 0) return { cost, count, known: known.length };
    const size = BigInt(known.length);
    return { cost: divideRounded(cost * 7n, size), count: divideRounded(count, size), known: known.length };
  };
  return { last7: spentOn(7), prior7: spentOn(0) };
}

/** What a unit of a metric cost: all cost over all units, on the days that both weeks know. */
export function metricCost(metric: Metric, weeks: Weeks, cost: DailyCost): UnitCost | null {
  return unitCost({ name: metric.name, of: "metric", isMean: metric.kind === "users" }, spentByWeek(metric, weeks, cost));
}
