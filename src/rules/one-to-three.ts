import type { Rule } from "./engine/rule.ts";

const most = 3;

const sample = (number: number) =>
  `{ id: 2026-W47-${number}, decision: investigate, title: "Find the cause of the rise of search ${number}", owner: "@octocat", due: 2026-11-30, status: open }`;

export const oneToThree: Rule = {
  name: "one-to-three",
  reason: "A review leaves with one to three actions, never more: what is not among them waits (S31).",
  examples: [
    { front: `actions: [${[1, 2, 3].map(sample).join(", ")}]` },
    { front: `actions: [${[1, 2, 3, 4].map(sample).join(", ")}]`, remark: "4 actions; a review has at most 3" },
  ],
  check: ({ front, placeOf }) => {
    const count = front.actions?.length ?? 0;
    if (count <= most) return [];
    return [
      {
        severity: "error",
        at: "actions",
        ...placeOf(["actions", most]),
        message: `${count} actions; a review has at most ${most}`,
        remedy: `keep the ${most} that matter most and drop the rest`,
      },
    ];
  },
};
