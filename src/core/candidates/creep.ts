import { type Detect, isAtLeast, partOf, pathOf } from "./candidate.ts";
import { inputCost, leastGrowth } from "./prompts.ts";

/** From the first week to the last, as a ratio. */
const leastWay = 1.1;
/** So many of the five steps lead up. */
const fewestSteps = 4;

/**
 * Prompts that grew week by week, none of the steps large enough to be told by itself: worth what the requests would have cost less with those of
 * the first week.
 */
export const creep: Detect = ({ lasting, inputWeeks }) =>
  lasting.flatMap((one) => {
    const weeks = inputWeeks.get(one) ?? [];
    const [first = 0, last = 0] = [weeks[0], weeks.at(-1)];
    if (weeks.includes(0) || !isAtLeast(last / first, leastWay) || one.last7.requests <= 0 || one.last7.cost <= 0n) return [];
    const steps = weeks.slice(1).map((week, index) => week / (weeks[index] ?? week));
    if (steps.some((step) => isAtLeast(step, leastGrowth)) || steps.filter((step) => step > 1).length < fewestSteps) return [];
    const saving = partOf(inputCost(one), 1 - first / last);
    return [{ kind: "creep", path: pathOf(one), saving, tokensPerRequest: weeks, requests: one.last7.requests }];
  });
