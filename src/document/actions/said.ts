import type { Action } from "../front-matter/schema.ts";
import type { TrackedAction } from "./track.ts";

/** In the order in which changes are told. */
export const saidKeys = ["title", "detail", "decision", "about", "owner", "due", "status", "effect", "issue"] as const;

/** What an action says, as text; null for what it does not say. */
export type Said = Readonly<Record<(typeof saidKeys)[number], string | null>>;

function detailOf(action: Action): string | null {
  if (action.decision === "optimize") return action.tactic || null;
  if (action.decision === "revise-forecast")
    return [action.forecast === null ? "" : String(action.forecast), action.communication].filter((text) => text !== "").join("; ") || null;
  if (action.decision === "investigate") return null;
  return [action.why, ...action.options, action.recommendation, action.to].filter((text) => text !== "").join("; ") || null;
}

function effectText(effect: NonNullable<Action["effect"]>): string {
  return "cost" in effect ? `${effect.cost} a week` : `${effect.percent} % of the last 7 days`;
}

/** What an action says at one time. */
export function saidBy({ action, due, status, issue }: TrackedAction): Said {
  const { title, decision, about, owner, effect } = action;
  return {
    title: title || null,
    detail: detailOf(action),
    decision,
    about: about ?? null,
    owner: owner || null,
    due,
    status,
    effect: effect ? effectText(effect) : null,
    issue: issue === null ? null : `#${issue}`,
  };
}
