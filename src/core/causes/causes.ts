import { type Day, addDays, contains, daysBetween, eachDay } from "../day.ts";
import type { Micros } from "../money.ts";
import type { Slice } from "../slices/slice.ts";
import type { Weeks } from "../weeks.ts";
import { type Asked, type Change, type Changes, changeKinds } from "./change.ts";

/** What may have moved a slice: candidates, never causes. */
export interface Candidates {
  /** The day on which the delta began. */
  readonly onset: Day;
  /** The days in which changes were looked for, the last included. */
  readonly from: Day;
  readonly found: readonly Change[];
}

/** Candidate causes of the listed deltas. */
export interface Causes {
  readonly asked: readonly Asked[];
  /** By slice id. */
  readonly bySlice: ReadonlyMap<string, Candidates>;
}

/** A change is looked for on so many days before the onset, and on the onset itself. */
const daysBefore = 3;

/** The days on which a change may be a candidate for a delta of one of these onsets, sorted. */
export function daysNear(onsets: readonly Day[]): Day[] {
  return [...new Set(onsets.flatMap((onset) => eachDay({ start: addDays(onset, -daysBefore), end: addDays(onset, 1) })))].sort();
}

/**
 * The day from which a week differs from the week before, weekday by weekday: where a step from no difference to a steady one in the
 * direction of the whole change fits the seven differences best (least squares). The last such day where several do. Days after `through`
 * are not final, and what they lack so far is no difference, unless no day of the week is.
 */
export function onsetOf(days: Slice["days"], { period, prior }: Weeks, through: Day | null): Day {
  const cost = (day: Day): Micros => days.get(day) ?? 0n;
  const last = through === null || through < period.start ? period.end : through;
  const before = eachDay(prior);
  const steps = eachDay(period)
    .map((day, index) => ({ day, by: cost(day) - cost(before[index] ?? "") }))
    .filter(({ day }) => day <= last);
  const direction = steps.reduce((sum, { by }) => sum + by, 0n) < 0n ? -1n : 1n;
  let [rest, count, onset] = [0n, 0n, period.start];
  let best = { square: 0n, count: 1n };
  for (const { day, by } of steps.toReversed()) {
    rest += by * direction;
    count += 1n;
    // What a step here explains: the square of what follows ÷ the number of its days.
    if (rest > 0n && rest * rest * best.count > best.square * count) [best, onset] = [{ square: rest * rest, count }, day];
  }
  return onset;
}

/** Those that touched configured files first, then the nearest to the onset, then deployments and releases before what they hold. */
function byLikelihood(onset: Day): (a: Change, b: Change) => number {
  const order = ["deployment", "release", "pull-request", "commit"] as const satisfies readonly (typeof changeKinds)[number][];
  const keyOf = ({ paths, day, kind, repository, ref }: Change) =>
    [paths.length > 0 ? 0 : 1, daysBetween(day, onset), order.indexOf(kind), `${repository}\0${ref}`] as const;
  return (a, b) => {
    const [one, other] = [keyOf(a), keyOf(b)];
    const at = one.findIndex((part, index) => part !== other[index]);
    return at < 0 ? 0 : (one[at] ?? 0) < (other[at] ?? 0) ? -1 : 1;
  };
}

const mostShown = 3;

/** The candidates of each slice, by the day its delta began, among the changes of some days: at most three. */
export function causesOf(deltas: readonly { readonly id: string; readonly onset: Day }[], changes: Changes): Causes {
  const candidates = deltas.map(({ id, onset }): [string, Candidates] => {
    const from = addDays(onset, -daysBefore);
    const near = changes.found.filter(({ day }) => contains({ start: from, end: addDays(onset, 1) }, day));
    return [id, { onset, from, found: near.toSorted(byLikelihood(onset)).slice(0, mostShown) }];
  });
  return { asked: changes.asked, bySlice: new Map(candidates) };
}
