import type { Day } from "../core/day.ts";
import { wordOf } from "../document/body/answers.ts";
import { type KnownAction, actionsOf, isAlive } from "./engine/actions.ts";
import { type DecisionAnswer, decisionFaults, decisionOf } from "./engine/decision-answer.ts";
import { type Fault, type Item, itemRemark, itemsOf, quoted, twoAnswers } from "./engine/items.ts";
import type { Remark, Rule } from "./engine/rule.ts";

const answers = "yes, no or partly";
const handOver =
  "write the cause behind Why: the change, launch, price or behaviour that moved it; or, when nobody knows it yet, the id of an investigate action due by the next review behind Decision";

/** Finds the cause before the next review; a carried action whose review is not at hand has the benefit of the doubt. */
function finds(known: KnownAction, next: Day): boolean {
  const { action, due } = known;
  const kind = action?.decision ?? "investigate";
  return (kind === "investigate" || kind === "escalate") && (due === null || due <= next) && isAlive(known);
}

/** Why the actions that a delta without a cause names do not find it. */
function whyFaults(named: readonly KnownAction[], next: Day): Fault[] {
  if (named.some((action) => finds(action, next))) return [];
  const [first] = named;
  const kind = first?.action?.decision ?? "investigate";
  const because = !first
    ? null
    : !isAlive(first)
      ? `and ${first.id} is ${first.status}`
      : kind === "optimize" || kind === "revise-forecast"
        ? `and ${first.id} is to ${kind}, not to find it`
        : `and ${first.id} is due on ${first.due}, after the next review on ${next}`;
  return [{ prompt: "why", message: because && `Why is not answered, ${because}`, remedy: handOver }];
}

function expectedFaults(item: Item, isHanded: boolean): Fault[] {
  const given = item.answer("expected");
  if (["yes", "no", "partly"].includes(wordOf(given)) || (given === "" && isHanded)) return [];
  if (item.againAt("expected") !== undefined) return twoAnswers(item, "expected");
  return [
    {
      prompt: "expected",
      message: given === "" ? null : `Expected says ${quoted(given)}, it is one word: ${answers}`,
      remedy: `write ${answers} behind Expected, and the rest behind Why`,
    },
  ];
}

function noDecision(decision: DecisionAnswer): Fault[] {
  if (decision.kind !== "none") return [];
  return [
    {
      prompt: "decision",
      message: null,
      remedy: "write leave-as-is when it is accepted at this level, or the id of an action above",
    },
  ];
}

function deltaRemarks(item: Item, known: ReadonlyMap<string, KnownAction>, next: Day): Remark[] {
  const decision = decisionOf(item);
  const named = decision.kind === "actions" ? decision.ids.flatMap((id) => known.get(id) ?? []) : [];
  const isUnexplained = item.answer("why") === "";
  const why = isUnexplained ? whyFaults(named, next) : [];
  const isHanded = isUnexplained && why.length === 0;
  const faults = [...expectedFaults(item, isHanded), ...why, ...noDecision(decision), ...decisionFaults(item, decision, known)];
  if (faults.length > 0)
    return itemRemark(
      item,
      faults,
      `write ${answers} behind Expected, the cause behind Why, leave-as-is or an action's id behind Decision; what nobody knows yet gets an investigate action due by the next review`,
    );
  if (wordOf(item.answer("expected")) !== "partly" || item.answer("assumed") !== "") return [];
  return [
    {
      severity: "warning",
      at: item.id,
      line: item.lineOf("assumed"),
      column: 1,
      message: `${item.id}: expected in part, and nothing says what the plan assumed`,
      remedy: "product: write behind Assumed what the plan counted on, so that the difference is known",
    },
  ];
}

const investigate = (due: string) =>
  `actions: [{ id: 2026-W47-1, decision: investigate, title: "Find the cause of the rise of inference and say what fixes it", owner: "@octocat", due: ${due}, status: open }]`;
const caused = "- **Expected:** yes\n- **Why:** Summarization launched on Monday (acme/app#812).";

export const explained: Rule = {
  name: "explained",
  reason:
    "Explanation, not observation: each listed delta says whether it was expected, has a cause and a decision; what has no cause yet is handed to an investigate action due by the next review. In the first week of all data there is no week before, and nothing is asked (S19–S22, S38).",
  examples: [
    { delta: "- **Expected:** no\n- **Why:** An agent looped for eleven hours on Tuesday.\n- **Decision:** leave-as-is" },
    { delta: "- **Why:**\n- **Decision:** 2026-W47-1", front: investigate("2026-11-30") },
    {
      delta: "- **Why:**\n- **Decision:** 2026-W47-1",
      front: investigate("2026-12-01"),
      remark: "Why is not answered, and 2026-W47-1 is due on 2026-12-01, after the next review on 2026-11-30",
    },
    { delta: "- **Expected:** yes\n- **Why:**\n- **Decision:** 2026-W47-1", remark: "2026-W47-1 is to optimize, not to find it" },
    {
      delta: "- **Expected:** <!-- yes | no | partly -->\n- **Why:** <!-- the cause -->\n- **Decision:** <!-- … -->",
      remark: "openai/inference: Expected, Why and Decision are not answered",
    },
    { delta: "", front: "figures: { firstDay: 2026-11-15 }", remark: "openai/inference: Expected, Why and Decision are not answered" },
    { delta: "", front: "figures: { firstDay: 2026-11-16 }" },
    { delta: caused, remark: "Decision is not answered" },
    { delta: `${caused}\n- **Decision:** 2026-W47-1` },
    {
      delta: `${caused}\n- **Decision:** 2026-W46-1`,
      front: "previous: [{ id: 2026-W46-1, status: open, due: 2026-12-04 }]",
    },
    { delta: `${caused}\n- **Decision:** 2026-W47-9`, remark: "Decision names 2026-W47-9, which is no action of this review" },
    { delta: `${caused}\n- **Decision:** keep an eye on it`, remark: 'Decision says "keep an eye on it"' },
    {
      delta: "- **Expected:** mostly\n- **Why:** Summarization launched on Monday.\n- **Decision:** leave-as-is",
      remark: 'Expected says "mostly", it is one word: yes, no or partly',
    },
    {
      delta: "- **Expected:** partly\n- **Why:** Summarization runs on more tickets than planned.\n- **Decision:** leave-as-is",
      remark: "expected in part, and nothing says what the plan assumed",
    },
    {
      delta:
        "- **Expected:** partly\n- **Why:** Summarization runs on more tickets than planned.\n- **Assumed:** 25 % of tickets\n- **Decision:** leave-as-is",
    },
  ],
  check: (review, { earlier }) => {
    const known = actionsOf(review, earlier);
    return itemsOf(review, "delta").flatMap((item) => deltaRemarks(item, known, review.front.next));
  },
};
