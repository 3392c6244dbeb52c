import { type Day, daysBetween } from "../core/day.ts";
import type { CarriedAction, FrontMatter } from "./schema.ts";
import type { PreviousAction } from "./sections/context.ts";

interface Known extends PreviousAction {
  readonly issue: number | null;
}

/** The open actions of earlier held reviews as their latest appearance leaves them, oldest first; `reviews` in order of period. */
export function openActions(reviews: readonly FrontMatter[], asOf: Day): { carried: CarriedAction[]; shown: PreviousAction[] } {
  const known = new Map<string, Known>();
  for (const review of reviews.filter(({ state, period }) => state === "held" && period.end < asOf)) {
    for (const { id, title, owner, due, status, issue } of review.actions ?? []) {
      known.set(id, {
        id,
        title,
        owner,
        due,
        status,
        issue: issue ?? null,
        ageWeeks: Math.round(daysBetween(review.period.end, asOf) / 7),
      });
    }
    for (const { id, status, due, issue } of review.previous ?? []) {
      const action = known.get(id);
      if (action) known.set(id, { ...action, status, due, issue: issue ?? action.issue });
    }
  }
  const open = [...known.values()].filter(({ status }) => status === "open");
  return { carried: open.map(({ id, due, issue }) => ({ id, status: "open", due, reason: null, issue })), shown: open };
}
