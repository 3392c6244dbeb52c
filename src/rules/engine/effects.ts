import { addDays, monthOf } from "../../core/day.ts";
import { type Decimal, zero } from "../../core/money.ts";
import { effectOnMonth } from "../../core/review/effects/effect.ts";
import { sliceNamed } from "../../core/slices/slice.ts";
import { type KnownAction, actionsOf, isAlive } from "./actions.ts";
import type { ReviewFile, Surroundings } from "./rule.ts";

/** What the chosen actions of a review change in its month, and whose effect is not known. */
export interface ChosenEffects {
  readonly effects: readonly Decimal[];
  readonly unknown: readonly { readonly id: string; readonly why: string }[];
}

/** What the slice of an action cost in the last 7 days, in cents, or why that is not known. */
function last7Of({ action }: KnownAction, { recomputed }: Surroundings): { last7: bigint } | { why: string } {
  if (recomputed.state === "unknown") return { why: `what slices cost is not known here: ${recomputed.why}` };
  const { review } = recomputed;
  if (review === null) return { why: "what slices cost is not known here: the inputs of the figures are not at hand" };
  if (action?.about === undefined) return { why: "it does not say in `about` of which slice" };
  const slice = sliceNamed(
    action.about,
    review.deltas.map(({ slice: { id }, last7 }) => ({ id, last7 })),
  );
  return slice ? { last7: slice.last7 } : { why: `${action.about} is no slice that cost anything in these two weeks` };
}

/** The stated effects of all open actions, carried ones too, on the month under review. */
export function chosenEffects(review: ReviewFile, around: Surroundings): ChosenEffects {
  const from = review.front.period.end;
  const month = monthOf(addDays(from, -1));
  const effects: Decimal[] = [];
  const unknown: { id: string; why: string }[] = [];
  for (const known of actionsOf(review, around.earlier).values()) {
    const stated = known.action?.effect;
    if (!stated || known.due === null || known.status !== "open" || !isAlive(known)) continue;
    const slice = "percent" in stated ? last7Of(known, around) : { last7: null };
    if ("why" in slice) unknown.push({ id: known.id, why: slice.why });
    else effects.push(effectOnMonth(stated, { month, from, due: known.due }, slice.last7) ?? zero);
  }
  return { effects, unknown };
}
