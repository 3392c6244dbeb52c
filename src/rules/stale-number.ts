import { statedFigures } from "../document/front-matter/figures.ts";
import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";
import { movedIn } from "./numbers/moved.ts";
import { staleNumbers } from "./numbers/quoted.ts";

interface Place {
  readonly line: number;
  readonly column: number;
}

/** What people wrote in the front matter, with the place where each text begins. */
function frontTexts({ front, placeOf }: ReviewFile): { text: string; place: Place }[] {
  const said = (path: readonly PropertyKey[], value: unknown) => (typeof value === "string" ? [{ text: value, place: placeOf(path) }] : []);
  return [
    ...said(["reason"], front.reason),
    ...(front.actions ?? []).flatMap((action, index) =>
      Object.entries(action).flatMap(([key, value]) =>
        key === "options" && Array.isArray(value)
          ? value.flatMap((option, number) => said(["actions", index, key, number], option))
          : said(["actions", index, key], value),
      ),
    ),
    ...(front.previous ?? []).flatMap(({ reason }, index) => said(["previous", index, "reason"], reason)),
    ...(front.waivers ?? []).flatMap(({ reason }, index) => said(["waivers", index, "reason"], reason)),
  ];
}

const moved = ["Last 7 days: $4,100.00 → $4,200.00", "Month at current pace: $16,500.00 → $16,800.00"];

export const staleNumber: Rule = {
  name: "stale-number",
  reason:
    "A number quoted in prose goes stale when late data moves the figure: what the note of the last refresh names as old and people's lines still say is pointed out with the new number (N13, N17).",
  examples: [
    { moved, notes: "The week cost $4,200.00, as planned." },
    { moved, notes: "The week cost $4,100.00, as planned.", remark: "$4,100.00 was Last 7 days; since the last refresh it is $4,200.00" },
    {
      moved,
      notes: "We expect $16,500 for November.",
      remark: "$16,500 was Month at current pace; since the last refresh it is $16,800.00",
    },
    { moved, notes: "The forecast went from $16,500 to $16,800 with the late export." },
    {
      moved,
      notes: "The forecast is 3.1 % over plan.",
      remark: "3.1 % was the forecast against the plan; since the last refresh it is 5.0 %",
    },
    { moved, notes: "4100 tickets came in, 3 % more than the week before." },
    { notes: "The week cost $4,100.00, as planned." },
    { moved, front: 'reason: "Launch week: USD 4,100.00 instead of 4,000.00"', remark: "USD 4,100.00 was Last 7 days" },
  ],
  check: (review) => {
    const note = review.questions.find(({ zone }) => zone.name === "changes")?.zone.text ?? "";
    const moved = movedIn(note, statedFigures(review.front.figures));
    if (moved.amounts.length + moved.percents.length === 0) return [];
    const remark = (text: string, label: string, now: string, place: Place): Remark => ({
      severity: "warning",
      at: text,
      ...place,
      message: `${text} was ${label}; since the last refresh it is ${now}`,
      remedy: "write the new number, or say in the same sentence that it was so before",
    });
    return [
      ...frontTexts(review).flatMap(({ text, place }) =>
        staleNumbers(text, moved).map((stale) => remark(stale.text, stale.label, stale.now, place)),
      ),
      ...review.prose.flatMap(({ text, line }) =>
        staleNumbers(text, moved).map((stale) => remark(stale.text, stale.label, stale.now, { line, column: stale.index + 1 })),
      ),
    ];
  },
};
