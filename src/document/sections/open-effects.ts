import { openEffectsOf } from "../../core/review/effects/open-effects.ts";
import { type SectionContext, printer } from "./context.ts";

/** What the stated effects of open actions come to in the month, and what they leave of the gap to plan; null without either. */
export function openEffectsLine({ previous, review }: SectionContext): string | null {
  const effects = openEffectsOf(previous, review);
  if (effects === null) return null;
  const { total, gap, left } = effects;
  const { money, change } = printer(review);
  const rest = left > 0n ? `${money(left)} of the gap to plan of ${money(gap)} is left` : `they close the gap to plan of ${money(gap)}`;
  return `**Open actions of earlier reviews** change this month by ${change(total)} if their stated effects hold: ${rest}.`;
}
