import { ordinalText } from "../core/format.ts";
import { actionsOf, isAlive } from "./engine/actions.ts";
import { decisionOf } from "./engine/decision-answer.ts";
import { type Item, directionOf, itemRemark, itemsOf } from "./engine/items.ts";
import type { ReviewFile, Rule } from "./engine/rule.ts";

const tooOften = 3;

/** The slice of an anomaly and whether it went up or down: `slice@day` holds the slice, the heading the direction. */
function sliceOf(item: Item): string {
  return `${item.id.slice(0, item.id.lastIndexOf("@"))} ${directionOf(item)}`;
}

/** The words of a cause without order, case, numbers and short words; null for less than two of them. */
function fingerprintOf(item: Item): string | null {
  const words = new Set(
    item
      .answer("cause")
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter((word) => word.length > 3),
  );
  return words.size < 2 ? null : [...words].sort().join(" ");
}

/** The earlier reviews with another anomaly of the same slice, or of the same cause; one that runs on under the same id counts once. */
function sameBefore(item: Item, earlier: readonly ReviewFile[]): string[] {
  const [slice, cause] = [sliceOf(item), fingerprintOf(item)];
  const counted = new Set([item.id]);
  return earlier.flatMap((review) => {
    const same = itemsOf(review, "anomaly").filter(
      (other) => !counted.has(other.id) && (sliceOf(other) === slice || (cause !== null && fingerprintOf(other) === cause)),
    );
    for (const { id } of same) counted.add(id);
    return same.length === 0 ? [] : [review.front.review];
  });
}

const closed = (cause: string) => `- **Status:** closed\n- **Cause:** ${cause}\n- **Resolution:** Run stopped by hand.\n- **Decision:** `;
const before = [{ anomaly: `${closed("A looping agent.")}leave-as-is` }, { anomaly: `${closed("Nightly job ran twice.")}leave-as-is` }];

export const thirdAlert: Rule = {
  name: "third-alert",
  silenceable: true,
  reason:
    "The third alert of the same slice or the same cause within the last 13 reviews says that the threshold is miscalibrated or that it was not really fixed: which of the two is answered by an action, not by closing it once more (S27, N10).",
  examples: [
    { anomaly: `${closed("A looping agent again.")}leave-as-is`, earlier: before.slice(0, 1) },
    {
      anomaly: `${closed("A looping agent again.")}leave-as-is`,
      earlier: before,
      remark: "openai/inference@2026-11-17: the third alert of this slice or cause, after 2026-W45 and 2026-W46",
    },
    { anomaly: `${closed("A looping agent again.")}2026-W47-1`, earlier: before },
    {
      anomaly: `${closed("A looping agent again.")}2026-W47-1`,
      front:
        'actions: [{ id: 2026-W47-1, decision: revise-forecast, title: "Plan 500 more for agents", owner: "@hubot", due: 2026-11-30, forecast: 16500, communication: "@hubot tells finance on 24 November", status: open }]',
      earlier: before,
      remark: "is the threshold wrong, or was it not really fixed?",
    },
  ],
  check: (review, { earlier }) => {
    const known = actionsOf(review, earlier);
    // One that runs on from an earlier review was asked, and answered, there.
    const asked = new Set(earlier.flatMap((before) => itemsOf(before, "anomaly").map(({ id }) => id)));
    return itemsOf(review, "anomaly").flatMap((item) => {
      if (asked.has(item.id)) return [];
      const reviews = sameBefore(item, earlier);
      const decision = decisionOf(item);
      const named = decision.kind === "actions" ? decision.ids.flatMap((id) => known.get(id) ?? []) : [];
      const isAnswered = named.some((action) => isAlive(action) && action.action?.decision !== "revise-forecast");
      if (reviews.length + 1 < tooOften || isAnswered) return [];
      const message = `the ${ordinalText(reviews.length + 1)} alert of this slice or cause, after ${reviews.slice(-3).join(" and ")}: is the threshold wrong, or was it not really fixed?`;
      const remedy =
        "answer with an action whose id stands behind Decision: optimize the threshold in config/overpace.yaml, or investigate or optimize what keeps coming back; or escalate what others must decide";
      return itemRemark(item, [{ prompt: "decision", message, remedy }], remedy);
    });
  },
};
