import { median } from "../statistics.ts";
import { departureOf } from "./expectation.ts";

export type AnomalyClass = "spike" | "shift" | "undecided";

/** Under four days nothing is reliable. */
const fewestDays = 4;
/** So many days from the onset on decide; later ones are another story. */
const mostDays = 7;
/** A shift keeps this share of its first day's departure. */
const kept = 0.35;

/**
 * Spike or shift, from the departures since the onset as shares of what was expected, a fall negative: too early to tell under four
 * days; then a shift where the median of the days after the first still stands at 35 % of the first one's departure (falls in
 * logarithms).
 */
export function classify(sinceOnset: readonly number[]): AnomalyClass {
  const seen = sinceOnset.slice(0, mostDays);
  if (seen.length < fewestDays) return "undecided";
  const [first = 0, ...later] = seen.map((departure) => departureOf(1 + departure, 1));
  return Math.sign(first) * median(later) > kept * Math.abs(first) ? "shift" : "spike";
}
