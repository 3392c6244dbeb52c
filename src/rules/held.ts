import type { Rule } from "./engine/rule.ts";

export const held: Rule = {
  name: "held",
  last: true,
  reason:
    "What a draft decides counts for nothing: it makes no issues, and no later review carries it. So the last thing that people write is `state: held` (S5, S36, S39).",
  examples: [{}, { front: "state: draft\nminutes:" }, { front: "state: draft", remark: "the review is still a draft" }],
  check: ({ front, placeOf }) =>
    front.state === "held"
      ? []
      : [
          {
            at: "state",
            ...placeOf(["state"]),
            message: "the review is still a draft",
            remedy: "write state: held when the meeting is over; nothing else is left to decide",
          },
        ],
};
