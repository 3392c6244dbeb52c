import type { Day } from "../day.ts";
import { departureOf } from "./expectation.ts";
import { daysToMonthBefore } from "./month-before.ts";
import type { Step } from "./step.ts";

/** A fall of this strength may be a booking that comes late. */
const lateFall = -0.5;
/** So many days it is remembered that one did. */
const remembered = 63;
/** What is made up comes within this share of what lacked. */
const within = 0.5;
/** What comes again is at most so many times as far out as it was, and at least by this factor less. */
const alike = 1.5;

/** The step on the `at`-th day rises by about as much as the day before it lacked: a booking that came late. */
export function makesUp(steps: readonly Step[], at: number): boolean {
  const [before, today] = [steps[at - 1], steps[at]];
  if (!before?.expectation || !today?.expectation || before.strength >= lateFall) return false;
  const lacked = before.expectation.expected - before.value;
  return Math.abs(today.value - today.expectation.expected - lacked) <= within * lacked;
}

/**
 * The last step falls, the one before it did not, and in nine weeks a fall was made up the day after: it may be a booking that comes late. A day at
 * nothing never may.
 */
export function mayComeLate(steps: readonly Step[]): boolean {
  const [before, today] = steps.slice(-2);
  if (!today || today.strength >= 0 || today.isNothing || (before?.strength ?? 0) < lateFall) return false;
  return steps.some((_, at) => at >= steps.length - remembered && makesUp(steps, at));
}

function comesAgain({ value, expectation }: Step, before: Step | undefined): boolean {
  if (!expectation || !before?.expectation) return false;
  const now = departureOf(value, expectation.expected);
  // A rise by its amount, as a fee; a fall by its factor, as a free tier.
  const then = departureOf(before.value, before.expectation.expected) * (now < 0 ? expectation.expected / before.expectation.expected : 1);
  return now / then > 1 / alike && now / then < alike;
}

/** The last step departs about as far as the same day of the month before, which was odd as well (`isLeft`). `day` is its day. */
export function comesMonthly(steps: readonly Step[], isLeft: readonly boolean[], day: Day): boolean {
  const [index, today] = [steps.length - 1, steps.at(-1)];
  return (
    today !== undefined && daysToMonthBefore(day).some((days) => isLeft[index - days] === true && comesAgain(today, steps[index - days]))
  );
}
