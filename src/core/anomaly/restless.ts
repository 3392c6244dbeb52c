import type { Direction } from "./detect.ts";

/** A run of odd days as later ones remember it. */
export interface PastRun {
  readonly start: number;
  readonly direction: Direction;
  /** The distance of its farthest day, in deviations. */
  readonly peak: number;
}

/** So many days runs are remembered. */
const remembered = 45;
/** Each run makes the next one need so much more; right after it began more by `soon`, which fades within `fading` days: odd days crowd. */
const [again, soon, fading] = [0.2, 0.5, 5];
/** A rise no farther than the third largest of these days is how the series is. */
const usual = 3;

/**
 * How many deviations a day needs to be odd that needs `deviations` in a calm series. `runs` began before `day`, oldest first, without
 * the one that it would go on with. A fall, most often a holiday, makes no rise after it less odd.
 */
export function neededAfter(runs: readonly PastRun[], day: number, direction: Direction, deviations: number): number {
  const own = runs.filter((run) => run.start >= day - remembered && (direction === "down" || run.direction === "up"));
  const more = own.reduce((total, { start }) => total + again + soon * Math.exp((start - day) / fading), 0);
  if (direction === "down") return deviations * (1 + more);
  const [third = 0] = own
    .map(({ peak }) => peak)
    .sort((a, b) => b - a)
    .slice(usual - 1);
  return Math.max(deviations * (1 + more), third);
}
