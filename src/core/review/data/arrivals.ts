import type { CountingSource } from "../../attribution/roles.ts";
import { type Day, type Period, addDays, contains, daysBetween, eachDay, monthOf, overlap, weekdayOf } from "../../day.ts";
import type { SourceState } from "../../ledger/charge.ts";
import { type Micros, divideRounded, sum } from "../../money.ts";
import { type PlannedEvent, coverOf, eventsFor, isLasting, takesAway } from "../../settings/events.ts";
import type { ServiceCost } from "../../slices/service-cost.ts";
import { type Slice, costIn, isInProvider, isOfProvider } from "../../slices/slice.ts";
import type { Weeks } from "../../weeks.ts";
import type { Holes } from "./holes.ts";

/** How far the data of a source reach into the week under review. */
export interface Arrival {
  readonly source: string;
  /** Why the source could not be read this time, else null. */
  readonly problem: string | null;
  /** Its last day with a charge, or the last that it answered for without any; null for neither. */
  readonly lastDay: Day | null;
  /** Days of the week under review after that day on which it usually has charges. */
  readonly missing: number;
  /** It has charges on one day of a month at most, as an invoice has. */
  readonly isMonthly: boolean;
}

/** The last day that a source of money answered for when it was read, be there a charge or not: `settlingDays` more than it calls settled. */
export function answeredBy(counting: readonly CountingSource[]): (source: SourceState) => Day | null {
  const settling = new Map(counting.map(({ name, settlingDays }) => [name, settlingDays ?? 0]));
  return ({ name, settledThrough, problem }) =>
    problem === null && settledThrough !== null ? addDays(settledThrough, settling.get(name) ?? 0) : null;
}

/** A weekday without a charge in the last weeks that hold any is one on which a source never has one, such as a Sunday; over fewer weeks nothing is known of it. */
const [mostWeeks, fewestWeeks] = [4, 2];

/** Whether a source usually has a charge on such a weekday, by its last weeks through its last charge. */
function usualWeekdays(charged: readonly Day[], first: Day): (day: Day) => boolean {
  const last = charged.at(-1) ?? first;
  const from = addDays(last, 1 - 7 * mostWeeks);
  if (daysBetween(first, last) < 7 * fewestWeeks) return () => true;
  const weekdays = new Set(charged.filter((day) => day >= from).map(weekdayOf));
  return (day) => weekdays.has(weekdayOf(day));
}

/** How far sources reach: to their last charge, or as far as they answered where that is further. Weekdays on which they never have any are not missing. */
export function arrivalsOf(
  sources: readonly SourceState[],
  charges: readonly Pick<ServiceCost, "source" | "day">[],
  period: Period,
  answered: (source: SourceState) => Day | null = () => null,
): Arrival[] {
  return sources.map((state) => {
    const { name, problem, until } = state;
    const charged = [...new Set(charges.flatMap(({ source, day }) => (source === name ? [day] : [])))].sort();
    const answer = answered(state);
    const last = charged.at(-1) ?? null;
    const lastDay = last === null || (answer !== null && answer > last) ? answer : last;
    const from = lastDay === null || lastDay < period.start ? period.start : addDays(lastDay, 1);
    const end = until !== undefined && until < period.end ? until : period.end;
    const left = from < end ? eachDay({ start: from, end }) : [];
    const [first] = charged;
    // What a source that failed would have brought is not known.
    const isUsual = first === undefined || problem !== null ? () => true : usualWeekdays(charged, first);
    const isMonthly = first !== undefined && new Set(charged.map(monthOf)).size === charged.length;
    return { source: name, problem, lastDay, missing: left.filter(isUsual).length, isMonthly };
  });
}

/**
 * The first day of which the costs of a source have not come, though it had some before; null where none are known to be missing. Invoices are
 * of no day.
 */
export function missingFrom({
  arrivals,
  shareOnly,
}: {
  readonly arrivals: readonly Arrival[];
  readonly shareOnly: readonly string[];
}): Day | null {
  const late = arrivals.filter(({ source, missing, isMonthly }) => missing > 0 && !isMonthly && !shareOnly.includes(source));
  const last = late.flatMap(({ lastDay }) => lastDay ?? []).sort()[0];
  return last === undefined ? null : addDays(last, 1);
}

/** A provider that used to cost something nearly every day, did not fade out, and has nothing on its last settled days. */
export interface Silence {
  readonly provider: string;
  readonly lastDay: Day;
  readonly days: number;
  /** What a day cost, on average over the 14 days before it fell silent. */
  readonly usualDay: Micros;
}

/** The two days before the last one cost less than half of the same weekdays before: the last may be cut off, so that it says nothing. */
function hasFaded({ days }: Slice, lastDay: Day): boolean {
  const [now, before] = [lastDay, addDays(lastDay, -7)].map((end) => costIn(days, { start: addDays(end, -2), end }));
  return (now ?? 0n) * 2n < (before ?? 0n);
}

/** The providers that fell silent 2 to 14 settled days ago; `through` gives the last settled day of a slice. */
export function silentProviders(slices: readonly Slice[], through: (slice: Slice) => Day | null): Silence[] {
  return slices.flatMap((slice): Silence[] => {
    const settled = through(slice);
    const charged = [...slice.days].filter(([, amount]) => amount !== 0n).map(([day]) => day);
    const lastDay = charged
      .filter((day) => settled !== null && day <= settled)
      .sort()
      .at(-1);
    if (slice.dimension !== "provider" || settled === null || lastDay === undefined) return [];
    const days = daysBetween(lastDay, settled);
    const before = { start: addDays(lastDay, -13), end: addDays(lastDay, 1) };
    const usual = charged.filter((day) => day >= before.start && day < before.end).length;
    if (days < 2 || days > 14 || usual < 12 || hasFaded(slice, lastDay)) return [];
    const spent = sum([...slice.days].filter(([day]) => day >= before.start && day < before.end).map(([, amount]) => amount));
    return [{ provider: slice.key, lastDay, days, usualDay: divideRounded(spent, 14n) }];
  });
}

/** It was said beforehand: a migration takes its usage away, or an event that passes lasts as long as the silence. */
export function isPlannedSilence({ provider, lastDay, days }: Silence, events: readonly PlannedEvent[]): boolean {
  const silent = { start: addDays(lastDay, 1), end: addDays(lastDay, days + 1) };
  return eventsFor(events, [provider])
    .filter(({ effect }) => effect === undefined || effect.percent < 0)
    .some((event) =>
      isLasting(event)
        ? takesAway(event) && contains(coverOf(event), silent.start)
        : event.start <= silent.start && event.end >= silent.end,
    );
}

/** Why the cost of a slice in the week under review is not all there; null when nothing is known to be missing. */
export interface Absence {
  readonly lastDay: Day | null;
  /** The source that brought less. */
  readonly source: string | null;
  /** The days that the provider has no usage for, where it has some on later ones. */
  readonly hole: Period | null;
}

/** It is the provider, lies in it, or holds costs of it in one of both weeks: what moved away from it long ago lacks nothing. */
function isPartOf(slice: Slice, provider: string, { start }: Period): boolean {
  return isOfProvider(slice, provider) || (!isInProvider(slice) && (slice.providers.get(provider) ?? "") >= start);
}

/** What is known to be missing of two weeks. */
interface Coming extends Pick<Holes, "providerHoles"> {
  readonly arrivals: readonly Arrival[];
  readonly silences: readonly Silence[];
}

/** What is missing of a slice: of a late source first, then of a hole of its provider in the week, then of its silence. */
export function absenceOf(slice: Slice, { arrivals, silences, providerHoles, period, prior }: Coming & Weeks): Absence | null {
  const late = arrivals.find(({ source, missing }) => missing > 0 && slice.sources.has(source));
  if (late) return { lastDay: late.lastDay, source: late.source, hole: null };
  const holed = providerHoles.find(
    (hole) => isPartOf(slice, hole.provider, prior) && slice.sources.has(hole.source) && overlap(hole.period, period),
  );
  if (holed) return { lastDay: null, source: null, hole: holed.period };
  const silence = silences.find(({ provider }) => isPartOf(slice, provider, prior));
  return silence ? { lastDay: silence.lastDay, source: null, hole: null } : null;
}
