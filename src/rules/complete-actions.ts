import type { Action } from "../document/front-matter/schema.ts";
import type { Rule } from "./engine/rule.ts";

type Need = readonly [field: string, value: unknown, what: string, example: string];

/** What a decision needs from people, in the order of the file. */
function needsOf(action: Action): Need[] {
  const common: Need[] = [
    ["title", action.title, "what will be there when it is done", '"Raise the threshold from 10 to 15 messages"'],
    ["owner", action.owner, "the one person who answers for it", '"@octocat"'],
    ["due", action.due, action.decision === "escalate" ? "the day by which it must be decided" : "a day", "2026-11-30"],
  ];
  switch (action.decision) {
    case "investigate":
      return common;
    case "optimize":
      return [...common, ["tactic", action.tactic, "what exactly is changed", '"max_tokens 4096 → 1024 in the summarizer"']];
    case "revise-forecast":
      return [
        ...common,
        ["forecast", action.forecast, "the new forecast of the month, a number", "17900"],
        ["communication", action.communication, "who is told, by whom and when", '"@hubot tells finance on Tuesday"'],
      ];
    case "escalate":
      return [
        ...common,
        ["why", action.why, "what changed, and why", '"The launch reached all users in a week instead of four"'],
        ["options", action.options.length > 0 ? action.options : null, "what was considered", '["cap free plans", "raise the budget"]'],
        ["recommendation", action.recommendation, "which option, and why", '"Cap free plans: it keeps the launch"'],
        ["to", action.to, "the one person who decides", '"@cfo-login"'],
      ];
  }
}

const isMissing = ([, value]: Need) => value === "" || value === null;

const action = (lines: string) => `actions: [{ id: 2026-W47-1, status: open, ${lines} }]`;
const sound = 'title: "Cap agent runs at 25 steps", owner: "@octocat", due: 2026-11-30';

export const completeActions: Rule = {
  name: "complete-actions",
  reason:
    "Each action has one named person, a clear deliverable and a due date, and what its decision needs: a tactic, a new number with its communication, or what a fast decision takes (S32, S38, S45, S46).",
  examples: [
    { front: action(`decision: investigate, ${sound}`) },
    { front: action(`decision: optimize, tactic: "Step limit in the loop", ${sound}`) },
    { front: action(`decision: revise-forecast, forecast: 0, communication: "@hubot tells finance on Tuesday", ${sound}`) },
    {
      front: action(
        `decision: escalate, why: "The launch reached all users", options: [cap free plans, raise the budget], recommendation: "Cap free plans", to: "@hubot", ${sound}`,
      ),
    },
    { front: action(`decision: optimize, ${sound}`), remark: "2026-W47-1: optimize needs `tactic`: what exactly is changed" },
    { front: action(`decision: optimize, tactic: "", ${sound}`), remark: "optimize needs `tactic`" },
    {
      front: action(`decision: revise-forecast, ${sound}`),
      remark:
        "revise-forecast needs `forecast` (the new forecast of the month, a number) and `communication` (who is told, by whom and when)",
    },
    {
      front: action(`decision: escalate, why: "The launch", options: [], recommendation: "Cap free plans", to: "@hubot", ${sound}`),
      remark: "escalate needs `options`: what was considered",
    },
    { front: action("decision: investigate, title: , owner: , due: "), remark: "investigate needs `title`" },
    {
      front: action(
        'decision: escalate, title: "Decide on the launch", owner: "@octocat", why: "The launch", options: [a], recommendation: a, to: "@hubot"',
      ),
      remark: "escalate needs `due`: the day by which it must be decided",
    },
  ],
  check: ({ front, placeOf }) =>
    (front.actions ?? []).flatMap((action, index) => {
      const missing = needsOf(action).filter(isMissing);
      const [first] = missing;
      if (!first) return [];
      const list = missing.map(([field, , what]) => `\`${field}\` (${what})`);
      const last = list.pop() ?? "";
      const needs = list.length === 0 ? `\`${first[0]}\`: ${first[2]}` : `${list.join(", ")} and ${last}`;
      return [
        {
          at: action.id,
          ...placeOf(["actions", index, first[0]]),
          message: `${action.id}: ${action.decision} needs ${needs}`,
          remedy: `write ${missing.map(([field, , , example]) => `${field}: ${example}`).join(" · ")}`,
        },
      ];
    }),
};
