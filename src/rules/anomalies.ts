import { wordOf } from "../document/body/answers.ts";
import { type KnownAction, actionsOf, isAlive } from "./engine/actions.ts";
import { type DecisionAnswer, decisionFaults, decisionOf } from "./engine/decision-answer.ts";
import { isAnswered } from "./engine/earlier-answers.ts";
import { type Fault, type Item, itemRemark, itemsOf, quoted, twoAnswers } from "./engine/items.ts";
import type { Rule } from "./engine/rule.ts";

const closing =
  "write what happened behind Cause and what ended it, or keeps it from coming back, behind Resolution; else Status: open with an action";
const owning = "add an action with a person and a due date and write its id behind Decision; or close it with Cause and Resolution";

function closedFaults(item: Item): Fault[] {
  return ["cause", "resolution"]
    .filter((prompt) => item.answer(prompt) === "")
    .map((prompt) => ({ prompt, message: `is closed without a ${prompt}`, remedy: closing }));
}

function openFaults(decision: DecisionAnswer, known: ReadonlyMap<string, KnownAction>): Fault[] {
  const fault = (message: string) => [{ prompt: "decision", message, remedy: owning }];
  if (decision.kind === "none") return fault("is open, and no action owns it");
  if (decision.kind === "leave-as-is") return fault("is open, so it cannot be left as it is");
  const named = decision.kind === "actions" ? decision.ids.flatMap((id) => known.get(id) ?? []) : [];
  const [first] = named;
  return first && !named.some(isAlive) ? fault(`is open, and its action ${first.id} is ${first.status}`) : [];
}

function statusFaults(item: Item, decision: DecisionAnswer, known: ReadonlyMap<string, KnownAction>): Fault[] {
  const given = item.answer("status");
  const status = wordOf(given);
  if (status === "closed") return closedFaults(item);
  if (status === "open") return openFaults(decision, known);
  if (item.againAt("status") !== undefined) return twoAnswers(item, "status");
  return [
    {
      prompt: "status",
      message: given === "" ? null : `Status says ${quoted(given)}, it is one word: open or closed`,
      remedy: "write closed behind Status when cause and resolution are known, else open and the id of its action behind Decision",
    },
  ];
}

const known = "- **Cause:** An agent looped on an empty page.\n";
const closed = `- **Status:** closed\n${known}- **Resolution:** The step limit stops such a run.\n- **Decision:** leave-as-is`;
/** In the week before: an anomaly that runs on. */
const since = "2026-11-14";

export const anomalies: Rule = {
  name: "anomalies",
  reason:
    "Each anomaly is closed with a known cause and resolution, or open and owned: an action with a person and a due date. One that runs on is asked about once, as long as what an earlier review answered stands (S23–S26, S28).",
  examples: [
    { anomaly: closed },
    { anomaly: `- **Status:** closed\n${known}- **Resolution:** The step limit stops such a run.` },
    { anomaly: `- **Status:** closed\n${known}- **Resolution:**`, remark: "openai/inference@2026-11-17: is closed without a resolution" },
    { anomaly: "- **Status:** closed\n- **Decision:** 2026-W47-1", remark: "is closed without a cause; is closed without a resolution" },
    { anomaly: "- **Status:** open\n- **Cause:**\n- **Decision:** 2026-W47-1" },
    { anomaly: `- **Status:** open\n${known}`, remark: "is open, and no action owns it" },
    { anomaly: "- **Status:** open\n- **Decision:** leave-as-is", remark: "is open, so it cannot be left as it is" },
    { anomaly: "- **Status:** open\n- **Decision:** 2026-W47-7", remark: "Decision names 2026-W47-7, which is no action of this review" },
    {
      anomaly: "- **Status:** open\n- **Decision:** 2026-W46-1",
      front: "previous: [{ id: 2026-W46-1, status: done, due: 2026-11-20 }]",
      remark: "is open, and its action 2026-W46-1 is done",
    },
    { anomaly: "- **Status:** <!-- open | closed -->\n- **Decision:**", remark: "Status is not answered" },
    { since, anomaly: "", earlier: [{ since, anomaly: closed }] },
    {
      since,
      anomaly: "",
      earlier: [
        { since, anomaly: closed },
        { since, anomaly: "" },
      ],
    },
    { since, anomaly: "", earlier: [{ anomaly: closed }], remark: "openai/inference@2026-11-14: Status is not answered" },
    { since, anomaly: "", earlier: [{ since, anomaly: `- **Status:** closed\n${known}` }], remark: "Status is not answered" },
    {
      since,
      anomaly: "",
      front: "previous: [{ id: 2026-W46-1, status: open, due: 2026-12-01 }]",
      earlier: [{ since, anomaly: "- **Status:** open\n- **Decision:** 2026-W46-1" }],
    },
    {
      since,
      anomaly: "",
      front: "previous: [{ id: 2026-W46-1, status: done, due: 2026-11-20 }]",
      earlier: [{ since, anomaly: "- **Status:** open\n- **Decision:** 2026-W46-1" }],
      remark: "Status is not answered",
    },
    { since, anomaly: "- **Status:** closed", earlier: [{ since, anomaly: closed }], remark: "is closed without a cause" },
    { anomaly: "- **Status:** resolved\n- **Decision:** leave-as-is", remark: 'Status says "resolved", it is one word: open or closed' },
  ],
  check: (review, { earlier }) => {
    const actions = actionsOf(review, earlier);
    return itemsOf(review, "anomaly").flatMap((item) => {
      if (isAnswered(item, earlier, actions)) return [];
      const decision = decisionOf(item);
      const faults = [...statusFaults(item, decision, actions), ...decisionFaults(item, decision, actions)];
      return itemRemark(item, faults, closing);
    });
  },
};
