import { addDays, daysBetween, isoWeekOf } from "../core/day.ts";
import { plural } from "../core/text.ts";
import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";

const restore = "restore `review` and `period` from git: they are written by overpace and never change";
const weekDays = 7;

function periodRemarks({ front: { period, review }, placeOf }: ReviewFile): Remark[] {
  const days = daysBetween(period.start, period.end);
  const week = isoWeekOf(addDays(period.end, -1));
  const remark = (path: string[], message: string): Remark[] => [
    { severity: "error", at: path[0] ?? "", ...placeOf(path), message, remedy: restore },
  ];
  if (days !== weekDays)
    return remark(["period", "end"], `the period has ${days} days; a weekly review has ${weekDays}, the end not counted`);
  return week === review ? [] : remark(["review"], `the review is named ${review}, but the last day of its period is in ${week}`);
}

function fileRemarks({ file, front: { review }, placeOf }: ReviewFile): Remark[] {
  const name = file.split(/[\\/]/).at(-1) ?? "";
  if (name === `${review}.md`) return [];
  const isOther = /^\d{4}-W\d{2}\.md$/.test(name);
  return [
    {
      severity: isOther ? "error" : "warning",
      at: "review",
      ...placeOf(["review"]),
      message: `the review is named ${review}, but its file is ${name}`,
      remedy: `name the file ${review}.md: under another name overpace does not find it`,
    },
  ];
}

function nextRemarks({ front: { next, period }, placeOf }: ReviewFile): Remark[] {
  const expected = addDays(period.end, weekDays);
  if (next === expected) return [];
  const place = { at: "next", ...placeOf(["next"]) };
  return next <= period.end
    ? [
        {
          ...place,
          message: `the next review is on ${next}, which is not after this one on ${period.end}`,
          remedy: `write the day of the next review, a week later: next: ${expected}`,
        },
      ]
    : [
        {
          ...place,
          severity: "warning",
          message: `the next review is on ${next}, ${plural(daysBetween(period.end, next), "day")} after this one; the rhythm is weekly`,
          remedy: `write next: ${expected}, or silence this with the reason`,
        },
      ];
}

export const dates: Rule = {
  name: "dates",
  reason:
    "Weekly: seven days, named by the ISO week of the last one, in a file of that name, and the next review a week later (S1, S58, S63).",
  examples: [
    { front: "next: 2026-11-30" },
    { front: "next: 2026-11-23", remark: "the next review is on 2026-11-23, which is not after this one on 2026-11-23" },
    { front: "next: 2026-11-24", remark: "1 day after this one; the rhythm is weekly" },
    { front: "next: 2026-12-07", remark: "14 days after this one; the rhythm is weekly" },
    { front: "period: { start: 2026-11-16, end: 2026-11-24 }\nnext: 2026-12-01", remark: "the period has 8 days" },
    { front: "review: 2026-W46", file: "reviews/2026/2026-W46.md", remark: "the last day of its period is in 2026-W47" },
    { file: "reviews/2026/2026-W46.md", remark: "the review is named 2026-W47, but its file is 2026-W46.md" },
    { file: "reviews/2026/copy.md", remark: "the review is named 2026-W47, but its file is copy.md" },
  ],
  check: (review) => [...periodRemarks(review), ...fileRemarks(review), ...nextRemarks(review)],
};
