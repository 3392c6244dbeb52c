import type { Rule } from "./engine/rule.ts";

export const decision: Rule = {
  name: "decision",
  reason: "A review ends with at least one explicit decision, even if it is that no action is needed (S5, S35, S40).",
  examples: [],
  check: ({ front, placeOf }) => {
    const count = front.actions?.length ?? 0;
    if (front.outcome === null) {
      return [
        {
          at: "outcome",
          ...placeOf(["outcome"]),
          message: "no outcome is stated yet",
          remedy: "write outcome: actions, or outcome: no-action-needed when all changes were expected",
        },
      ];
    }
    if (front.outcome === "actions" && count === 0) {
      return [
        {
          at: "actions",
          ...placeOf(["actions"]),
          message: "the outcome is actions, but there is none",
          remedy: "add an action, or write outcome: no-action-needed",
        },
      ];
    }
    if (front.outcome === "no-action-needed" && count > 0) {
      return [
        {
          at: "outcome",
          ...placeOf(["outcome"]),
          message: `the outcome is no-action-needed, but ${count === 1 ? "an action is" : `${count} actions are`} listed`,
          remedy: "write outcome: actions, or remove the drafts that you decided against",
        },
      ];
    }
    return [];
  },
};
