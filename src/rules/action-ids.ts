import type { Rule } from "./engine/rule.ts";

const entry = (id: string) =>
  `{ id: ${id}, decision: investigate, title: "Find out which customer drives the rise", owner: "@octocat", due: 2026-11-30, status: open }`;

export const actionIds: Rule = {
  name: "action-ids",
  reason: "An action is known by its id for as long as it is open: it bears the review that decided it, and no other has it (S36, S39).",
  examples: [
    { front: `actions: [${entry("2026-W47-1")}, ${entry("2026-W47-3")}]` },
    { front: `actions: [${entry("2026-W46-1")}]`, remark: "2026-W46-1 belongs to another review" },
    { front: `actions: [${entry("2026-W47-1")}, ${entry("2026-W47-1")}]`, remark: "2026-W47-1 is the id of two actions" },
    { front: `actions: [${entry("2026-W47-0")}]`, remark: "2026-W47-0 is not numbered from 1" },
    { front: `actions: [${entry("2026-W47-01")}]`, remark: "2026-W47-01 is not numbered from 1" },
  ],
  check: ({ front, placeOf }) => {
    const ids = (front.actions ?? []).map(({ id }) => id);
    const free = [1, 2, 3, 4].map((n) => `${front.review}-${n}`).find((id) => !ids.includes(id)) ?? `${front.review}-5`;
    return ids.flatMap((id, index) => {
      const message = ids.slice(0, index).includes(id)
        ? `${id} is the id of two actions`
        : !id.startsWith(`${front.review}-`)
          ? `${id} belongs to another review than ${front.review}`
          : /-0\d*$/.test(id)
            ? `${id} is not numbered from 1`
            : null;
      if (message === null) return [];
      const remedy = `write id: ${free}; an action of an earlier review stands under \`previous\``;
      return [{ severity: "error" as const, at: id, ...placeOf(["actions", index, "id"]), message, remedy }];
    });
  },
};
