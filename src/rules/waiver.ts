import { statedFigures } from "../document/front-matter/figures.ts";
import { earlierActions, triggerIds } from "./engine/actions.ts";
import type { Remark, ReviewFile, Rule, Surroundings } from "./engine/rule.ts";
import { unexplainedSpikes } from "./engine/spikes.ts";

/** Whether a trigger has fired as far as can be told; those that a person raises always may have. */
function mayHaveFired(review: ReviewFile, { earlier }: Surroundings, trigger: string): boolean {
  const { figures, previous } = review.front;
  if (trigger === "forecast") return statedFigures(figures).triggers.includes("forecast");
  if (trigger !== "unexplained-spike") return true;
  const known = earlierActions(earlier);
  return (previous ?? []).some(({ id }) => !known.has(id)) || unexplainedSpikes(review, earlier).length > 0;
}

const waiver = (trigger: string) =>
  `waivers: [{ trigger: ${trigger}, by: "@hubot", reason: "Launch week, agreed with finance on Friday" }]`;

export const waiverRule: Rule = {
  name: "waiver",
  reason:
    "A waiver answers a trigger that has fired; one that answers nothing reads as if there had been something to escalate (S47, N11).",
  examples: [
    { front: `figures: { verdict: escalate, pace: "19200.00", triggers: [forecast] }\n${waiver("forecast")}` },
    { front: waiver("forecast"), remark: "forecast is waived, but it has not fired" },
    { front: waiver("unexplained-spike"), remark: "unexplained-spike is waived, but it has not fired" },
    { front: waiver("growth-mismatch") },
    { front: waiver("budget"), remark: "there is no trigger `budget`" },
  ],
  check: (review, around) =>
    (review.front.waivers ?? []).flatMap(({ trigger }, index): Remark[] => {
      const place = () => ({ at: trigger, ...review.placeOf(["waivers", index, "trigger"]) });
      if (!triggerIds.some((id) => id === trigger))
        return [
          {
            ...place(),
            severity: "error",
            message: `there is no trigger \`${trigger.slice(0, 40)}\``,
            remedy: `name one of ${triggerIds.join(", ")}; what a rule remarks is silenced under \`silenced\``,
          },
        ];
      return mayHaveFired(review, around, trigger)
        ? []
        : [{ ...place(), severity: "warning", message: `${trigger} is waived, but it has not fired`, remedy: "take the waiver out" }];
    }),
};
