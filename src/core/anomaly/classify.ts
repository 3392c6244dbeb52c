import { mean } from "../statistics.ts";

export type AnomalyClass = "spike" | "shift" | "undecided";

/** Under four days nothing is reliable (analytics.md §4). */
const fewestDays = 4;
/** So many days from the onset on decide; later ones are another story. */
const mostDays = 7;
/** From here on the newer half can be compared with the beginning. */
const enoughDays = 6;

const logOf = (departure: number) => Math.log(Math.max(0.1, 1 + departure));

/** The pulse that fits best by squared error lasts to the end. */
function lastsToTheEnd(departures: readonly number[]): boolean {
  const errors = departures.map((_, index) => {
    const height = mean(departures.slice(0, index + 1));
    return departures.reduce((error, departure, day) => error + (departure - (day <= index ? height : 0)) ** 2, 0);
  });
  return errors.indexOf(Math.min(...errors)) === departures.length - 1;
}

/** The newer half stands at this share of the beginning or higher. */
function holds(departures: readonly number[], share: number): boolean {
  const newer = departures.slice(-Math.ceil(departures.length / 2));
  return mean(newer) > share * mean(departures.slice(0, Math.ceil(departures.length / 4)));
}

/**
 * Spike or shift, from the departures since the onset as shares of what was expected, a fall negative: too early to tell under four
 * days; then the majority of three rules (best pulse, last day against the largest, newer half against the beginning), from the sixth
 * day on the last of them.
 */
export function classify(sinceOnset: readonly number[]): AnomalyClass {
  const seen = sinceOnset.slice(0, mostDays);
  if (seen.length < fewestDays) return "undecided";
  const sign = Math.sign(seen[0] ?? 1) || 1;
  const departures = seen.map((departure) => sign * (sign > 0 ? departure : logOf(departure)));
  if (departures.length >= enoughDays) return holds(departures, 0.4) ? "shift" : "spike";
  const logs = seen.map((departure) => sign * logOf(departure));
  const votes = [lastsToTheEnd(logs), (departures.at(-1) ?? 0) > Math.max(...departures) / 2, holds(logs, 0.4)];
  return votes.filter(Boolean).length >= 2 ? "shift" : "spike";
}
