import { wordOf } from "../../document/body/answers.ts";
import { statedFigures } from "../../document/front-matter/figures.ts";
import type { Action } from "../../document/front-matter/schema.ts";
import { type EarlierAction, aboutOf, earlierActions, escalationsOf } from "./actions.ts";
import { decisionOf } from "./decision-answer.ts";
import { itemsOf } from "./items.ts";
import type { ReviewFile } from "./rule.ts";

/** An investigation whose cycle has passed and that this review still carries as open. */
export interface UnexplainedSpike {
  readonly id: string;
  /** Index in `previous`. */
  readonly index: number;
  readonly known: EarlierAction;
  /** The deltas and anomalies that were handed to it. */
  readonly items: readonly string[];
}

/** The deltas and open anomalies of its own review that an action was to find the cause of. */
function itemsHandedTo({ action, review }: EarlierAction): string[] {
  const items = [...itemsOf(review, "delta"), ...itemsOf(review, "anomaly").filter(({ answer }) => wordOf(answer("status")) !== "closed")];
  return items
    .filter((item) => {
      const decision = decisionOf(item);
      return item.id.toLowerCase() === aboutOf(action) || (decision.kind === "actions" && decision.ids.includes(action.id));
    })
    .map(({ id }) => id);
}

/** An escalation or a waiver of an earlier review, since the cycle passed, answers it once and for all. */
function isAnsweredBefore(spike: UnexplainedSpike, earlier: readonly ReviewFile[]): boolean {
  const { due } = spike.known.action;
  return earlier.some(
    ({ front }) =>
      (due === null || front.period.end >= due) &&
      ((front.waivers ?? []).some(({ trigger }) => trigger === "unexplained-spike") ||
        escalationsOf({ front }).some((action) => isAboutSpike(action, spike))),
  );
}

/** Whether an action's `about` names the trigger, the investigation, or what it investigates. */
export function isAboutSpike(action: Pick<Action, "about">, { id, known, items }: UnexplainedSpike): boolean {
  const about = aboutOf(action);
  const names = ["unexplained-spike", id, ...items].map((name) => name.toLowerCase());
  return about !== undefined && (names.includes(about) || about === aboutOf(known.action));
}

/**
 * Deltas and anomalies that are unexplained after one full investigation cycle: an investigate action of an earlier review that was
 * due on or before the review date, as first decided – moving the date does not lengthen the cycle – and is still open in `previous`.
 */
export function unexplainedSpikes({ front }: ReviewFile, earlier: readonly ReviewFile[]): UnexplainedSpike[] {
  const actions = earlierActions(earlier);
  return (front.previous ?? []).flatMap(({ id, status }, index) => {
    const known = actions.get(id);
    if (status !== "open" || known?.action.decision !== "investigate") return [];
    if (known.action.due === null || known.action.due > front.period.end) return [];
    const spike = { id, index, known, items: itemsHandedTo(known) };
    return spike.items.length === 0 || isAnsweredBefore(spike, earlier) ? [] : [spike];
  });
}

/** Those that neither an escalation of the review nor a waiver answers. */
export function openSpikes(review: ReviewFile, earlier: readonly ReviewFile[]): UnexplainedSpike[] {
  const { waivers, figures } = review.front;
  if ((waivers ?? []).some(({ trigger }) => trigger === "unexplained-spike")) return [];
  const spikes = unexplainedSpikes(review, earlier);
  const escalations = escalationsOf(review);
  // An escalation that names nothing is about the one trigger that fired.
  const isOnly = spikes.length === 1 && !statedFigures(figures).triggers.includes("forecast");
  return spikes.filter((spike) => !escalations.some((action) => isAboutSpike(action, spike) || (isOnly && action.about === undefined)));
}
