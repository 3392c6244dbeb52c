import { addDays, daysBetween } from "../core/day.ts";
import type { Rule } from "./engine/rule.ts";

/** A quarter: thirteen weeks. */
const quarter = 91;

const due = (day: string) =>
  `actions: [{ id: 2026-W47-1, decision: investigate, title: "Find out which customer drives the rise", owner: "@octocat", due: ${day}, status: open }]`;

export const dueRule: Rule = {
  name: "due",
  reason: "Each action has a due date that can be kept: not before the review that decides it, and within a quarter (S32, S33).",
  examples: [
    { front: due("2026-11-23") },
    { front: due("2026-11-22"), remark: "2026-W47-1 is due on 2026-11-22, before the review of 2026-11-23 that decides it" },
    { front: due("2027-02-22") },
    { front: due("2027-02-23"), remark: "2026-W47-1 is due on 2027-02-23, 92 days after the review" },
  ],
  check: ({ front, placeOf }) =>
    (front.actions ?? []).flatMap(({ id, due, status }, index) => {
      const date = front.period.end;
      if (due === null) return [];
      const place = () => ({ at: id, ...placeOf(["actions", index, "due"]) });
      if (due < date)
        return [
          {
            ...place(),
            message: `${id} is due on ${due}, before the review of ${date} that decides it`,
            remedy: `write a day from ${date} on; the next review is on ${front.next}`,
          },
        ];
      const days = daysBetween(date, due);
      if (days <= quarter || status !== "open") return [];
      return [
        {
          ...place(),
          severity: "warning" as const,
          message: `${id} is due on ${due}, ${days} days after the review; nobody looks forward further than a quarter`,
          remedy: `cut off a first part that can be done by ${addDays(date, quarter)}, or silence this with the reason`,
        },
      ];
    }),
};
