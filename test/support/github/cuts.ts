import type { Failure } from "./failures.ts";

const before = ["no-answer", "502", "secondary-limit"] as const satisfies readonly Failure[];

/** Where and how a run is cut. */
export interface Cut {
  readonly n: number;
  readonly way: Failure;
}

/**
 * The cuts of a sweep over a run of so many requests: at every second one the one that does the work and loses the answer, which a blind
 * repeat would double, and each of the other ways at one of the requests; the long form (OVERPACE_LONG=1) takes every way at each.
 */
export function cutsOf(requests: number): Cut[] {
  const isLong = process.env["OVERPACE_LONG"] === "1";
  return Array.from({ length: requests }, (_, index) => index + 1).flatMap((n) => {
    const others = isLong ? before : before.filter((_, index) => n === 3 * index + 2);
    const lost = isLong || n % 2 === 0 ? (["lost-answer"] as const) : [];
    return [...others, ...lost].map((way) => ({ n, way }));
  });
}
