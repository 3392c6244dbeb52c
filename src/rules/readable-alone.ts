import type { Action } from "../document/front-matter/schema.ts";
import type { Remark, ReviewFile, Rule } from "./engine/rule.ts";
import { judge } from "./wording/judge.ts";

const remedy = "write in a few words what was said there; the link may stay beside them";

/** What an action says besides its title: the tactic is held to more than the rest. */
function textsOf(action: Action): { key: string; text: string; kind: "tactic" | "text" }[] {
  switch (action.decision) {
    case "optimize":
      return [{ key: "tactic", text: action.tactic, kind: "tactic" }];
    case "revise-forecast":
      return [{ key: "communication", text: action.communication, kind: "text" }];
    case "escalate":
      return [
        { key: "why", text: action.why, kind: "text" },
        { key: "recommendation", text: action.recommendation, kind: "text" },
      ];
    default:
      return [];
  }
}

function actionRemarks({ front, placeOf }: ReviewFile): Remark[] {
  return (front.actions ?? []).flatMap((action, index) =>
    textsOf(action).flatMap(({ key, text, kind }): Remark[] => {
      const verdict = text === "" ? null : judge(text, kind);
      if (!verdict) return [];
      const message = `${action.id}: \`${key}\` "${text.slice(0, 60)}" ${verdict.what}; ${verdict.why}`;
      return [{ at: action.id, ...placeOf(["actions", index, key]), message, remedy: kind === "tactic" ? tacticRemedy : remedy }];
    }),
  );
}

const tacticRemedy = 'write what exactly is changed, such as tactic: "max_tokens 4096 → 1024 in the summarizer"';

function waiverRemarks({ front, placeOf }: ReviewFile): Remark[] {
  return (front.waivers ?? []).flatMap(({ trigger, reason }, index): Remark[] => {
    const verdict = judge(reason, "text");
    if (!verdict) return [];
    const message = `the waiver of ${trigger.slice(0, 40)}: its reason "${reason.slice(0, 60)}" ${verdict.what}; ${verdict.why}`;
    return [{ at: trigger, ...placeOf(["waivers", index, "reason"]), message, remedy: "write why nobody needs to decide now" }];
  });
}

/** Notes that only point elsewhere; a line of links may stand below what it is about. */
function noteRemarks({ prose }: ReviewFile): Remark[] {
  return prose.flatMap(({ text, line }): Remark[] => {
    const said = text.replace(/^[-*+ ]{1,10}/, "");
    if (/[#/<]/.test(said) || said.trim() === "") return [];
    const verdict = judge(said, "text");
    if (!verdict?.what.startsWith("points")) return [];
    const message = `the note "${said.trim().slice(0, 60)}" ${verdict.what}; ${verdict.why}`;
    return [{ severity: "warning", at: "notes", line, column: 1, message, remedy }];
  });
}

const optimize = (tactic: string) =>
  `actions: [{ id: 2026-W47-1, decision: optimize, title: "Shorten the summaries", tactic: ${JSON.stringify(tactic)}, owner: "@octocat", due: 2026-11-30, status: open }]`;

export const readableAlone: Rule = {
  name: "readable-alone",
  silenceable: true,
  reason: "The log is read by those who were not there, and is readable on its own; a tactic is specific (S4, S38, S39).",
  examples: [
    { front: optimize("max_tokens 4096 → 1024") },
    { front: optimize("see ticket"), remark: '`tactic` "see ticket" points elsewhere' },
    { front: optimize("reduce token usage"), remark: "is no specific tactic" },
    { front: 'waivers: [{ trigger: customer-impact, by: "@hubot", reason: "ok" }]', remark: 'its reason "ok" holds a place' },
    { notes: "As discussed in Slack: finance accepts the new forecast until December." },
    { notes: "- see Slack thread", remark: 'the note "see Slack thread" points elsewhere' },
  ],
  check: (review) => [...actionRemarks(review), ...waiverRemarks(review), ...noteRemarks(review)],
};
