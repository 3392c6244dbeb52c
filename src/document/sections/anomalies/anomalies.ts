import { confirmedShift } from "../../../core/anomaly/detect.ts";
import { fewestDays } from "../../../core/anomaly/expectation.ts";
import { type Day, contains, daysBetween } from "../../../core/day.ts";
import { dayText, percentText } from "../../../core/format.ts";
import { absenceOf } from "../../../core/review/data/arrivals.ts";
import { allAnomalies } from "../../../core/review/findings/findings.ts";
import { isFollowed } from "../../../core/review/findings/lasting.ts";
import { isBefore } from "../../../core/review/findings/news.ts";
import type { Anomaly } from "../../../core/review/findings/odd-days.ts";
import type { Review } from "../../../core/review/review.ts";
import { type PlannedEvent, eventsFor, isLasting } from "../../../core/settings/events.ts";
import { plural } from "../../../core/text.ts";
import type { Item, Section } from "../../body/model.ts";
import { blocks, bullets, nameText } from "../../markdown.ts";
import { type SectionContext, printer } from "../context.ts";
import { beyondText, eventName, ignoredLines, plannedLines, whenText } from "../shared/planned.ts";
import { renameHint, renameOf } from "../shared/renames.ts";
import { answeredText, grownText } from "./answered.ts";

function prompts(status: string): string {
  return [
    `- **Status:** <!-- ${status} -->`,
    "- **Cause:** <!-- what happened -->",
    "- **Resolution:** <!-- what ended it, or what keeps it from coming back -->",
    "- **Decision:** <!-- leave-as-is, or the id of an action above -->",
  ].join("\n");
}

/** Below an anomaly, and below one that an earlier review answered. */
export const anomalyPrompts = {
  new: prompts("open | closed"),
  answered: prompts("may stay blank: answered before, see the end of this section; else open | closed"),
} as const;

/** Its last day is followed by one that is final and does not stand out that way, and it did not last so long that this may be its own level. */
export function isOver(anomaly: Anomaly, { sources }: Review): boolean {
  const { start, end } = anomaly.period;
  return isFollowed(anomaly, sources) && daysBetween(start, end) < confirmedShift;
}

/** What departs that way in the same slice from the day after it on, and is planned: it has not ended. */
function plannedAfter({ planned }: Review, { slice, direction, period }: Anomaly): Anomaly | undefined {
  return planned.find((other) => other.slice.id === slice.id && other.direction === direction && other.period.start === period.end);
}

/** What departs the other way in the same slice after it: it has not stayed. */
function turnAfter({ anomalies, planned, ignored }: Review, { slice, direction, period }: Anomaly): Anomaly | undefined {
  return allAnomalies({ anomalies, planned, ignored })
    .filter((other) => other.slice.id === slice.id && other.direction !== direction && other.period.start >= period.end)
    .sort((a, b) => (a.period.start < b.period.start ? -1 : 1))[0];
}

/** What became of it by the last settled day: a spike that still stands out then has not come back yet, a shift that does not has not stayed. */
function classText(anomaly: Anomaly, review: Review): string {
  const { day } = printer(review);
  const after = plannedAfter(review, anomaly)?.event?.event;
  if (after) {
    const early = after.kind === "end" ? "" : ": if that began earlier, move its `start` in overpace.yaml";
    return `It goes on from ${day(anomaly.period.end)} as the planned ${eventName(after)}${early}.`;
  }
  const over = isOver(anomaly, review);
  const turn = over ? undefined : turnAfter(review, anomaly);
  const ended = `It stood out no longer on ${day(anomaly.period.end)}`;
  switch (anomaly.class) {
    case "spike":
      return over ? "It has come back since: it did not last." : "It is fading: most of it is gone.";
    case "shift":
      if (turn) return `It became a new level, which ended on ${day(turn.period.start)}.`;
      return over ? `${ended}.` : "It has stayed: a shift to a new level.";
    case "undecided":
      return over ? `${ended}; too early to tell whether that lasts.` : "Too early to tell whether it lasts.";
  }
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

/** What a provider's departure is made of: the services of it that moved that way this week, the largest first, where it has several. */
function servicesText(review: Review, anomaly: Anomaly): string | null {
  const { slice, direction } = anomaly;
  if (slice.dimension !== "provider" || isBefore(anomaly, review)) return null;
  const { delta } = printer(review);
  const moved = review.listed.filter(
    (listed) => listed.delta.slice.path[0] === slice.key && listed.delta.change > 0n === (direction === "up"),
  );
  if (moved.length === 0) return null;
  return `In it this week: ${moved.map((listed) => `${nameText(listed.delta.slice.path.slice(1))} ${delta(listed.delta)}`).join(", ")}.`;
}

/** The planned event right after which it begins and that it goes on with: days look odd where it lasted longer than was said. */
export function eventBefore({ events }: Review, { slice, period, direction }: Anomaly): PlannedEvent | undefined {
  const goesOn = ({ kind, effect }: PlannedEvent) =>
    effect === undefined ? kind !== "holiday" || direction === "down" : effect.percent > 0 === (direction === "up");
  return eventsFor(events, slice.path).find((event) => !isLasting(event) && event.end === period.start && goesOn(event));
}

function afterText(review: Review, anomaly: Anomaly): string | null {
  const before = eventBefore(review, anomaly);
  return before ? `It begins right after ${eventName(before)}: if that went on, move its \`end\` in overpace.yaml.` : null;
}

/** An earlier review may have told the first of several days: what it answered stands outside the item, which is computed again. */
function beforeText({ period: { start, end } }: Anomaly): string {
  return daysBetween(start, end) === 1
    ? "It lies before this week, on a day that no review could tell yet."
    : "It lies before this week; its last days no review could tell yet.";
}

/** Usage below nothing is no day of little use. */
const refundText = "A cost below zero is a refund that came as usage.";

function anomalyItem({ review, answered }: SectionContext, anomaly: Anomaly): Item {
  const { micros } = printer(review);
  const { period, direction } = anomaly;
  const text = blocks([
    `### ${nameText(anomaly.slice.path)} ${direction} ${whenText(review, period)}: ${micros(anomaly.actual)} instead of ${micros(anomaly.expected)}`,
    `Expected was ${micros(anomaly.low)} to ${micros(anomaly.high)}; found as ${anomaly.rule}${delayText(anomaly)}. ${classText(anomaly, review)}${anomaly.grown ? ` ${grownText}` : ""}${estimatedText(anomaly)}`,
    isBefore(anomaly, review) ? beforeText(anomaly) : null,
    anomaly.actual < 0n ? refundText : null,
    servicesText(review, anomaly),
    afterText(review, anomaly),
    beyondText(review, anomaly),
    renameHint(review, anomaly.slice),
  ]);
  const kind = answered.some((answer) => answer.anomaly === anomaly.id) ? "answered" : "new";
  return { zone: { name: "anomaly", id: anomaly.id, text: `\n${text}` }, prompts: anomalyPrompts[kind] };
}

/** A fall of what did not arrive is no anomaly to explain: the summary and the delta say what is missing. */
export function askedAnomalies(review: Review): Anomaly[] {
  const isMissing = ({ slice }: Anomaly) => absenceOf(slice, review) !== null;
  return review.anomalies.filter((anomaly) => anomaly.direction === "up" || !isMissing(anomaly));
}

/** Less than two weeks before the last settled day: nothing is expected of what began then. */
function isYoung(first: Day | undefined | null, { settledThrough }: Review): boolean {
  return settledThrough !== null && typeof first === "string" && daysBetween(first, settledThrough) < fewestDays;
}

/** Listed services that began so late that no odd day of theirs can be told. */
function youngText(review: Review): string | null {
  const young = review.listed.filter(
    ({ delta: { slice } }) => isYoung([...slice.days.keys()].sort()[0], review) && renameOf(review, slice) === undefined,
  );
  if (young.length === 0) return null;
  return `Of what began within two weeks no odd day can be told yet: ${young.map(({ delta }) => nameText(delta.slice.path)).join(", ")}.`;
}

/** That nothing departed, as far as it can be told. */
function nothingText(review: Review): string {
  if (isYoung(review.firstDay, review)) return "The data reach back less than two weeks: too little to tell odd days from usual ones.";
  if (review.sources.every(({ settledThrough }) => (settledThrough ?? "") < review.period.start))
    return "No day of this week is final yet: whether anything departed cannot be told.";
  if (review.planned.length + review.ignored.length + review.ignoredDrifts.length > 0)
    return `${review.drifts.length === 0 ? "Nothing departed" : "On no day did anything depart"} but what was planned or is ignored.`;
  const start = review.drifts.length === 0 ? "No service or provider departed" : "On no day did a service or provider depart";
  return `${start} from what its weekday and recent level let expect.`;
}

export function anomaliesSection(context: SectionContext): Section {
  const { review } = context;
  const found = askedAnomalies(review);
  const known = [...driftLines(review), ...plannedLines(review), ...ignoredLines(review)];
  const young = isYoung(review.firstDay, review) ? null : youngText(review);
  const told = [found.length === 0 ? nothingText(review) : null, young].filter((text) => text !== null).join(" ");
  return {
    name: "anomalies",
    head: { name: "anomalies", text: blocks(["## 3 Anomalies and incidents · 5 minutes", told, bullets(known)]) },
    items: found.map((anomaly) => anomalyItem(context, anomaly)),
    end: answeredText(context),
    outside: "end",
  };
}
