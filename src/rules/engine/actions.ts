import type { Day } from "../../core/day.ts";
import type { Action, CarriedAction } from "../../document/front-matter/schema.ts";
import type { ReviewFile } from "./rule.ts";

/** The triggers that demand an escalation or a waiver; the last two are raised by a person. */
export const triggerIds = ["forecast", "unexplained-spike", "customer-impact", "growth-mismatch"] as const;

/** An action as the reviews before this one leave it. */
export interface EarlierAction {
  readonly action: Action;
  /** The review that decided it. */
  readonly review: ReviewFile;
  readonly status: Action["status"];
  readonly due: Day | null;
  /** How many earlier reviews carried it, still open. */
  readonly carried: number;
}

/** The actions of earlier held reviews by id, each as its latest appearance leaves it; `earlier` oldest first. */
export function earlierActions(earlier: readonly ReviewFile[]): Map<string, EarlierAction> {
  const known = new Map<string, EarlierAction>();
  for (const review of earlier) {
    for (const action of review.front.actions ?? [])
      known.set(action.id, { action, review, status: action.status, due: action.due, carried: 0 });
    for (const { id, status, due } of review.front.previous ?? []) {
      const before = known.get(id);
      if (before) known.set(id, { ...before, status, due, carried: before.carried + (status === "open" ? 1 : 0) });
    }
  }
  return known;
}

/** An action that this review can name: its own, or one that it carries. */
export interface KnownAction {
  readonly id: string;
  readonly status: Action["status"];
  readonly due: Day | null;
  /** Null for a carried one whose review is not at hand. */
  readonly action: Action | null;
  readonly carried: boolean;
}

/** Something can still come of it: a carried action is open, one of the review's own is not dropped, or dropped later with a reason. */
export function isAlive({ carried, status, action }: KnownAction): boolean {
  return carried ? status === "open" : status !== "dropped" || Boolean(action?.reason);
}

/** What a review carries under `previous`, as it can name it. */
export function carriedActions(previous: readonly CarriedAction[], earlier: readonly ReviewFile[]): KnownAction[] {
  const before = earlierActions(earlier);
  return previous.map(({ id, status, due }) => ({ id, status, due, action: before.get(id)?.action ?? null, carried: true }));
}

/** The actions of a review and of its `previous`, by id. */
export function actionsOf({ front }: ReviewFile, earlier: readonly ReviewFile[]): Map<string, KnownAction> {
  const carried = carriedActions(front.previous ?? [], earlier);
  const own = (front.actions ?? []).map((action): KnownAction => ({ ...action, action, carried: false }));
  return new Map([...carried, ...own].map((known) => [known.id, known]));
}

/** What an action is about, as ids are compared. */
export function aboutOf({ about }: Pick<Action, "about">): string | undefined {
  return about?.trim().toLowerCase();
}

/** The escalations of a review that were not dropped. */
export function escalationsOf({ front }: Pick<ReviewFile, "front">): Extract<Action, { decision: "escalate" }>[] {
  return (front.actions ?? []).filter((action) => action.decision === "escalate").filter(({ status }) => status !== "dropped");
}
