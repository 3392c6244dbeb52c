import { type Day, type Period, addDays, contains, daysBetween } from "../../day.ts";
import { type CostBasis, costOf } from "../../ledger/charge.ts";
import { isPaced } from "../../ledger/usage.ts";
import { toUnits } from "../../money.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";
import type { Holes } from "../data/holes.ts";
import { sumByDay } from "../trend.ts";
import { type DailySeries, weekdayBefore } from "./planned-series.ts";

/** On days of `holes` through `settled` what the last such weekday before them cost. */
function filled(values: readonly number[], start: Day, holes: readonly Period[], settled: Day): readonly number[] {
  const fill = (known: readonly number[], hole: Period) =>
    known.map((value, index) => {
      const day = addDays(start, index);
      return day <= settled && contains(hole, day) ? (known[daysBetween(start, weekdayBefore(hole, day))] ?? value) : value;
    });
  return holes.reduce(fill, values);
}

/**
 * A series in which days through `settled` that the data do not hold, all or those of one provider, cost what the last such weekday before them
 * did: later ones are forecast.
 */
export function withoutHoles(
  series: DailySeries,
  charges: readonly ServiceCost[],
  { holes, providerHoles, costBasis }: Holes & { readonly costBasis: CostBasis },
  settled: Day,
): DailySeries {
  const { start } = series;
  let { values } = series;
  for (const [, list] of Map.groupBy(providerHoles, ({ provider, source }) => `${provider}\0${source}`)) {
    const [{ provider, source } = {}] = list;
    const days = sumByDay(
      charges.filter((charge) => charge.provider === provider && charge.source === source && isPaced(charge)),
      (charge) => costOf(charge, costBasis),
    );
    const own = values.map((_, index) => toUnits(days.get(addDays(start, index)) ?? 0n));
    const whole = filled(
      own,
      start,
      list.map(({ period }) => period),
      settled,
    );
    values = values.map((value, index) => value + (whole[index] ?? 0) - (own[index] ?? 0));
  }
  return { ...series, values: filled(values, start, holes, settled) };
}
