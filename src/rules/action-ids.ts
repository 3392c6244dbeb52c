import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";

const entry = (id: string) =>
  `{ id: ${id}, decision: investigate, title: "Find out which customer drives the rise", owner: "@octocat", due: 2026-11-30, status: open }`;

/** What is wrong with an entry of `previous`, as message and remedy; `before` are the ids above it. */
function faultOf(id: string, before: readonly string[], own: string): [string, string] | null {
  if (before.includes(id)) return [`${id} stands under \`previous\` twice`, "keep the entry that holds, and remove the other one"];
  const review = id.replace(/-\d+$/, "");
  if (!review.includes("W") || review < own) return null;
  return [
    `${id} stands under \`previous\`, but is no action of an earlier review`,
    "correct the id or remove the entry; actions of this review have their status under `actions`",
  ];
}

/** Entries of `previous` that contradict one another, or that nobody takes into account. */
function previousRemarks({ front, placeOf }: ReviewFile): Remark[] {
  const ids = (front.previous ?? []).map(({ id }) => id);
  return ids.flatMap((id, index): Remark[] => {
    const fault = faultOf(id, ids.slice(0, index), front.review);
    if (fault === null) return [];
    const [message, remedy] = fault;
    return [{ severity: "error", at: id, ...placeOf(["previous", index, "id"]), message, remedy }];
  });
}

export const actionIds: Rule = {
  name: "action-ids",
  reason: "An action is known by its id for as long as it is open: it bears the review that decided it, and no other has it (S36, S39).",
  examples: [
    { front: `actions: [${entry("2026-W47-1")}, ${entry("2026-W47-3")}]` },
    { front: `actions: [${entry("2026-W46-1")}]`, remark: "2026-W46-1 belongs to another review" },
    { front: `actions: [${entry("2026-W47-1")}, ${entry("2026-W47-1")}]`, remark: "2026-W47-1 is the id of two actions" },
    { front: `actions: [${entry("2026-W47-0")}]`, remark: "2026-W47-0 is not numbered from 1" },
    { front: `actions: [${entry("2026-W47-01")}]`, remark: "2026-W47-01 is not numbered from 1" },
    { front: "previous: [{ id: 2026-W46-1, status: done, due: 2026-11-23 }, { id: 2026-W46-2, status: done, due: 2026-11-23 }]" },
    {
      front:
        "previous: [{ id: 2026-W46-1, status: done, due: 2026-11-23 }, { id: 2026-W46-1, status: dropped, due: 2026-11-23, reason: The vendor mended it }]",
      remark: "2026-W46-1 stands under `previous` twice",
    },
    {
      front: "previous: [{ id: 2026-W47-1, status: done, due: 2026-11-30 }]",
      remark: "2026-W47-1 stands under `previous`, but is no action of an earlier review",
    },
  ],
  check: (review) => {
    const { front, placeOf } = review;
    const ids = (front.actions ?? []).map(({ id }) => id);
    const free = [1, 2, 3, 4].map((n) => `${front.review}-${n}`).find((id) => !ids.includes(id)) ?? `${front.review}-5`;
    const own = ids.flatMap((id, index): Remark[] => {
      const message = ids.slice(0, index).includes(id)
        ? `${id} is the id of two actions`
        : !id.startsWith(`${front.review}-`)
          ? `${id} belongs to another review than ${front.review}`
          : /-0\d*$/.test(id)
            ? `${id} is not numbered from 1`
            : null;
      if (message === null) return [];
      const remedy = `write id: ${free}; an action of an earlier review stands under \`previous\``;
      return [{ severity: "error", at: id, ...placeOf(["actions", index, "id"]), message, remedy }];
    });
    return [...own, ...previousRemarks(review)];
  },
};
