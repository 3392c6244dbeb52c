import { type Day, addDays, daysBetween, monthPeriod } from "../../day.ts";
import { type Decimal, decimalOf, divideRounded, sumOfDecimals } from "../../money.ts";
import { compareToBase } from "../../percent.ts";

/** What an action is expected to change: the cost of a week, or a share of what its slice cost in the last 7 days. */
export type StatedEffect = { readonly cost: number } | { readonly percent: number };

/** The part of a month on which an action can have an effect. */
export interface EffectSpan {
  /** `YYYY-MM`. */
  readonly month: string;
  /** The review date: days before it are spent already. */
  readonly from: Day;
  /** The action's day; its effect begins on the day after. */
  readonly due: Day;
}

/** An exact amount in sevenths of a cent: a week's cost times a number of days, without a division. */
type SeventhCents = Decimal;

/** Days from the day after `due`, at the earliest from the review date, to the end of the month. */
export function effectDays({ month, from, due }: EffectSpan): number {
  const after = addDays(due, 1);
  return Math.max(0, daysBetween(after < from ? from : after, monthPeriod(month).end));
}

/**
 * What a stated effect changes in the month: cost ÷ 7 × days from the day after `due` to month-end, negative for a saving. `last7` is
 * what the slice cost in the last 7 days, in cents; null when that is not known: then an effect in percent is not known either.
 */
export function effectOnMonth(effect: StatedEffect, span: EffectSpan, last7: bigint | null): SeventhCents | null {
  const days = BigInt(effectDays(span));
  const { units, scale } = decimalOf("cost" in effect ? effect.cost : effect.percent);
  if ("cost" in effect) return { units: units * 100n * days, scale };
  return last7 === null ? null : { units: units * last7 * days, scale: scale + 2 };
}

/** Effects added up, in cents. */
export function totalEffect(effects: readonly SeventhCents[]): bigint {
  const { units, scale } = sumOfDecimals(effects);
  return divideRounded(units, 7n * 10n ** BigInt(scale));
}

/** Whether `pace` + effects stays below `plan` moved up by `percent`: the "clear fix" of an escalation. Pace and plan in cents. */
export function fixes(pace: bigint, plan: bigint, effects: readonly SeventhCents[], percent: number): boolean {
  const { units, scale } = sumOfDecimals(effects);
  const sevenths = (cents: bigint) => cents * 7n * 10n ** BigInt(scale);
  return compareToBase(sevenths(pace) + units, sevenths(plan), percent) < 0;
}
