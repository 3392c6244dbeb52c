import type { Day } from "../../day.ts";
import { divideRounded, sum } from "../../money.ts";
import { sliceNamed } from "../../slices/slice.ts";
import type { Review } from "../review.ts";
import { type StatedEffect, effectDays, effectOnMonth } from "./effect.ts";

/** An open action of an earlier review, as far as it says what it will change. */
export interface OpenAction {
  readonly id: string;
  readonly due: Day;
  /** The slice that it is about, and what it is to change there; null when it does not say so. */
  readonly about: string | null;
  readonly effect: StatedEffect | null;
  /** How people closed its issue since; null while it is open. */
  readonly ended: "done" | "dropped" | null;
}

/** What an open action changes in the month, in cents, and what that is computed from. */
interface OpenEffect {
  readonly id: string;
  readonly amount: bigint;
  readonly effect: StatedEffect;
  /** What its slice cost in the last 7 days, in cents; null where that is not known. */
  readonly last7: bigint | null;
  /** Days of the month on which it has its effect. */
  readonly days: number;
}

/** What the stated effects of open actions come to in the month, and what they leave of the gap between pace and plan, in cents. */
export interface OpenEffects {
  readonly parts: readonly OpenEffect[];
  readonly total: bigint;
  readonly gap: bigint;
  readonly left: bigint;
}

/** Null where the pace is not above the plan, or no open action states an effect. */
export function openEffectsOf(actions: readonly OpenAction[], { month, asOf, deltas }: Review): OpenEffects | null {
  const gap = month.planTotal === null ? 0n : month.pace.total - month.planTotal;
  if (gap <= 0n) return null;
  const costs = deltas.map(({ slice, last7 }) => ({ id: slice.id, last7 }));
  const parts = actions.flatMap(({ id, about, effect, due, ended }) => {
    if (effect === null || ended !== null) return [];
    const last7 = about === null ? null : (sliceNamed(about, costs)?.last7 ?? null);
    const span = { month: month.month, from: asOf, due };
    const found = effectOnMonth(effect, span, last7);
    if (found === null) return [];
    return [{ id, amount: divideRounded(found.units, 7n * 10n ** BigInt(found.scale)), effect, last7, days: effectDays(span) }];
  });
  if (parts.length === 0) return null;
  const total = sum(parts.map(({ amount }) => amount));
  return { parts, total, gap, left: gap + total };
}
