import { addDays } from "../../core/day.ts";
import { type Anomaly } from "../../core/odd-days.ts";
import type { Review } from "../../core/review.ts";
import { blocks, nameText } from "../markdown.ts";
import type { Item, Section } from "../model.ts";
import { type SectionContext, printer } from "./context.ts";

export const anomalyPrompts = [
  "- **Status:** <!-- open | closed -->",
  "- **Cause:** <!-- what happened -->",
  "- **Resolution:** <!-- what ended it, or what keeps it from coming back -->",
  "- **Decision:** <!-- leave-as-is, or the id of an action above -->",
].join("\n");

const classes = {
  spike: "It has come back since: a spike.",
  shift: "It has stayed: a shift to a new level.",
  undecided: "Too early to tell whether it is a spike or a shift.",
} as const;

function anomalyItem(review: Review, anomaly: Anomaly): Item {
  const { micros, day } = printer(review);
  const { period, direction } = anomaly;
  const last = addDays(period.end, -1);
  const when = period.start === last ? `on ${day(period.start)}` : `from ${day(period.start)} to ${day(last)}`;
  const text = blocks([
    `### ${nameText(anomaly.slice.path)} ${direction} ${when}: ${micros(anomaly.actual)} instead of ${micros(anomaly.expected)}`,
    `Expected was ${micros(anomaly.low)} to ${micros(anomaly.high)}; found as ${anomaly.rule}. ${classes[anomaly.class]}`,
  ]);
  return { zone: { name: "anomaly", id: anomaly.id, text: `\n${text}` }, prompts: anomalyPrompts };
}

export function anomaliesSection({ review }: SectionContext): Section {
  const none = review.anomalies.length === 0 ? "No service or provider departed from what its weekday and recent level let expect." : null;
  return {
    name: "anomalies",
    head: { name: "anomalies", text: blocks(["## 3 Anomalies and incidents · 5 minutes", none]) },
    items: review.anomalies.map((anomaly) => anomalyItem(review, anomaly)),
    end: "",
  };
}
