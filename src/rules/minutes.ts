import type { Rule } from "./engine/rule.ts";

export const minutes: Rule = {
  name: "minutes",
  reason: "The meeting takes 30 minutes; the minutes it took are recorded, so that a rhythm that grows long is seen (S2, S55).",
  examples: [],
  check: ({ front, placeOf }) =>
    front.minutes === null
      ? [
          {
            at: "minutes",
            ...placeOf(["minutes"]),
            message: "the minutes the meeting took are missing",
            remedy: "write minutes: and a number, such as minutes: 27",
          },
        ]
      : [],
};
