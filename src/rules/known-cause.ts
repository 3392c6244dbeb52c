import { wordOf } from "../document/body/answers.ts";
import { decisionOf } from "./engine/decision-answer.ts";
import { itemsOf, quoted } from "./engine/items.ts";
import type { Remark, Rule } from "./engine/rule.ts";
import { judge } from "./wording/judge.ts";

const remedies = {
  cause: "write what made it happen, or Status: open and the id of an action that finds out behind Decision",
  resolution: "write what was changed and where, or why it ended by itself and will not come back",
} as const;

const closed = (cause: string, resolution: string) =>
  `- **Status:** closed\n- **Cause:** ${cause}\n- **Resolution:** ${resolution}\n- **Decision:** leave-as-is`;
const loop = "An agent looped on an empty page.";
const limit = "The step limit stops such a run.";

export const knownCause: Rule = {
  name: "known-cause",
  silenceable: true,
  reason:
    "An alert is closed with a known cause and a resolution, both told so that the third firing of the same cause is seen (S4, S26, S27).",
  examples: [
    { anomaly: closed(loop, limit) },
    { anomaly: closed(loop, "Fixed in acme/agent#77") },
    { anomaly: "- **Status:** open\n- **Cause:** unknown\n- **Decision:** 2026-W47-1" },
    { anomaly: "- **Status:** open\n- **Cause:** unknown\n- **Decision:** leave-as-is", remark: "says that the cause is not known" },
    { anomaly: closed("unknown", limit), remark: 'openai/inference@2026-11-17: Cause "unknown" says that the cause is not known' },
    { anomaly: closed("cost spike on Tuesday", limit), remark: "names no cause" },
    { anomaly: closed(loop, "fixed"), remark: 'Resolution "fixed" does not say what ended it' },
  ],
  check: (review) =>
    itemsOf(review, "anomaly").flatMap((item) => {
      const isClosed = wordOf(item.answer("status")) === "closed";
      const isOwned = !isClosed && decisionOf(item).kind === "actions";
      const judged = [...(isOwned ? [] : ["cause" as const]), ...(isClosed ? ["resolution" as const] : [])];
      return judged.flatMap((kind): Remark[] => {
        const text = item.answer(kind);
        const verdict = text === "" ? null : judge(text, kind);
        if (!verdict) return [];
        const label = kind === "cause" ? "Cause" : "Resolution";
        const message = `${item.id}: ${label} ${quoted(text)} ${verdict.what}; ${verdict.why}`;
        return [{ at: item.id, line: item.lineOf(kind), column: 1, message, remedy: remedies[kind] }];
      });
    }),
};
