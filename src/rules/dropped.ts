import type { Rule } from "./engine/rule.ts";
import { judge } from "./wording/judge.ts";

const dropped = (rest: string) =>
  `actions: [{ id: 2026-W47-1, decision: investigate, title: "Find out which customer drives the rise", owner: "@octocat", due: 2026-11-30, ${rest} }]`;

export const droppedRule: Rule = {
  name: "dropped",
  reason: "Whoever reads the decision log later understands why an action was given up (S36, S39).",
  examples: [
    { front: dropped("status: dropped, reason: Harborline left on 20 November") },
    { front: dropped("status: done") },
    { front: dropped("status: dropped"), remark: "2026-W47-1 is dropped without a reason" },
    { front: dropped('status: dropped, reason: "ok"'), remark: '2026-W47-1 is dropped, and its reason "ok"' },
  ],
  check: ({ front, placeOf }) =>
    (front.actions ?? []).flatMap(({ id, status, reason }, index) => {
      const verdict = reason ? judge(reason, "text") : null;
      if (status !== "dropped" || (reason && !verdict)) return [];
      return [
        {
          at: id,
          ...placeOf(["actions", index, reason ? "reason" : "status"]),
          message: verdict
            ? `${id} is dropped, and its reason "${reason?.slice(0, 60)}" ${verdict.what}`
            : `${id} is dropped without a reason`,
          remedy: "write reason: and why it is not done after all, or status: open",
        },
      ];
    }),
};
