import { earlierActions } from "./engine/actions.ts";
import { loginOf } from "./engine/person.ts";
import type { ReviewFile, Rule } from "./engine/rule.ts";

const most = 3;

/** The ids of open actions by owner: those of earlier reviews as this one leaves them, and its own. */
function openByOwner({ front }: ReviewFile, earlier: readonly ReviewFile[]): Map<string, string[]> {
  const now = new Map((front.previous ?? []).map(({ id, status }) => [id, status]));
  const before = [...earlierActions(earlier)].filter(([id, { status }]) => (now.get(id) ?? status) === "open");
  const own = (front.actions ?? []).filter(({ status }) => status === "open").map((action) => [action.id, action.owner] as const);
  const open = new Map([...before.map(([id, { action }]) => [id, action.owner] as const), ...own]);
  const byOwner = new Map<string, string[]>();
  for (const [id, owner] of open) if (owner !== "") byOwner.set(loginOf(owner), [...(byOwner.get(loginOf(owner)) ?? []), id]);
  return byOwner;
}

const week = (review: string, count: number) =>
  `actions: [${Array.from(
    { length: count },
    (_, n) =>
      `{ id: ${review}-${n + 1}, decision: investigate, title: "Find out which customer drives the rise", owner: "@octocat", due: 2026-11-30, status: open }`,
  ).join(", ")}]`;

export const load: Rule = {
  name: "load",
  reason:
    "Who owns more than three open actions at once finishes none; what is not done by the next review is seen too late (S31, S36, N15).",
  examples: [
    { front: week("2026-W47", 2), earlier: [{ front: week("2026-W46", 1) }] },
    { front: week("2026-W47", 2), earlier: [{ front: week("2026-W46", 2) }], remark: "@octocat owns 4 open actions" },
    {
      front: `${week("2026-W47", 2)}\nprevious: [{ id: 2026-W46-1, status: done, due: 2026-11-30 }, { id: 2026-W46-2, status: open, due: 2026-11-30 }]`,
      earlier: [{ front: week("2026-W46", 2) }],
    },
  ],
  check: (review, { earlier }) => {
    const actions = review.front.actions ?? [];
    return [...openByOwner(review, earlier)].flatMap(([login, ids]) => {
      const index = actions.findIndex(({ owner, status }) => status === "open" && loginOf(owner) === login);
      const first = actions[index];
      if (!first || ids.length <= most) return [];
      return [
        {
          severity: "warning" as const,
          at: first.id,
          ...review.placeOf(["actions", index, "owner"]),
          message: `${first.owner} owns ${ids.length} open actions (${ids.join(", ")}); more than ${most} is too much for one person`,
          remedy: "close or drop what is over under `previous`, or give one of them to somebody else",
        },
      ];
    });
  },
};
