import { mean, sumOf } from "../statistics.ts";
import { type Origin, blend, forgetting, logError, originsOf, weightsOf } from "./backtest.ts";
import { membersOf, traitsOf } from "./members.ts";
import { reachOf } from "./range.ts";

/** A daily series and where the month stands. */
export interface ForecastInput {
  /** One value per day through the day that the forecast is made on, oldest first. */
  readonly values: readonly number[];
  /** How many of the last values belong to the month. */
  readonly toDate: number;
  readonly monthDays: number;
  /** The last so many values are incomplete: they are forecast; what has come is the least they will be. */
  readonly provisionalDays: number;
  /** Where a level begins that is known to be new, as after a launch; 0 or nothing for none. Older days tell the weekdays apart. */
  readonly levelFrom?: number;
}

export interface MonthRange {
  readonly point: number;
  readonly lo80: number;
  readonly hi80: number;
  readonly lo95: number;
  readonly hi95: number;
}

export interface SeriesForecast {
  readonly monthTotal: MonthRange;
  /** The days to come, at least seven. */
  readonly daily: readonly number[];
}

export const forecastMethod = "weighted mean of levels × weekday, range from its own misses";

const fewestAhead = 7;

interface Asked {
  readonly days: number;
  /** The sum of so many days is what the month's total needs. */
  readonly span: number;
  readonly levelFrom: number;
}

/** The members after `settled`, how much each counts, and their weighted mean. */
function pathAfter(settled: readonly number[], { days, span, levelFrom }: Asked) {
  const traits = traitsOf(settled);
  const members = membersOf(settled, days, traits, levelFrom);
  const origins = originsOf(settled, days, traits, levelFrom);
  const weights = weightsOf(settled, origins, { days: span, members: members.length, bursty: traits.bursty });
  return { traits, members, origins, weights, path: blend(members, weights) };
}

/** How much of the usual miss of a day is still to come to a day that is not final. */
const shareToCome = 0.6;
/** A day of a burst, or one without cost, misses no more than this. */
const largestMiss = 0.5;

/** The usual miss one day ahead, as a logarithm of the ratio, newer ones counting more. */
function usualDayMiss(settled: readonly number[], origins: readonly Origin[], weights: readonly number[]): number {
  let [total, weight] = [0, 0];
  for (const { known, members } of origins) {
    const expected = members.reduce((sum, path, index) => sum + (weights[index] ?? 0) * (path[0] ?? 0), 0);
    const own = forgetting ** (settled.length - known);
    total += own * Math.min(largestMiss, Math.abs(logError(settled[known] ?? 0, expected)));
    weight += own;
  }
  return weight === 0 ? 0 : total / weight;
}

/** Of a day that later ones came after, so much is there; so far off is that, as a logarithm; and it counts no more than so much. */
const [usuallyThere, farOff, mostTrusted] = [0.9, 0.1, 0.5];

/**
 * Such a day, between what was expected and what it comes to where it is as whole as such days are: the more of the latter, the more the days
 * of the series surprise.
 */
function nearlyWhole(value: number, expected: number, miss: number): number {
  const trusted = Math.min(mostTrusted, miss ** 2 / (miss ** 2 + farOff ** 2));
  return Math.max(value, (value / usuallyThere) ** trusted * expected ** (1 - trusted));
}

/**
 * Days of which nothing is final, and those after them. What came of a day is the least it will cost; of the last one some is still to come, more
 * where days surprise more, of those before it little. Where that is not what was expected, the days after know of it.
 */
function expectedDays(
  settled: readonly number[],
  seen: readonly number[],
  { path, origins, weights, traits }: ReturnType<typeof pathAfter>,
  { days, levelFrom }: Asked,
): number[] {
  const miss = usualDayMiss(settled, origins, weights);
  const toCome = Math.exp(shareToCome * miss);
  const last = seen.findLastIndex((value) => value > 0);
  const filled = seen.map((value, day) => {
    const usual = path[day] ?? 0;
    if (day < last && value > 0 && usual > 0) return nearlyWhole(value, usual, miss);
    return Math.max(value > 0 ? value * toCome : value, usual);
  });
  if (settled.length === 0 || filled.every((value, day) => value === path[day])) return [...filled, ...path.slice(seen.length)];
  const known = [...settled, ...filled];
  return [...filled, ...blend(membersOf(known, days - seen.length, traits, levelFrom), weights)];
}

/**
 * The month's total with its range and the days to come, from one series alone; one setting for all series. docs/method.md: a mean of
 * cheap forecasts, here weighted by their own backtest; robust smoothing in place of plain, for bursts and steps; provisional days
 * forecast, not read.
 */
export function forecastSeries({ values, toDate, monthDays, provisionalDays, levelFrom = 0 }: ForecastInput): SeriesForecast {
  const open = Math.min(Math.max(0, provisionalDays), values.length);
  const settled = values.slice(0, values.length - open);
  const seen = values.slice(values.length - open);
  const toCome = Math.max(0, monthDays - toDate);
  const days = open + Math.max(toCome, fewestAhead);
  const known = settled.length > 0 ? settled : [Math.max(0, mean(seen))];
  const asked = { days, span: Math.max(1, open + toCome), levelFrom };
  const backtest = pathAfter(known, asked);
  const { reach80, reach95 } = reachOf(known, { ...backtest, days: asked.span });
  const expected = expectedDays(settled, seen, backtest, asked);
  const openInMonth = Math.min(open, toDate);
  const spent = sumOf(values, Math.max(0, values.length - toDate), values.length - openInMonth);
  const rest = sumOf(expected, open - openInMonth, open + toCome);
  const least = spent + sumOf(seen, open - openInMonth);
  const at = (reach: number) => spent + rest * Math.exp(rest < 0 ? -reach : reach);
  const isKnown = openInMonth + toCome === 0;
  const point = spent + rest;
  const low = (reach: number) => (isKnown ? point : Math.min(point, Math.max(at(-reach), rest < 0 ? -Infinity : least)));
  const high = (reach: number) => (isKnown ? point : Math.max(point, at(reach)));
  return {
    monthTotal: { point, lo80: low(reach80), hi80: high(reach80), lo95: low(reach95), hi95: high(reach95) },
    daily: expected.slice(open, open + Math.max(toCome, fewestAhead)),
  };
}
