import { absenceOf } from "../../core/review/arrivals.ts";
import { contains, daysBetween } from "../../core/day.ts";
import { dayText, percentText } from "../../core/format.ts";
import type { Anomaly } from "../../core/review/odd-days.ts";
import type { Review } from "../../core/review/review.ts";
import { blocks, bullets, nameText, plural } from "../markdown.ts";
import type { Item, Section } from "../body/model.ts";
import { type SectionContext, printer } from "./context.ts";
import { beyondText, ignoredLines, plannedLines, whenText } from "./planned.ts";
import { renameHint } from "./renames.ts";

export const anomalyPrompts = [
  "- **Status:** <!-- open | closed -->",
  "- **Cause:** <!-- what happened -->",
  "- **Resolution:** <!-- what ended it, or what keeps it from coming back -->",
  "- **Decision:** <!-- leave-as-is, or the id of an action above -->",
].join("\n");

const classes = {
  spike: "It has come back since: it did not last.",
  shift: "It has stayed: a shift to a new level.",
  undecided: "Too early to tell whether it lasts.",
} as const;

/** A spike that is still above or below on the last settled day has not come back yet. */
function classText({ class: kind, period }: Anomaly, { settledThrough }: Review): string {
  return kind === "spike" && settledThrough !== null && period.end > settledThrough ? "It is fading: most of it is gone." : classes[kind];
}

/** How long it went on before it could be told. */
function delayText({ period, seen }: Anomaly): string {
  const days = daysBetween(period.start, seen);
  return days === 0 ? "" : `, ${plural(days, "day")} after it began`;
}

/** Services that crept away from where they were, one line each. */
function driftLines(review: Review): string[] {
  const { money } = printer(review);
  return review.drifts.map(({ slice, direction, since, weeks, percent }) => {
    const word = direction === "up" ? "Slow rise" : "Slow fall";
    return `**${word}:** ${nameText(slice.path)} week by week since ${dayText(since)}, ${weeks.map(money).join(" → ")} (${percentText(percent)}); no day of it stood out.`;
  });
}

function estimatedText({ slice, period }: Anomaly): string {
  return [...slice.estimated.keys()].some((day) => contains(period, day)) ? " These amounts are estimated, or hold estimates." : "";
}

function anomalyItem(review: Review, anomaly: Anomaly): Item {
  const { micros } = printer(review);
  const { period, direction } = anomaly;
  const text = blocks([
    `### ${nameText(anomaly.slice.path)} ${direction} ${whenText(review, period)}: ${micros(anomaly.actual)} instead of ${micros(anomaly.expected)}`,
    `Expected was ${micros(anomaly.low)} to ${micros(anomaly.high)}; found as ${anomaly.rule}${delayText(anomaly)}. ${classText(anomaly, review)}${estimatedText(anomaly)}`,
    beyondText(review, anomaly),
    renameHint(review, anomaly.slice),
  ]);
  return { zone: { name: "anomaly", id: anomaly.id, text: `\n${text}` }, prompts: anomalyPrompts };
}

/** A fall of what did not arrive is no anomaly to explain: the summary and the delta say what is missing. */
export function askedAnomalies(review: Review): Anomaly[] {
  return review.anomalies.filter(
    ({ slice, direction }) => direction === "up" || absenceOf(slice, review.arrivals, review.silences) === null,
  );
}

export function anomaliesSection({ review }: SectionContext): Section {
  const found = askedAnomalies(review);
  const known = [...driftLines(review), ...plannedLines(review), ...ignoredLines(review)];
  const start = review.drifts.length === 0 ? "No service or provider departed" : "On no day did a service or provider depart";
  const nothing =
    review.planned.length + review.ignored.length + review.ignoredDrifts.length === 0
      ? `${start} from what its weekday and recent level let expect.`
      : `${review.drifts.length === 0 ? "Nothing departed" : "On no day did anything depart"} but what was planned or is ignored.`;
  const none = found.length === 0 ? nothing : null;
  return {
    name: "anomalies",
    head: { name: "anomalies", text: blocks(["## 3 Anomalies and incidents · 5 minutes", none, bullets(known)]) },
    items: found.map((anomaly) => anomalyItem(review, anomaly)),
    end: "",
  };
}
