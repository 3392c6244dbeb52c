import { sumOf } from "../statistics.ts";
import { type Traits, membersOf, steadyMembers } from "./members.ts";

/** What the members would have said on an earlier day, and what came. */
export interface Origin {
  /** How many values were known. */
  readonly known: number;
  readonly members: readonly (readonly number[])[];
}

/** Days of the last five months, for errors of older ones count for next to nothing: thirty at most, and none closer than three days to the next. */
const [testDays, mostOrigins, closest] = [150, 30, 3];
/** Less history than this is no test. */
const fewestKnown = 14;

/** Forecasts from earlier days, newest first, each for `days` days and from nothing but what was known then. */
export function originsOf(values: readonly number[], days: number, traits: Traits, levelFrom = 0): Origin[] {
  const origins: Origin[] = [];
  const oldest = Math.max(fewestKnown, values.length - testDays);
  const step = Math.max(closest, Math.ceil((values.length - oldest) / mostOrigins));
  for (let known = values.length - 1; known >= oldest; known -= step)
    origins.push({ known, members: membersOf(values.slice(0, known), days, traits, levelFrom) });
  return origins;
}

/** Error of a forecast sum as a logarithm of the ratio, bounded so that a sum of 0 is no infinity. */
export function logError(actual: number, expected: number): number {
  const least = 0.02 * Math.max(Math.abs(actual), Math.abs(expected), 1e-200);
  return Math.log(Math.max(actual, least) / Math.max(expected, least));
}

/** However many days are asked for, at least so many, and no more than leave half of the history for origins. */
const shortestTest = 7;
/** An error counts so much less for each day that it is older. */
export const forgetting = 0.98;
const sharpness = 4;
const errorFloor = 0.002;

/** In a bursty series the medians stand for so many origins of their own. */
const originsAgainstBursts = 4;

/**
 * How much each member counts: by the inverse 4th power of its own error in the backtest, newer errors counting more. While few errors are
 * known of a bursty series, mostly its medians count: what follows a burst looks good by luck.
 */
export function weightsOf(
  values: readonly number[],
  origins: readonly Origin[],
  { days, members, bursty }: { readonly days: number; readonly members: number } & Pick<Traits, "bursty">,
): number[] {
  const span = Math.min(days, Math.max(shortestTest, Math.floor((values.length - fewestKnown) / 2)));
  const errors = Array.from({ length: members }, () => 0);
  let total = 0;
  for (const { known, members: paths } of origins) {
    if (known + span > values.length) continue;
    const actual = sumOf(values, known, known + span);
    const weight = forgetting ** (values.length - known - span);
    total += weight;
    for (const [index, path] of paths.entries())
      errors[index] = (errors[index] ?? 0) + weight * Math.abs(logError(actual, sumOf(path, 0, span)));
  }
  const raw = errors.map((error) => (total === 0 ? 1 : (error / total + errorFloor) ** -sharpness));
  const sum = sumOf(raw);
  const trusted = bursty ? total / (total + originsAgainstBursts) : 1;
  return raw.map((weight, index) => (trusted * weight) / sum + (index < steadyMembers ? (1 - trusted) / steadyMembers : 0));
}

/** The weighted mean of the members, day by day. */
export function blend(members: readonly (readonly number[])[], weights: readonly number[]): number[] {
  const path = Array.from({ length: members[0]?.length ?? 0 }, () => 0);
  for (const [index, member] of members.entries()) {
    const weight = weights[index] ?? 0;
    for (let day = 0; day < path.length; day++) path[day] = (path[day] ?? 0) + weight * (member[day] ?? 0);
  }
  return path;
}
