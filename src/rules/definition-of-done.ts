import type { Action } from "../document/front-matter/schema.ts";
import type { Rule } from "./engine/rule.ts";
import { judge } from "./wording/judge.ts";

/** What exactly is changed is a definition of done, too. */
function hasTactic(action: Action): boolean {
  return action.decision === "optimize" && action.tactic !== "" && judge(action.tactic, "tactic") === null;
}

const titled = (title: string) =>
  `actions: [{ id: 2026-W47-1, decision: investigate, title: ${JSON.stringify(title)}, owner: "@octocat", due: 2026-11-30, status: open }]`;

export const definitionOfDone: Rule = {
  name: "definition-of-done",
  silenceable: true,
  reason:
    "Refused is what has no definition of done, what is not actionable and what is not an action: next week nobody could tell whether it happened (S32, S34).",
  examples: [
    { front: titled("Find out which customer drives the Bedrock rise") },
    { front: titled("Cut max_tokens of the summarizer to 1024") },
    { front: titled("Monitor the cache hit rate daily and report it in the next review") },
    {
      front:
        'actions: [{ id: 2026-W47-1, decision: optimize, title: Reduce token usage of summaries, tactic: "Summarize after 15 messages instead of 10", owner: "@octocat", due: 2026-11-30, status: open }]',
    },
    { front: titled("Reduce token usage of summaries"), remark: "has no definition of done" },
    { front: titled("Look into the OpenAI thing"), remark: 'the title "Look into the OpenAI thing" has no definition of done' },
    { front: titled("Maybe optimize something"), remark: "is not decided" },
    { front: titled("Let's monitor and see"), remark: "is not an action" },
    { front: titled("Cost optimization"), remark: "names a topic, not an action" },
    { front: titled("tbd"), remark: "holds a place" },
  ],
  check: ({ front, placeOf }) =>
    (front.actions ?? []).flatMap((action, index) => {
      const { id, title } = action;
      const verdict = title === "" ? null : judge(title, "title");
      if (!verdict || (verdict.what === "has no definition of done" && hasTactic(action))) return [];
      return [
        {
          at: id,
          ...placeOf(["actions", index, "title"]),
          message: `${id}: the title "${title.slice(0, 80)}" ${verdict.what}; ${verdict.why}`,
          remedy:
            'write what will be there when it is done ("Cut max_tokens of the summarizer to 1024"), or the question that will be answered ("Find out which customer …")',
        },
      ];
    }),
};
