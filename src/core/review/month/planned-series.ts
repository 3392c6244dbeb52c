import { type Day, type Period, addDays, contains, daysBetween } from "../../day.ts";
import { type CostBasis, costOf } from "../../ledger/charge.ts";
import { isPaced } from "../../ledger/usage.ts";
import { type Micros, toUnits } from "../../money.ts";
import { type PlannedEvent, isLasting, newLevelDays } from "../../settings/events.ts";
import { inScope } from "../../settings/scope.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";

/** What each day cost, in units of the currency, from `start` on; of days before `detailsFrom` it is not known what they cost by service. */
export interface DailySeries {
  readonly start: Day;
  readonly detailsFrom: Day;
  readonly values: readonly number[];
}

/** A daily series with what is planned taken out: amounts in units of the currency. */
export interface UsualSeries {
  readonly values: readonly number[];
  /** Where a launch or migration began whose level is known by now; 0 without one. */
  readonly levelFrom: number;
}

/** A launch of less than this share of the last four weeks moves no level of the whole. */
const leastShare = 0.1;
const shareDays = 28;

/** What the charges in the scope of an event cost by day. */
function scopeDays(event: PlannedEvent, charges: readonly ServiceCost[], basis: CostBasis): Map<Day, Micros> {
  const known = new Map<string, boolean>();
  const days = new Map<Day, Micros>();
  for (const charge of charges) {
    const path = `${charge.provider}\0${charge.service}`;
    const belongs = known.get(path) ?? inScope(event.scope, [charge.provider, charge.service]);
    known.set(path, belongs);
    if (belongs && isPaced(charge)) days.set(charge.day, (days.get(charge.day) ?? 0n) + costOf(charge, basis));
  }
  return days;
}

/** The last day before a stretch of days that is the same weekday as one of them. */
export const weekdayBefore = ({ start }: Pick<Period, "start">, day: Day): Day =>
  addDays(day, -7 * (Math.floor(daysBetween(start, day) / 7) + 1));

/** On the days of a passing event its charges count with what they cost on the last such weekday before it. */
function withoutEvent({ start, detailsFrom, values }: DailySeries, event: PlannedEvent, days: ReadonlyMap<Day, Micros>): readonly number[] {
  return values.map((value, index) => {
    const day = addDays(start, index);
    if (!contains(event, day)) return value;
    const usual = weekdayBefore(event, day);
    return usual < detailsFrom ? value : value - toUnits(days.get(day) ?? 0n) + toUnits(days.get(usual) ?? 0n);
  });
}

function isLarge(days: ReadonlyMap<Day, Micros>, values: readonly number[], start: Day): boolean {
  const from = Math.max(0, values.length - shareDays);
  let own = 0;
  for (let index = from; index < values.length; index++) own += toUnits(days.get(addDays(start, index)) ?? 0n);
  return own >= leastShare * values.slice(from).reduce((total, value) => total + value, 0);
}

/**
 * A series as it would be without what passes (a holiday), and from where on it has the level of what lasts (a launch, once seven days of
 * it are known). The series holds the paced charges. Costs nothing without events.
 */
export function usualSeries(
  series: DailySeries,
  charges: readonly ServiceCost[],
  events: readonly PlannedEvent[],
  basis: CostBasis,
): UsualSeries {
  const { start, values } = series;
  const end = addDays(start, values.length);
  let usual = values;
  let levelFrom = 0;
  for (const event of events) {
    if (event.end <= start || event.start >= end) continue;
    const days = scopeDays(event, charges, basis);
    if (!isLasting(event)) usual = withoutEvent({ ...series, values: usual }, event, days);
    else if (addDays(event.start, newLevelDays) <= end && isLarge(days, values, start))
      levelFrom = Math.max(levelFrom, daysBetween(start, event.start));
  }
  return { values: usual, levelFrom };
}
