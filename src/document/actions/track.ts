import { type Day, daysBetween } from "../../core/day.ts";
import type { Action, CarriedAction, FrontMatter } from "../front-matter/schema.ts";

/** What a review file says of actions. */
export type ActionSource = Pick<FrontMatter, "review" | "state" | "next" | "actions" | "previous"> & {
  readonly period: { readonly end: Day };
};

/** An action as its latest appearance leaves it. */
export interface TrackedAction {
  /** As it was decided. */
  readonly action: Action;
  /** The review that decided it, and the date of that review. */
  readonly review: string;
  readonly decided: Day;
  /** Its review is held; else it is a draft that nobody has decided yet. */
  readonly held: boolean;
  readonly status: Action["status"];
  /** An action without a date is due at the next review. */
  readonly due: Day;
  readonly issue: number | null;
  /** What the latest appearance gives as reason. */
  readonly reason: string | null;
  /** How many later reviews moved the date further away. */
  readonly slips: number;
  /** The date of the review that found it done or dropped; null while it is open, and when its own review says so. */
  readonly closed: Day | null;
}

function begun(action: Action, { review, period, state, next }: ActionSource): TrackedAction {
  const { status, due, issue, reason } = action;
  return {
    action,
    review,
    decided: period.end,
    held: state === "held",
    status,
    due: due ?? next,
    issue: issue ?? null,
    reason: reason ?? null,
    slips: 0,
    closed: null,
  };
}

function carried(before: TrackedAction, { status, due, issue, reason }: CarriedAction, { period }: ActionSource): TrackedAction {
  return {
    ...before,
    status,
    due,
    issue: issue ?? before.issue,
    reason: reason ?? null,
    slips: before.slips + (due > before.due ? 1 : 0),
    closed: status === "open" ? null : before.status === "open" ? period.end : before.closed,
  };
}

/**
 * Every action as its latest appearance in review files leaves it; `reviews` in order of period. What a review says of earlier actions
 * counts once it is held.
 */
export function trackActions(reviews: Iterable<ActionSource>): Map<string, TrackedAction> {
  const known = new Map<string, TrackedAction>();
  for (const review of reviews) {
    for (const action of review.actions ?? []) known.set(action.id, begun(action, review));
    if (review.state !== "held") continue;
    for (const entry of review.previous ?? []) {
      const before = known.get(entry.id);
      // Its own actions are none of its earlier ones.
      if (before && before.review !== review.review) known.set(entry.id, carried(before, entry, review));
    }
  }
  return known;
}

/** Whole weeks from the review that decided an action to a review date. */
export function ageWeeks({ decided }: TrackedAction, asOf: Day): number {
  return Math.max(0, Math.round(daysBetween(decided, asOf) / 7));
}

/** An open action is overdue from the day after its date on. */
export function isOverdue({ status, due }: TrackedAction, asOf: Day): boolean {
  return status === "open" && due < asOf;
}
