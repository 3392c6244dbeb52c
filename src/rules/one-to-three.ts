import type { Rule } from "./engine/rule.ts";

const most = 3;

export const oneToThree: Rule = {
  name: "one-to-three",
  reason: "A review leaves with one to three actions, never more: what is not among them waits (S31).",
  examples: [],
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
