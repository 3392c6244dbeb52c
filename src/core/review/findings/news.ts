import { type Day, type Period, addDays, daysBetween } from "../../day.ts";
import type { SourceState } from "../../ledger/charge.ts";
import type { Restatement } from "../../ledger/restatement.ts";
import { settledOf } from "../../slices/settled.ts";
import type { Slice } from "../../slices/slice.ts";
import type { Weeks } from "../../weeks.ts";

/** Whether a run of odd days lies before the week under review: it is told there as news of days that were not final before. */
export function isBefore(run: { readonly period: Period }, { period }: Pick<Weeks, "period">): boolean {
  return run.period.end <= period.start;
}

/** What tells which days of a slice the review before could look at. */
interface Known extends Weeks {
  readonly sources: readonly SourceState[];
  readonly restatements: readonly Restatement[];
  readonly asOf: Day;
  /** The date of the review before; null where none is known. */
  readonly lastReview: Day | null;
}

/**
 * The first day of a slice on which odd days are news: of the week under review, or before it where the review before could not tell, as the day was
 * not final then, or had not come, or as a week was left out. Sources settle as fast from review to review; of one that brought no final day of
 * this week nothing is known but what was told then.
 */
export function newsFrom({ sources, restatements, period, prior, asOf, lastReview }: Known): (slice: Pick<Slice, "sources">) => Day {
  const through = settledOf(sources);
  const failed = new Set(sources.flatMap(({ name, problem }) => (problem === null ? [] : [name])));
  const since = lastReview === null ? 7 : daysBetween(lastReview, asOf);
  return (slice) => {
    const last = through(slice);
    if (last === null || last < period.start || [...slice.sources].some((name) => failed.has(name))) return period.start;
    const came = restatements.filter(({ source, wasOpen }) => wasOpen && slice.sources.has(source)).map(({ day }) => day);
    const [first = period.start] = [period.start, addDays(last, 1 - since), ...came].sort();
    return first < prior.start ? prior.start : first;
  };
}
