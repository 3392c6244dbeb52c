import { type Day, type Period, addDays, daysBetween, eachDay, monthPeriod } from "../../day.ts";
import { type Micros, sum } from "../../money.ts";
import { type MonthPlan, planToDate } from "../../settings/plan.ts";
import { type Slice, costIn } from "../../slices/slice.ts";

/** How month to date left the plan (N7). */
export interface Gap {
  /** Month to date over plan to date, above zero. */
  readonly amount: Micros;
  /** The first day of the last unbroken stretch of days on which month to date was above plan to date. */
  readonly onset: Day;
  /**
   * The part that was there before the week under review began; all of it when the week brought month to date closer to the plan, nothing when it
   * came back to the plan in it.
   */
  readonly older: Micros;
  /** What came since the onset that is no usage: fees, taxes, credits, adjustments. */
  readonly notUsage: Micros;
  /** The service that rose most since then above its own daily mean of up to 28 days before the onset; null where none did, or that is not known. */
  readonly through: { readonly slice: Slice; readonly excess: Micros } | null;
  /** There are 7 such days or more, so that the services can be compared with them. */
  readonly isKnown: boolean;
}

const baseDays = 28;
const fewestBaseDays = 7;

function excessOf(slice: Slice, base: Period, since: Period): Micros {
  const days = BigInt(daysBetween(base.start, base.end));
  return costIn(slice.days, since) - (costIn(slice.days, base) * BigInt(daysBetween(since.start, since.end))) / days;
}

/** The days before the onset that a service is held against; `first` is the first day of all data. */
export function baseBefore(onset: Day, first: Day): Period {
  const earliest = addDays(onset, -baseDays);
  return { start: first > earliest ? first : earliest, end: onset };
}

interface GapInput {
  readonly plan: MonthPlan;
  /** What each day of the month cost, corrections of earlier months apart. */
  readonly daily: ReadonlyMap<Day, Micros>;
  readonly through: Day;
  readonly period: Period;
  readonly services: readonly Slice[];
  /** First day of all data. */
  readonly first: Day;
}

/** The gap between month to date and plan to date on `through`; null when month to date is not above the plan. */
export function gapOf({ plan, daily, through, period, services, first }: GapInput): Gap | null {
  const month = monthPeriod(plan.month);
  const days = eachDay({ start: month.start, end: addDays(through, 1) });
  let spent = 0n;
  const gaps = days.map((day) => {
    spent += daily.get(day) ?? 0n;
    return spent - planToDate(plan, plan.amount, day);
  });
  const amount = gaps.at(-1) ?? 0n;
  if (amount <= 0n) return null;
  const onset = days[gaps.findLastIndex((gap) => gap <= 0n) + 1] ?? month.start;
  const stood = onset < period.start ? (gaps[days.indexOf(addDays(period.start, -1))] ?? 0n) : 0n;
  const before = period.start > through ? amount : stood;
  const base = baseBefore(onset, first);
  const since = { start: onset, end: addDays(through, 1) };
  const isKnown = daysBetween(base.start, base.end) >= fewestBaseDays;
  const ranked = isKnown
    ? services
        .map((slice) => ({ slice, excess: excessOf(slice, base, since) }))
        .sort((a, b) => (a.excess === b.excess ? 0 : a.excess > b.excess ? -1 : 1))
    : [];
  const top = ranked[0];
  const all = sum(eachDay(since).map((day) => daily.get(day) ?? 0n));
  return {
    amount,
    onset,
    older: before < amount ? before : amount,
    notUsage: all - sum(services.map(({ days: own }) => costIn(own, since))),
    through: top && top.excess > 0n ? top : null,
    isKnown,
  };
}
