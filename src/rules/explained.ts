import type { Question, Rule } from "./engine/rule.ts";

const prompts = { delta: ["expected", "why", "decision"], anomaly: ["status", "cause", "decision"] } as const;

/** Handed to an action: the action finds the cause before the next review. */
function isHandedOver({ answers }: Question, ids: ReadonlySet<string>): boolean {
  return ids.has(answers.get("decision")?.text ?? "");
}

export const explained: Rule = {
  name: "explained",
  reason:
    "Explanation, not observation: each listed delta and each anomaly has a cause, or an action whose owner finds it before the next review (S20, S26).",
  examples: [],
  check: ({ front, questions }) => {
    const ids = new Set((front.actions ?? []).map(({ id }) => id));
    return questions.flatMap((question) => {
      const { zone, answers } = question;
      if (zone.name !== "delta" && zone.name !== "anomaly") return [];
      const open = prompts[zone.name].filter(
        (name) => (answers.get(name)?.text ?? "") === "" && !(isHandedOver(question, ids) && name !== "decision"),
      );
      if (open.length === 0) return [];
      return [
        {
          at: zone.id ?? zone.name,
          line: answers.get(open[0] ?? "")?.line ?? zone.endLine,
          column: 1,
          message: `${zone.id ?? ""}: ${open.join(", ")} not answered`,
          remedy: "answer below the figures; what nobody can explain yet gets an action: write its id behind Decision",
        },
      ];
    });
  },
};
