import type { Day } from "../../core/day.ts";
import type { PastAction } from "../../core/review/effects/past-actions.ts";
import type { CarriedAction } from "../front-matter/schema.ts";
import type { PreviousAction } from "../sections/context.ts";
import { type ActionSource, ageWeeks, isOverdue, trackActions } from "./track.ts";

/** The open actions of earlier held reviews, oldest first: as the next front matter carries them, and as its text shows them. */
export function openActions(reviews: readonly ActionSource[], asOf: Day): { carried: CarriedAction[]; shown: PreviousAction[] } {
  const earlier = reviews.filter(({ state, period }) => state === "held" && period.end < asOf);
  const open = [...trackActions(earlier).values()].filter(({ status }) => status === "open");
  return {
    carried: open.map(({ action, due, issue }) => ({ id: action.id, status: "open", due, reason: null, issue })),
    shown: open.map((tracked) => ({
      id: tracked.action.id,
      title: tracked.action.title,
      decision: tracked.action.decision,
      owner: tracked.action.owner,
      due: tracked.due,
      about: tracked.action.about ?? null,
      effect: tracked.action.effect ?? null,
      ageWeeks: ageWeeks(tracked, asOf),
      slips: tracked.slips,
      overdue: isOverdue(tracked, asOf),
      ended: null,
    })),
  };
}

/** The actions of earlier held reviews that are done and said what they would change where, oldest first. */
export function pastActions(reviews: readonly ActionSource[], asOf: Day): PastAction[] {
  const earlier = reviews.filter(({ state, period }) => state === "held" && period.end < asOf);
  return [...trackActions(earlier).values()].flatMap(({ action, status, decided, due }) => {
    const { id, title, about, effect } = action;
    return status === "done" && about !== undefined && effect !== undefined ? [{ id, title, about, effect, decided, due }] : [];
  });
}
