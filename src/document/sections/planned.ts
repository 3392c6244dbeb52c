import { type Period, addDays } from "../../core/day.ts";
import { dayText, percentChange, percentText, shareText } from "../../core/format.ts";
import type { Findings } from "../../core/review/findings.ts";
import type { Anomaly } from "../../core/review/odd-days.ts";
import { plannedEffect } from "../../core/review/planned-effect.ts";
import type { Review } from "../../core/review/review.ts";
import { type PlannedEvent, coverOf, eventsFor, eventsIn } from "../../core/settings/events.ts";
import type { Scope } from "../../core/settings/scope.ts";
import { toCents } from "../../core/money.ts";
import { markdownSentence, markdownText } from "../../core/text.ts";
import { nameText, plural } from "../markdown.ts";
import { printer } from "./context.ts";

/** `launch Summaries for all`. */
export function eventName({ kind, name }: PlannedEvent): string {
  return kind === "other" ? markdownText(name) : `${kind} ${markdownText(name)}`;
}

function scopeText(scope: Scope | undefined): string {
  if (scope === undefined) return "all costs";
  const { provider, service } = scope;
  return [provider ?? "every provider", service].flatMap((part) => (part === undefined ? [] : [markdownText(part)])).join(" · ");
}

/** `on Wed 18 Nov`, `from Mon 16 Nov to Sun 22 Nov`; `end` is the day after the last. */
export function whenText(review: Review, { start, end }: { readonly start: string; readonly end: string }): string {
  const { day } = printer(review);
  const last = addDays(end, -1);
  return start === last ? `on ${day(start)}` : `from ${day(start)} to ${day(last)}`;
}

function effectText({ effect }: PlannedEvent): string {
  return effect === undefined ? "no effect stated" : `${percentText(effect.percent)} expected`;
}

/** How far a run is from what its event let expect of it: `12.0 % over what was expected of it ($3,000.00)`. */
function againstEvent(review: Review, { actual, event }: Anomaly): string {
  const expected = event?.expected ?? null;
  if (expected === null) return "it states no effect";
  const percent = percentChange(actual, expected) ?? 0;
  const word = percent < 0 ? "under" : "over";
  return `${shareText(Math.abs(percent))} ${word} what was expected of it (${printer(review).micros(expected)})`;
}

/** Findings that something planned explains, one line each. */
export function plannedLines(review: Review): string[] {
  const { micros } = printer(review);
  return review.planned.flatMap((anomaly) => {
    if (!anomaly.event) return [];
    const what = `${nameText(anomaly.slice.path)} ${anomaly.direction} ${whenText(review, anomaly.period)}`;
    const amounts = `${micros(anomaly.actual)} instead of ${micros(anomaly.expected)}`;
    return [`**Planned:** ${what}, ${amounts}: ${eventName(anomaly.event.event)}, ${againstEvent(review, anomaly)}.`];
  });
}

/** What an event says about an alert that it does not explain; empty text without one. */
export function beyondText(review: Review, anomaly: Anomaly): string {
  if (!anomaly.event) return "";
  const { event, expected } = anomaly.event;
  const other = event.effect !== undefined && event.effect.percent > 0 !== (anomaly.direction === "up");
  if (other || event.effect?.percent === 0) return `It is not what the planned ${eventName(event)} was to do.`;
  return expected === null
    ? `The planned ${eventName(event)} states no effect; more than double is not put down to it.`
    : `It goes beyond the planned ${eventName(event)}: ${againstEvent(review, anomaly)}.`;
}

function ignoredLine(review: Review, list: Findings["ignored"]): string {
  const { change } = printer(review);
  const shown = list.map(({ anomaly: { slice, direction, period, actual, expected } }) => {
    const size = change(toCents(actual - expected));
    return `${nameText(slice.path)} ${direction} ${whenText(review, period)} (${size})`;
  });
  const entry = list[0]?.entry;
  const last = entry ? dayText(addDays(entry.until, -1)) : "";
  return `**Ignored through ${last}:** ${plural(list.length, "finding")}, ${shown.join(", ")}. Reason: ${markdownSentence((entry?.reason ?? "").replace(/\.$/, ""))}.`;
}

/** What the ignore list keeps from being asked about, one line an entry; and entries that have run out. */
export function ignoredLines(review: Review): string[] {
  const groups = Map.groupBy(review.ignored, ({ entry }) => entry);
  const expired = review.expired.map(
    ({ scope, reason, until }) =>
      `**Ignored no more:** the entry for ${scopeText(scope)} ended with ${dayText(addDays(until, -1))} (${markdownSentence(reason)}): take it out of overpace.yaml, or give it a new \`until\`.`,
  );
  return [...[...groups.values()].map((list) => ignoredLine(review, list)), ...expired];
}

/** Planned events of the week under review and of the next seven days, with what those to come may cost the month. */
export function eventLines(review: Review): string[] {
  return eventsIn(review.events, { start: review.period.start, end: addDays(review.asOf, 7) }).map((event) => {
    const { scope } = event;
    const month = plannedEffect(event, review);
    const worth = month === null ? "" : `, about ${printer(review).change(month)} this month, which the forecasts leave out`;
    const label = event.start < review.asOf ? "Planned" : "Coming";
    return `**${label}:** ${eventName(event)} ${whenText(review, event)} (${scopeText(scope)}), ${effectText(event)}${worth}.`;
  });
}

/** What was planned for a provider or service on a day of a period: `launch Summaries for all (+40.0 % expected)`; null for nothing. */
export function plannedFor(review: Review, path: readonly string[], period: Period): string | null {
  const events = eventsFor(review.events, path).filter((event) => event.start < period.end && coverOf(event).end > period.start);
  return events.length === 0 ? null : events.map((event) => `${eventName(event)} (${effectText(event)})`).join(", ");
}
