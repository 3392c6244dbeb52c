import { shortList } from "../core/short-list.ts";
import { wordOf } from "../document/body/answers.ts";
import { actionsOf, isAlive } from "./engine/actions.ts";
import { decisionOf } from "./engine/decision-answer.ts";
import { isAnswered } from "./engine/earlier-answers.ts";
import { itemsOf } from "./engine/items.ts";
import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";

/** Deltas without a cause and open anomalies that no action takes care of; not those that an earlier review answered. */
function openItems(review: ReviewFile, earlier: readonly ReviewFile[]): string[] {
  const known = actionsOf(review, earlier);
  const items = [
    ...itemsOf(review, "delta").filter(({ answer }) => answer("why") === ""),
    ...itemsOf(review, "anomaly").filter((item) => wordOf(item.answer("status")) !== "closed" && !isAnswered(item, earlier, known)),
  ];
  return items
    .filter((item) => {
      const decision = decisionOf(item);
      const named = decision.kind === "actions" ? decision.ids.flatMap((id) => known.get(id) ?? []) : [];
      return !named.some(isAlive);
    })
    .map(({ id }) => id);
}

/** An anomaly of the week before that was closed there. */
const since = "2026-11-14";
const closed = "- **Status:** closed\n- **Cause:** A loop.\n- **Resolution:** A limit of steps.\n- **Decision:** leave-as-is";

export const decision: Rule = {
  name: "decision",
  reason: "A review ends with at least one explicit decision, even if it is that no action is needed (S5, S35, S40).",
  examples: [
    { front: "outcome: actions" },
    { front: "outcome: no-action-needed\nactions: []" },
    { front: "outcome:", remark: "no outcome is stated" },
    { front: "outcome: actions\nactions: []", remark: "the outcome is actions, but there is none" },
    { front: "outcome: no-action-needed", remark: "the outcome is no-action-needed, but an action is listed" },
    { front: "outcome: no-action-needed\nactions: []", delta: "", remark: "but openai/inference is still open" },
    { front: "outcome: no-action-needed\nactions: []\nfigures: { firstDay: 2026-11-16 }", delta: "" },
    {
      front: "outcome: no-action-needed\nactions: []",
      anomaly: "- **Status:** open\n- **Decision:** leave-as-is",
      remark: "the outcome is no-action-needed, but openai/inference@2026-11-17 is still open",
    },
    {
      front: "outcome: no-action-needed\nactions: []\nprevious: [{ id: 2026-W46-1, status: open, due: 2026-12-01 }]",
      anomaly: "- **Status:** open\n- **Decision:** 2026-W46-1",
    },
    { front: "outcome: no-action-needed\nactions: []", since, anomaly: "", earlier: [{ since, anomaly: closed }] },
    {
      front: "outcome: no-action-needed\nactions: []",
      since,
      anomaly: "",
      earlier: [{ since, anomaly: "" }],
      remark: "but openai/inference@2026-11-14 is still open",
    },
  ],
  check: (review, { earlier }) => {
    const { front, placeOf } = review;
    const count = front.actions?.length ?? 0;
    const remark = (at: "outcome" | "actions", message: string, remedy: string): Remark[] => [{ at, ...placeOf([at]), message, remedy }];
    if (front.outcome === null)
      return remark(
        "outcome",
        "no outcome is stated yet",
        "write outcome: actions, or outcome: no-action-needed when all changes were expected",
      );
    if (front.outcome === "actions")
      return count > 0
        ? []
        : remark("actions", "the outcome is actions, but there is none", "add an action, or write outcome: no-action-needed");
    if (count > 0)
      return remark(
        "outcome",
        `the outcome is no-action-needed, but ${count === 1 ? "an action is" : `${count} actions are`} listed`,
        "write outcome: actions, or remove the drafts that you decided against",
      );
    const open = openItems(review, earlier);
    return open.length === 0
      ? []
      : remark(
          "outcome",
          `the outcome is no-action-needed, but ${shortList(open)} ${open.length === 1 ? "is" : "are"} still open`,
          "explain or close what is open, or write outcome: actions and add the action that does",
        );
  },
};
