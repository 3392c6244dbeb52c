import { describe, expect, it } from "vitest";
import { checkReview } from "../../../src/rules/check.ts";
import { reviewText } from "../../rules/support.ts";

const common = { id: "2026-W47-1", title: "Cap agent runs at 25 steps", owner: "@octocat", due: "2026-11-30", status: "open" };

function findings(action: object, state = "held") {
  const { text, file } = reviewText({ front: JSON.stringify({ state, actions: [action] }) });
  return { text, found: checkReview(text, file) };
}

/** The text of the line at which a finding stands, from its column on. */
function pointedAt(text: string, { line, column }: { line: number; column: number }): string {
  return (text.split("\n")[line - 1] ?? "").slice(column - 1);
}

describe("an action of the wrong shape", () => {
  it.each([
    [
      "leave-as-is",
      { ...common, decision: "leave-as-is" },
      "leave-as-is is an answer below a delta, not an action",
      "behind **Decision:**",
      "leave-as-is",
    ],
    [
      "another spelling",
      { ...common, decision: "Optimise", tactic: "x" },
      '"Optimise" is not a decision; expected investigate, optimize',
      "write decision: optimize",
      "Optimise",
    ],
    [
      "spaces",
      { ...common, decision: "revise forecast" },
      '"revise forecast" is not a decision',
      "write decision: revise-forecast",
      "revise forecast",
    ],
    ["no decision", common, "2026-W47-1 has no decision; expected", "write behind `decision:`", "id: 2026-W47-1"],
    ["a decision that is a list", { ...common, decision: ["optimize"] }, "is not a decision", "write the one that fits", "- optimize"],
    [
      "a surplus tactic",
      { ...common, decision: "investigate", tactic: "x" },
      "2026-W47-1: investigate has no `tactic`; it belongs to optimize",
      "make it decision: optimize",
      "x",
    ],
    [
      "a surplus forecast",
      { ...common, decision: "optimize", tactic: "x", forecast: 1 },
      "optimize has no `forecast`; it belongs to revise-forecast",
      "remove `forecast`",
      "1",
    ],
    [
      "another word for a key",
      { ...common, decision: "investigate", assignee: "@a" },
      "`assignee` is not a key of an action",
      "write `owner` instead",
      '"@a"',
    ],
    [
      "an unknown key",
      { ...common, decision: "optimize", colour: "red" },
      "`colour` is not a key of an action",
      "optimize has title, owner, due, tactic",
      "red",
    ],
    [
      "a decision named like a method",
      { ...common, decision: "toString", colour: 1 },
      '"toString" is not a decision',
      "write the one that fits",
      "toString",
    ],
    [
      "a decision with a method of its own",
      { ...common, decision: { toString: 1 } },
      "this is not a decision",
      "write the one that fits",
      "toString: 1",
    ],
    [
      "a key of objects",
      { ...common, decision: "investigate", constructor: 1 },
      "`constructor` is not a key of an action",
      "remove it",
      "1",
    ],
    [
      "a due date in words",
      { ...common, decision: "investigate", due: "Friday" },
      '"Friday" is not a date; expected a day such as 2026-11-30',
      "overpace check --fix",
      "Friday",
    ],
    [
      "a day that does not exist",
      { ...common, decision: "investigate", due: "2026-02-30" },
      '"2026-02-30" is not a date',
      "write the day; ",
      "2026-02-30",
    ],
    [
      "a title that is no text",
      { ...common, decision: "investigate", title: 5 },
      "`actions[0].title`: expected text",
      "docs/review.md",
      "5",
    ],
    [
      "a forecast in words",
      { ...common, decision: "revise-forecast", forecast: "19k", communication: "x" },
      "expected the new forecast of the month as a number",
      "docs/review.md",
      "19k",
    ],
    [
      "an option that is no text",
      { ...common, decision: "escalate", options: [1] },
      "`actions[0].options[0]`: expected text",
      "docs/review.md",
      "1",
    ],
  ])("%s is an error, in a draft too", (_, action, message, remedy, at) => {
    for (const state of ["draft", "held"]) {
      const { text, found } = findings(action, state);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ rule: "front-matter", severity: "error" });
      expect(found[0]?.message).toContain(message);
      expect(found[0]?.remedy).toContain(remedy);
      expect(pointedAt(text, found[0] ?? { line: 1, column: 1 })).toBe(at);
    }
  });

  it.each([["title"], ["owner"], ["due"], ["tactic"]])("a blank %s is open in a draft and an error once held", (key) => {
    for (const blank of [null, "", undefined]) {
      const action = { ...common, decision: "optimize", tactic: "Step limit in the loop", [key]: blank };
      const severities = ["draft", "held"].map((state) => findings(action, state).found.map(({ rule, severity }) => [rule, severity]));
      expect(severities).toEqual([[["complete-actions", "todo"]], [["complete-actions", "error"]]]);
    }
  });
});
