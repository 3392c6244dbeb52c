import { openEffectsOf } from "../../../core/review/effects/open-effects.ts";
import { type SectionContext, printer } from "../context.ts";

/** What the stated effects of open actions come to in the month, and what they leave of the gap to plan; null without either. */
export function openEffectsLine({ previous, review }: SectionContext): string | null {
  const effects = openEffectsOf(previous, review);
  if (effects === null) return null;
  const { total, gap, left } = effects;
  const { money, change } = printer(review);
  if (total === 0n)
    return `**Open actions of earlier reviews** change nothing this month even if their stated effects hold: the gap to plan of ${money(gap)} is left.`;
  const open =
    total > 0n
      ? `the gap to plan grows from ${money(gap)} to ${money(left)}`
      : `${money(left)} of the gap to plan of ${money(gap)} is left`;
  const rest = left > 0n ? open : `they close the gap to plan of ${money(gap)}`;
  return `**Open actions of earlier reviews** change this month by ${change(total)} if their stated effects hold: ${rest}.`;
}
