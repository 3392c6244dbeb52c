import { divideRounded, sum } from "../../core/money.ts";
import { effectOnMonth } from "../../core/review/effect.ts";
import { sliceNamed } from "../../core/review/slice.ts";
import { type SectionContext, printer } from "./context.ts";

/** What the stated effects of open actions come to in the month, and what they leave of the gap to plan; null without either. */
export function openEffectsLine({ previous, review }: SectionContext): string | null {
  const { month, asOf, deltas } = review;
  const gap = month.planTotal === null ? 0n : month.pace.total - month.planTotal;
  if (gap <= 0n) return null;
  const effects = previous.flatMap(({ about, effect, due, ended }) => {
    if (effect === null || ended !== null) return [];
    const last7 =
      about === null
        ? null
        : (sliceNamed(
            about,
            deltas.map(({ slice, last7 }) => ({ id: slice.id, last7 })),
          )?.last7 ?? null);
    return effectOnMonth(effect, { month: month.month, from: asOf, due }, last7) ?? [];
  });
  if (effects.length === 0) return null;
  const total = sum(effects.map(({ units, scale }) => divideRounded(units, 7n * 10n ** BigInt(scale))));
  const { money, change } = printer(review);
  const left = gap + total;
  const rest = left > 0n ? `${money(left)} of the gap to plan of ${money(gap)} is left` : `they close the gap to plan of ${money(gap)}`;
  return `**Open actions of earlier reviews** change this month by ${change(total)} if their stated effects hold: ${rest}.`;
}
