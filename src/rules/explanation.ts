import { type KnownAction, actionsOf } from "./engine/actions.ts";
import { decisionOf } from "./engine/decision-answer.ts";
import { itemsOf, quoted } from "./engine/items.ts";
import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";
import { judge } from "./wording/judge.ts";

const remedy =
  "write which change, launch, price, customer or behaviour moved it; when nobody knows yet, write the id of an investigate action behind Decision";

/** Somebody finds the cause: what stands behind Why may then be what is seen. */
function isHandedOver(ids: readonly string[], known: ReadonlyMap<string, KnownAction>): boolean {
  return ids.some((id) => {
    const action = known.get(id);
    const decision = action?.action?.decision ?? "investigate";
    return action !== undefined && (decision === "investigate" || decision === "escalate");
  });
}

/** The recorded reason for the week: it lifts the pacing's remark, so it must be one. */
function reasonRemarks({ front, placeOf }: ReviewFile): Remark[] {
  const verdict = front.reason ? judge(front.reason, "explanation") : null;
  if (!verdict) return [];
  const message = `the reason ${quoted(front.reason ?? "")} ${verdict.what}; ${verdict.why}`;
  return [{ at: "reason", ...placeOf(["reason"]), message, remedy: "write what moved the week, or leave reason: empty when nobody knows" }];
}

const why = (text: string, decision = "leave-as-is") => `- **Expected:** no\n- **Why:** ${text}\n- **Decision:** ${decision}`;
const investigated =
  'actions: [{ id: 2026-W47-1, decision: investigate, title: "Find the cause of the rise of inference", owner: "@octocat", due: 2026-11-30, status: open }]';

export const explanation: Rule = {
  name: "explanation",
  silenceable: true,
  reason: "Explanation, not observation, and readable on its own: that cost rose stands in the figures already (S4, S13, S20).",
  examples: [
    { delta: why("Conversation summarization launched on Monday (acme/app#812).") },
    { delta: why("Usage went up", "2026-W47-1"), front: investigated },
    { delta: why("Usage went up", "2026-W47-1"), remark: 'Why "Usage went up" is an observation, not an explanation' },
    { delta: why("OpenAI cost increased by 28 %"), remark: "is an observation" },
    { delta: why("higher than last week"), remark: "is an observation" },
    { delta: why("see Slack"), remark: "points elsewhere and says nothing itself" },
    { delta: why("unknown, we are investigating"), remark: "says that the cause is not known" },
    { front: 'reason: "Summaries launched on Monday"' },
    { front: 'reason: "more usage"', remark: 'the reason "more usage" is an observation' },
  ],
  check: (review, { earlier }) => {
    const known = actionsOf(review, earlier);
    const deltas = itemsOf(review, "delta").flatMap((item): Remark[] => {
      const decision = decisionOf(item);
      const text = item.answer("why");
      const verdict = text === "" || (decision.kind === "actions" && isHandedOver(decision.ids, known)) ? null : judge(text, "explanation");
      if (!verdict) return [];
      const message = `${item.id}: Why ${quoted(text)} ${verdict.what}; ${verdict.why}`;
      return [{ at: item.id, line: item.lineOf("why"), column: 1, message, remedy }];
    });
    return [...reasonRemarks(review), ...deltas];
  },
};
