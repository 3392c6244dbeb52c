import type { Day } from "../day.ts";
import { type Charge, costOf, isLateCorrection } from "../ledger/charge.ts";
import type { Micros } from "../money.ts";
import type { TwoWeeks } from "../slices/delta.ts";
import { dependingOnShares } from "../slices/depending.ts";
import { type Kind, kindsBy } from "../slices/kind.ts";
import { byService, type ServiceCost } from "../slices/service-cost.ts";
import { earliest, settledOf, settledThroughOf } from "../slices/settled.ts";
import { type Slice, slicesOf } from "../slices/slice.ts";
import type { NamedWeeks } from "../weeks.ts";
import type { Counted } from "./counted.ts";
import { type Holes, holesOf } from "./data/holes.ts";
import { type UntoldModels, toldCounts } from "./data/told-counts.ts";
import type { LateCorrection } from "./month/closed-months.ts";
import { type Totals, totalsOf } from "./totals.ts";
import { sumByDay } from "./trend.ts";

/** What every part of a review starts from. */
export interface Basics extends Holes {
  readonly weeks: NamedWeeks;
  readonly settledThrough: Day | null;
  /** The same of those with a problem, too: a month that one of them was not read to the end of has not closed. */
  readonly readThrough: Day | null;
  /** All charges but corrections of earlier billing periods. */
  readonly daily: readonly Charge[];
  /**
   * Those of both weeks, as they are (`whole`), and with usage split by what attribution sources say (`parts`): the same list where they say nothing. Their
   * requests and tokens are those that can be set against cost.
   */
  readonly bothWeeks: { readonly whole: readonly Charge[]; readonly parts: readonly Charge[] };
  readonly untold: UntoldModels;
  /** What services cost on each day: with corrections of earlier billing periods (`billed`), and without (`daily`). */
  readonly costs: { readonly billed: readonly ServiceCost[]; readonly daily: readonly ServiceCost[] };
  readonly late: readonly LateCorrection[];
  readonly byDay: ReadonlyMap<Day, Micros>;
  readonly firstDay: Day | null;
  readonly totals: Totals;
  readonly usage: TwoWeeks;
  /** Slices of usage. */
  readonly slices: readonly Slice[];
  readonly services: readonly Slice[];
  /** Those that are all there through `settledThrough`: a source that failed was read through an earlier day, and what it costs since is missing. */
  readonly readServices: readonly Slice[];
  /** What a charge has in common with others. */
  readonly kindOf: (charge: Charge) => Kind;
}

/** Takes the charges apart once for all parts of the review. */
export function basicsOf({ input, ready }: Counted, weeks: NamedWeeks): Basics {
  const { charges, sources, costBasis } = input;
  const cost = (charge: ServiceCost) => costOf(charge, costBasis);
  const billed = byService(charges);
  const late = billed.filter(isLateCorrection);
  const costs = { billed, daily: late.length === 0 ? billed : billed.filter((charge) => !isLateCorrection(charge)) };
  const daily = late.length === 0 ? charges : charges.filter((charge) => !isLateCorrection(charge));
  const parts = ready.parts === ready.money ? daily : ready.parts.filter((charge) => !isLateCorrection(charge));
  const isRecent = ({ day }: Charge) => weeks.prior.start <= day && day < weeks.period.end;
  const kindOf = kindsBy(ready);
  const recent = daily.filter(isRecent);
  const { take, untold } = toldCounts(recent, weeks, kindOf, costBasis);
  const whole = take(recent);
  const bothWeeks = { whole, parts: parts === daily ? whole : take(parts.filter(isRecent)) };
  const totals = totalsOf(costs.daily, weeks, costBasis);
  const usage = parts.filter((charge) => charge.category === "Usage");
  const slices = dependingOnShares(slicesOf(usage, kindOf, cost), ready);
  const byDay = sumByDay(costs.daily, cost);
  const services = slices.filter((slice) => slice.dimension === "service");
  const [settledThrough, settledDay] = [settledThroughOf(sources), settledOf(sources)];
  return {
    weeks,
    settledThrough,
    readThrough: earliest(sources.map((source) => source.settledThrough)),
    daily,
    bothWeeks,
    untold,
    costs,
    late: late.map((charge) => ({ billingPeriod: charge.billingPeriod, amount: cost(charge) })),
    byDay,
    firstDay: costs.daily.reduce<Day | null>((first, { day }) => (first === null || day < first ? day : first), null),
    ...holesOf(costs.daily, cost, input.events),
    totals,
    usage: totals.byCategory.get("Usage") ?? totals.total,
    slices,
    services,
    readServices: services.filter((slice) => (settledDay(slice) ?? "") >= (settledThrough ?? "")),
    kindOf,
  };
}
