import type { Day } from "../../core/day.ts";
import type { PastAction } from "../../core/review/effects/past-actions.ts";
import type { CarriedAction } from "../front-matter/schema.ts";
import type { PreviousAction } from "../sections/context.ts";
import { type ActionSource, ageWeeks, isOverdue, trackActions } from "./track.ts";

/** What earlier held reviews leave, oldest first. */
interface Left {
  /** The open actions, as the next front matter carries them. */
  readonly carried: CarriedAction[];
  /** The same, as its text shows them. */
  readonly shown: PreviousAction[];
  /** Those that are done or dropped, as the next front matter would carry them. */
  readonly closed: CarriedAction[];
}

/** The open actions of earlier held reviews, and those that they closed. */
export function openActions(reviews: readonly ActionSource[], asOf: Day): Left {
  const earlier = reviews.filter(({ state, period }) => state === "held" && period.end < asOf);
  const known = [...trackActions(earlier).values()];
  const open = known.filter(({ status }) => status === "open");
  return {
    carried: open.map(({ action, due, issue }) => ({ id: action.id, status: "open", due, reason: null, issue })),
    closed: known
      .filter(({ status }) => status !== "open")
      .map(({ action, status, due, reason, issue }) => ({ id: action.id, status, due, reason, issue })),
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
