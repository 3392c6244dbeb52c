import { percentText } from "../../core/format.ts";
import type { Review } from "../../core/review/review.ts";
import type { Section } from "../body/model.ts";
import { blocks, bullets } from "../markdown.ts";
import { type SectionContext, printer } from "./context.ts";

function forecastTrigger(review: Review): string {
  const { money } = printer(review);
  const { pace, planTotal } = review.month;
  const over = pace.total - (planTotal ?? 0n);
  return `\`forecast\`: at current pace ${money(pace.total)}, ${percentText(pace.percent)} against the plan of ${money(planTotal ?? 0n)}, ${money(over)} over it. Answer it with an action \`decision: escalate\` (why, options, recommendation, to whom, by when), with actions whose stated effect brings it under the threshold, or with an entry in \`waivers\`.`;
}

/** Empty when no trigger fired. */
export function escalationsSection({ review }: SectionContext): Section {
  const lines = review.triggers.map((trigger) => (trigger === "forecast" ? forecastTrigger(review) : `\`${trigger}\``));
  const text = lines.length === 0 ? "" : blocks(["## Escalations", bullets(lines)]);
  return { name: "escalations", head: null, items: text === "" ? [] : [{ zone: { name: "escalations", text }, prompts: "" }], end: "" };
}
