import { addDays } from "../../day.ts";
import { sum, zero } from "../../money.ts";
import { type PlannedEvent, isLasting } from "../../settings/events.ts";
import { inScope } from "../../settings/scope.ts";
import type { Review } from "../review.ts";
import { effectOnMonth, totalEffect } from "./effect.ts";

/**
 * What an event that is still to come changes in the month if its stated effect holds, in cents: its percentage of what its services cost
 * in the last 7 days, ÷ 7 × its days in the month; those after it too, where it brings a new level. Null for one that has begun, that
 * states no effect, or that has no day in the month. It is in no forecast; but for the end of a source, which is in all, so that null stands for it.
 */
export function plannedEffect(event: PlannedEvent, { asOf, month: { month }, deltas }: Review): bigint | null {
  const { effect, start, end, scope } = event;
  if (effect === undefined || start < asOf || event.kind === "end") return null;
  const last7 = sum(deltas.filter(({ slice }) => slice.dimension === "service" && inScope(scope, slice.path)).map((delta) => delta.last7));
  const from = (day: string) => effectOnMonth(effect, { month, from: asOf, due: addDays(day, -1) }, last7) ?? zero;
  const [begun, over] = [from(start), from(end)];
  const parts = isLasting(event) ? [begun] : [begun, { units: -over.units, scale: over.scale }];
  const total = totalEffect(parts);
  return total === 0n ? null : total;
}
