import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";

const planned = 30;
const window = 4;
const often = 3;

/** This review took too long, and with it three of the last four. */
function longRemarks({ front, placeOf }: ReviewFile, earlier: readonly ReviewFile[]): Remark[] {
  const last = [...earlier.map((review) => review.front.minutes), front.minutes].slice(-window).map((taken) => taken ?? 0);
  const long = last.filter((taken) => taken > planned);
  if ((front.minutes ?? 0) <= planned || long.length < often) return [];
  return [
    {
      severity: "warning",
      at: "minutes",
      ...placeOf(["minutes"]),
      message: `${long.length} of the last ${last.length} meetings took more than ${planned} minutes (${last.join(", ")})`,
      remedy: "read the figures before the meeting, decide on follow-up in it and leave fixing to the actions",
    },
  ];
}

export const minutes: Rule = {
  name: "minutes",
  reason:
    "The meeting takes 30 minutes; the minutes it took are recorded, so that a rhythm that grows long is seen: more than 30 in three of the last four (S2, S55).",
  examples: [
    { front: "minutes: 30", earlier: [{ front: "minutes: 41" }, { front: "minutes: 35" }, { front: "minutes: 33" }] },
    { front: "minutes:", remark: "the minutes the meeting took are missing" },
    { front: "minutes: 31", earlier: [{ front: "minutes: 41" }, { front: "minutes: 28" }, { front: "minutes: 30" }] },
    {
      front: "minutes: 31",
      earlier: [{ front: "minutes: 41" }, { front: "minutes: 28" }, { front: "minutes: 33" }],
      remark: "3 of the last 4 meetings took more than 30 minutes (41, 28, 33, 31)",
    },
  ],
  check: (review, { earlier }) =>
    review.front.minutes === null
      ? [
          {
            at: "minutes",
            ...review.placeOf(["minutes"]),
            message: "the minutes the meeting took are missing",
            remedy: "write minutes: and a number, such as minutes: 27",
          },
        ]
      : longRemarks(review, earlier),
};
