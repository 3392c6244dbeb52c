import type { AnomalyClass } from "../anomaly/classify.ts";
import type { Direction, Sensitivity } from "../anomaly/detect.ts";
import { expectNext, fewestDays } from "../anomaly/expectation.ts";
import { findRuns, oddDays } from "../anomaly/runs.ts";
import type { Thresholds } from "../settings/config.ts";
import { type Day, type Period, addDays, eachDay } from "../day.ts";
import { type Micros, microsPerUnit } from "../money.ts";
import { type Slice, sliceName } from "./slice.ts";

/** A run of days on which a slice cost more or less than expected; amounts are sums over the run. */
export interface Anomaly {
  /** `<slice id>@<first day>`. */
  readonly id: string;
  readonly slice: Slice;
  readonly name: string;
  readonly period: Period;
  readonly direction: Direction;
  readonly class: AnomalyClass;
  readonly rule: string;
  readonly actual: Micros;
  readonly expected: Micros;
  readonly low: Micros;
  readonly high: Micros;
}

/** So many days before the review date are looked at; more would only cost time. */
const windowDays = 98;

const toUnits = (amount: Micros) => Number(amount) / Number(microsPerUnit);
const toMicros = (amount: number) => BigInt(Math.round(amount * Number(microsPerUnit)));

interface Series {
  readonly start: Day;
  readonly values: readonly number[];
}

/** Daily amounts from the slice's first day (within the window) through `through`; days without a charge cost 0. */
function seriesOf(days: ReadonlyMap<Day, Micros>, through: Day): Series {
  const earliest = addDays(through, 1 - windowDays);
  const known = [...days.keys()].filter((day) => day >= earliest && day <= through).sort();
  const start = known[0] ?? through;
  return { start, values: eachDay({ start, end: addDays(through, 1) }).map((day) => toUnits(days.get(day) ?? 0n)) };
}

function anomaliesOf(slice: Slice, through: Day, period: Period, sensitivity: Sensitivity): Anomaly[] {
  const { start, values } = seriesOf(slice.days, through);
  // What never cost that much on a day cannot depart by it; most of many slices end here.
  if (!values.some((value) => Math.abs(value) >= sensitivity.amount)) return [];
  return findRuns(values, sensitivity).flatMap((run) => {
    const days = { start: addDays(start, run.start), end: addDays(start, run.end) };
    if (days.end <= period.start) return [];
    const { direction, rule } = run;
    const amounts = { actual: toMicros(run.actual), expected: toMicros(run.expected), low: toMicros(run.low), high: toMicros(run.high) };
    return [
      { id: `${slice.id}@${days.start}`, slice, name: sliceName(slice), period: days, direction, class: run.class, rule, ...amounts },
    ];
  });
}

const overlap = (a: Anomaly, b: Anomaly) => a.direction === b.direction && a.period.start < b.period.end && b.period.start < a.period.end;

/** Less than one unit of the currency a day is nobody's half hour. */
const leastAmount = 1;

/** The least amount that matters: a share of what all slices cost on a mean day of the last four weeks. */
function sensitivityFor(services: readonly Slice[], through: Day, thresholds: Thresholds): Sensitivity {
  const weeks = { start: addDays(through, -27), end: addDays(through, 1) };
  const days = new Set(services.flatMap((slice) => [...slice.days.keys()]).filter((day) => day >= weeks.start && day < weeks.end));
  const total = services.flatMap((slice) => [...days].map((day) => toUnits(slice.days.get(day) ?? 0n))).reduce((a, b) => a + b, 0);
  const meanDay = days.size === 0 ? 0 : total / days.size;
  return { share: thresholds.anomaly / 100, amount: Math.max(leastAmount, (meanDay * thresholds.anomalyShare) / 100) };
}

/**
 * Anomalies of the services, and of providers where no service of theirs explains it, whose run touches the period; largest first.
 * `through` gives the last settled day of a slice.
 */
export function anomaliesIn(
  slices: readonly Slice[],
  through: (slice: Slice) => Day | null,
  period: Period,
  thresholds: Thresholds,
): Anomaly[] {
  const services = slices.filter((slice) => slice.dimension === "service");
  const last = services
    .map(through)
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  if (last === undefined) return [];
  const sensitivity = sensitivityFor(services, last, thresholds);
  const find = (slice: Slice) => {
    const day = through(slice);
    return day === null ? [] : anomaliesOf(slice, day, period, sensitivity);
  };
  const ofServices = services.flatMap(find);
  // What a provider's only service does not explain, the provider does not either.
  const several = new Set(services.map(({ path }) => path[0]).filter((name, index, all) => all.indexOf(name) !== index));
  const ofProviders = slices
    .filter(({ dimension, path }) => dimension === "provider" && several.has(path[0]))
    .flatMap(find)
    .filter((found) => !ofServices.some((inner) => inner.slice.path[0] === found.slice.path[0] && overlap(inner, found)));
  const size = ({ actual, expected }: Anomaly) => (actual > expected ? actual - expected : expected - actual);
  return [...ofServices, ...ofProviders].sort((a, b) => (size(a) === size(b) ? (a.id < b.id ? -1 : 1) : size(a) > size(b) ? -1 : 1));
}

/** The last settled day against what the days before let expect (S66). */
export interface Yesterday {
  readonly day: Day;
  readonly actual: Micros;
  readonly expected: Micros;
  readonly low: Micros;
  readonly high: Micros;
}

/** Null with fewer than 14 days before it. Days that were odd are not what a day is expected to be like. */
export function yesterdayOf(services: readonly Slice[], day: Day, thresholds: Thresholds): Yesterday | null {
  const total = new Map<Day, Micros>();
  for (const slice of services) for (const [when, amount] of slice.days) total.set(when, (total.get(when) ?? 0n) + amount);
  const { values } = seriesOf(total, day);
  if (values.length <= fewestDays) return null;
  const before = values.slice(0, -1);
  const odd = oddDays(before, sensitivityFor(services, day, thresholds));
  const expectation = expectNext(before, odd);
  if (!expectation) return null;
  const { expected, scale } = expectation;
  const amounts = { expected: toMicros(expected), low: toMicros(Math.max(0, expected - 2 * scale)), high: toMicros(expected + 2 * scale) };
  return { day, actual: total.get(day) ?? 0n, ...amounts };
}
