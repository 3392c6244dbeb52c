import { wordOf } from "../../document/body/answers.ts";
import { grownText } from "../../document/sections/anomalies/answered.ts";
import type { EarlierAnswer } from "../../document/sections/context.ts";
import { type KnownAction, isAlive } from "./actions.ts";
import { decisionOf } from "./decision-answer.ts";
import { type Item, itemsOf } from "./items.ts";
import type { ReviewFile } from "./rule.ts";

/** Nothing stands below an anomaly but its prompts. */
function isBlank({ answer }: Item): boolean {
  return ["status", "cause", "resolution", "decision"].every((prompt) => answer(prompt) === "");
}

/** What stands below an anomaly of an earlier review, where it still says all: closed with what is known, or open and owned. */
function answerOf(item: Item, review: string, known: ReadonlyMap<string, KnownAction>): EarlierAnswer | null {
  const [status, decision] = [wordOf(item.answer("status")), decisionOf(item)];
  const said = { anomaly: item.id, review, cause: item.answer("cause"), resolution: item.answer("resolution") };
  if (status === "closed") return said.cause !== "" && said.resolution !== "" ? { ...said, status, actions: [] } : null;
  const named = status === "open" && decision.kind === "actions" ? decision.ids.flatMap((id) => known.get(id) ?? []) : [];
  const actions = named.filter(isAlive).map(({ id }) => id);
  return actions.length === 0 ? null : { ...said, status: "open", actions };
}

/**
 * What the latest earlier review that says anything of an anomaly answered, so that one that runs on is asked about once. Null where none does,
 * and where nothing comes of the answer any more: it was open, and none of its actions is.
 * @param earlier held reviews, oldest first
 * @param known the actions that the review itself can name, by id
 */
export function earlierAnswer(
  anomaly: string,
  earlier: readonly ReviewFile[],
  known: ReadonlyMap<string, KnownAction>,
): EarlierAnswer | null {
  for (const review of earlier.toReversed()) {
    const item = itemsOf(review, "anomaly").find(({ id }) => id === anomaly);
    if (item && !isBlank(item)) return answerOf(item, review.front.review, known);
  }
  return null;
}

/** Nothing has to be written below an anomaly: what an earlier review answered stands, and it has not grown since. */
export function isAnswered(item: Item, earlier: readonly ReviewFile[], known: ReadonlyMap<string, KnownAction>): boolean {
  return isBlank(item) && !item.zone.text.includes(grownText) && earlierAnswer(item.id, earlier, known) !== null;
}
