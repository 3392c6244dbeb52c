import { divideRounded, microsPerCent, sum, toCents } from "../../money.ts";
import { type Pace, type PacePart, paceScale } from "./pacing.ts";

/** How the forecast at pace moved since a week ago, in cents: `actuals` + `elapsed` + `level` = `change`. */
export interface Movement {
  /** The same sum as of a week ago, from what is known today. */
  readonly before: bigint;
  readonly perDayBefore: bigint;
  readonly change: bigint;
  /** What the days since cost, fees and corrections included. */
  readonly actuals: bigint;
  /** What the old pace had counted for them, taken away. */
  readonly elapsed: bigint;
  /** What the days still to come change by as the pace is another. */
  readonly level: bigint;
  /** How much the plan of the month was changed in that week; null without a plan in force before and after. */
  readonly plan: bigint | null;
  /** What it is split from, source by source. */
  readonly parts: readonly { readonly was: PacePart; readonly now: PacePart }[];
}

/**
 * Splits the movement exactly, source by source: with spent m, pace p and days to come d, m₁ + p₁d₁ − m₀ − p₀d₀ =
 * (m₁ − m₀) − p₀(d₀ − d₁) + (p₁ − p₀)d₁. What the days since cost, and what was counted for them, to the nearest cent, as totals of these
 * days are printed elsewhere; `level` is the rest, so that the parts add up; where no day is to come, `elapsed` is.
 */
export function movementOf(now: Pace, before: Pace, plan: bigint | null): Movement {
  const old = new Map(before.parts.map((part) => [part.source, part]));
  const parts = now.parts.map((part) => ({ was: old.get(part.source) ?? { ...part, spent: 0n, perDayScaled: 0n }, now: part }));
  const split = parts.map(({ was, now: part }) => ({
    actuals: (part.spent - was.spent) * paceScale,
    elapsed: -was.perDayScaled * BigInt(was.daysToCome - part.daysToCome),
  }));
  const [actuals = 0n, counted = 0n] = (["actuals", "elapsed"] as const).map((name) =>
    divideRounded(sum(split.map((part) => part[name])), paceScale * microsPerCent),
  );
  const change = toCents(now.total) - toCents(before.total);
  const elapsed = now.parts.every(({ daysToCome }) => daysToCome === 0) ? change - actuals : counted;
  const level = change - actuals - elapsed;
  return { before: toCents(before.total), perDayBefore: toCents(before.perDay), change, actuals, elapsed, level, plan, parts };
}
