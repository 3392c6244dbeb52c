import type { Direction } from "./step.ts";

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
/** A day that rises no farther than the third largest of these runs is how the series is. */
const third = 2;

/** What a day needs to be odd, in deviations: `needed` for any, a single day more than `usual` as well. */
export interface Needs {
  readonly needed: number;
  readonly usual: number;
}

/**
 * What a day needs that needs `deviations` in a calm series. `runs` began before `day`, without the one that it would go on with.
 */
export function needsAfter(runs: readonly PastRun[], day: number, direction: Direction, deviations: number): Needs {
  const own = runs.filter((run) => run.start >= day - remembered);
  const more = own.reduce((total, { start }) => total + again + soon * Math.exp((start - day) / fading), 0);
  const rises = own.filter((run) => run.direction === "up").map(({ peak }) => peak);
  const usual = direction === "up" ? rises.sort((a, b) => b - a)[third] : undefined;
  return { needed: deviations * (1 + more), usual: usual ?? 0 };
}
