import { type Day, addDays, daysBetween, eachDay, monthPeriod } from "../../day.ts";
import { forecastSeries } from "../../forecast/forecast.ts";
import { type CostBasis, type SourceState } from "../../ledger/charge.ts";
import { type Micros, fromUnits, sum, toCents, toUnits } from "../../money.ts";
import type { PlannedEvent } from "../../settings/events.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";
import { sumOf } from "../../statistics.ts";
import type { Holes } from "../data/holes.ts";
import { withoutHoles } from "./filled-series.ts";
import { type History, pacedDays } from "./history.ts";
import { correctionsOf, monthToDate, spentIn } from "./pacing.ts";
import { type DailySeries, usualSeries } from "./planned-series.ts";

/** Where the month ends by the model, in cents, with the range that eight of ten months should end in. */
export interface ModelForecast {
  readonly total: bigint;
  readonly low80: bigint;
  readonly high80: bigint;
  /** What of the total stands for days of the month that the data do not hold. */
  readonly missing: bigint;
}

/** Days in holes are taken to have cost what such days do. */
interface Input extends Holes {
  /** The review date. */
  readonly asOf: Day;
  readonly month: string;
  readonly charges: readonly ServiceCost[];
  readonly history: History;
  readonly sources: readonly SourceState[];
  readonly costBasis: CostBasis;
  readonly events: readonly PlannedEvent[];
}

/** Two weeks have to be seen before anything is said. */
const fewestSettled = 14;

interface Part {
  readonly spent: Micros;
  /** Units of the currency still to come. */
  readonly rest: number;
  /** The same for days of the month that the data do not hold. */
  readonly missing: number;
  readonly below: number;
  readonly above: number;
}

/** Daily units of usage-based cost from the first known day through the day before the review date. */
function seriesOf(charges: readonly ServiceCost[], { asOf, costBasis, history }: Input): DailySeries {
  const { start, detailsFrom, days } = pacedDays(charges, history, asOf, costBasis);
  const values = eachDay({ start, end: asOf }).map((day) => toUnits(days.get(day) ?? 0n));
  return { start, detailsFrom, values };
}

/** The sources that are final through the same day, as one series. Days after it are forecast; what came of them is the least they cost. */
function partOf(charges: readonly ServiceCost[], settled: Day, input: Input): Part | null {
  const { asOf, month, costBasis, events } = input;
  const seen = seriesOf(charges, input);
  const whole = withoutHoles(seen, charges, input, settled);
  const { values, levelFrom } = usualSeries(whole, charges, events, costBasis);
  const last = addDays(asOf, -1);
  const open = Math.max(0, daysBetween(settled, last));
  if (values.length - open < fewestSettled) return null;
  const { start, end } = monthPeriod(month);
  const toDate = daysBetween(start, asOf);
  const { monthTotal } = forecastSeries({ values, toDate, monthDays: daysBetween(start, end), provisionalDays: open, levelFrom });
  const known = (days: readonly number[]) => sumOf(days, Math.max(0, days.length - toDate), Math.max(0, days.length - open));
  const missing = known(whole.values) - known(seen.values);
  return {
    spent: sum([monthToDate(charges, month, settled, costBasis), correctionsOf(charges, month, costBasis)]),
    rest: monthTotal.point - known(values),
    missing,
    below: monthTotal.point - monthTotal.lo80,
    above: monthTotal.hi80 - monthTotal.point,
  };
}

/** What sources that have ended cost in the month: nothing is to come of them. */
function partOfEnded(charges: readonly ServiceCost[], { month, costBasis }: Input): Part {
  return { spent: spentIn(charges, month, costBasis), rest: 0, missing: 0, below: 0, above: 0 };
}

/**
 * The month by the model: what is final, fees and corrections included, plus the forecast of usage-based cost for the days to come, and what
 * days without data would have cost.
 * Sources that are final through different days are forecast apart, and their ranges added as if they erred together. Null while a
 * source that has charges is known for less than two weeks.
 */
export function modelForecastOf(input: Input): ModelForecast | null {
  const settled = new Map(input.sources.flatMap(({ name, settledThrough }) => (settledThrough === null ? [] : [[name, settledThrough]])));
  const ended = new Set(input.sources.flatMap(({ name, until }) => (until === undefined ? [] : [name])));
  const groups = Map.groupBy(input.charges, ({ source }) => (ended.has(source) ? "ended" : (settled.get(source) ?? null)));
  groups.delete(null);
  const parts = [...groups]
    .sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1))
    .map(([day, charges]) => (day === "ended" ? partOfEnded(charges, input) : partOf(charges, day ?? "", input)));
  const known = parts.filter((part) => part !== null);
  if (known.length === 0 || known.length < parts.length) return null;
  const spent = sum(known.map((part) => part.spent));
  const total = (pick: (part: Part) => number) => known.reduce((amount, part) => amount + pick(part), 0);
  const missing = total((part) => part.missing);
  const rest = total((part) => part.rest) + missing;
  const at = (units: number) => toCents(spent + fromUnits(units));
  const [low80, high80] = [at(rest - total((part) => part.below)), at(rest + total((part) => part.above))];
  return { total: at(rest), low80, high80, missing: toCents(fromUnits(missing)) };
}
