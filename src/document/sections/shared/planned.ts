import { type Period, addDays } from "../../../core/day.ts";
import { dayText, percentChange, percentText, shareText } from "../../../core/format.ts";
import { type Micros, sum, toCents } from "../../../core/money.ts";
import { plannedEffect } from "../../../core/review/effects/planned-effect.ts";
import type { Drift } from "../../../core/review/findings/drift.ts";
import type { Anomaly } from "../../../core/review/findings/odd-days.ts";
import { togetherOf } from "../../../core/review/findings/together.ts";
import type { Review } from "../../../core/review/review.ts";
import { type PlannedEvent, coverOf, eventsFor, eventsIn, isLasting } from "../../../core/settings/events.ts";
import type { IgnoreEntry } from "../../../core/settings/ignore.ts";
import type { Scope } from "../../../core/settings/scope.ts";
import { shortList } from "../../../core/short-list.ts";
import { markdownSentence, markdownText, plural } from "../../../core/text.ts";
import { nameText } from "../../markdown.ts";
import { printer } from "../context.ts";

/** `launch Summaries for all`. */
export function eventName({ kind, name }: PlannedEvent): string {
  return kind === "other" || kind === "end" ? markdownText(name) : `${kind} ${markdownText(name)}`;
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

/** How far an amount is from what an event let expect: `12.0 % over what was expected of it ($3,000.00)`, or `as was expected of it`. */
function againstEvent(review: Review, actual: Micros, expected: Micros | null): string {
  if (expected === null) return "it states no effect";
  if (toCents(actual) === toCents(expected)) return "as was expected of it";
  const { micros } = printer(review);
  const percent = percentChange(actual, expected);
  // Nothing is no base of a percentage: what was to cost nothing, and does.
  const size = percent === null ? "" : `${shareText(Math.abs(percent))} `;
  return `${size}${actual < expected ? "under" : "over"} what was expected of it (${micros(expected)})`;
}

/** So many names are worth reading; the rest is counted. */
const mostNames = 3;

/** `OpenAI · Inference, AWS · Bedrock and 5 more down from Thu 26 Nov to Fri 27 Nov`; each with its days where those differ. */
function whatMoved(review: Review, list: readonly Anomaly[], amount: (anomaly: Anomaly) => string = () => ""): string {
  const when = ({ direction, period }: Anomaly) => `${direction} ${whenText(review, period)}`;
  const alike = new Set(list.map(when)).size === 1;
  const more = list.length - mostNames;
  const shown = list
    .slice(0, more > 1 ? mostNames : list.length)
    .map((anomaly) => `${nameText(anomaly.slice.path)}${alike ? "" : ` ${when(anomaly)}`}${amount(anomaly)}`);
  const [first] = list;
  return `${shown.join(", ")}${more > 1 ? ` and ${more} more` : ""}${alike && first ? ` ${when(first)}` : ""}`;
}

/** The findings that one event explains, together: their amounts, and how far they are from its effect. */
function plannedLine(review: Review, event: PlannedEvent, list: readonly Anomaly[]): string {
  const { micros } = printer(review);
  const { actual, expected, stated } = togetherOf(list);
  const together = list.length === 1 ? "" : "together ";
  const against = againstEvent(review, actual, event.effect === undefined ? null : stated);
  return `**Planned:** ${eventName(event)}. ${whatMoved(review, list)}: ${together}${micros(actual)} instead of ${micros(expected)}, ${against}.`;
}

/** The end of a source is told once, however many providers it takes away; other events each by itself. */
function toldBy(event: PlannedEvent): PlannedEvent | string {
  return event.kind === "end" ? event.name : event;
}

/** Findings that something planned explains, one line an event. */
export function plannedLines(review: Review): string[] {
  const groups = Map.groupBy(review.planned, ({ event }) => event && toldBy(event.event));
  return [...groups.values()].flatMap((list) => {
    const [event] = list.flatMap((anomaly) => anomaly.event?.event ?? []);
    return event === undefined ? [] : [plannedLine(review, event, list)];
  });
}

/** What an event says about an alert that it does not explain; empty text without one. */
export function beyondText(review: Review, anomaly: Anomaly): string {
  if (!anomaly.event) return "";
  const { actual, direction } = anomaly;
  const { event, expected } = anomaly.event;
  const other = event.effect !== undefined && event.effect.percent > 0 !== (direction === "up");
  if (other || event.effect?.percent === 0) return `It is not what the planned ${eventName(event)} was to do.`;
  if (expected === null) return `The planned ${eventName(event)} states no effect; more than double is not put down to it.`;
  const isBeyond = direction === "up" ? toCents(actual) > toCents(expected) : toCents(actual) < toCents(expected);
  const said = againstEvent(review, actual, expected);
  return isBeyond
    ? `It goes beyond the planned ${eventName(event)}: ${said}.`
    : `Single days go beyond the planned ${eventName(event)}; all of them together are ${said}.`;
}

/** `AWS · EC2 slow rise since 19 October 2026 +$120.00 (+40.0 %)`: from the first of its weeks to the last. */
function whatCrept(review: Review, list: readonly Drift[]): string[] {
  const { change } = printer(review);
  const more = list.length - mostNames;
  const shown = list.slice(0, more > 1 ? mostNames : list.length).map(({ slice, direction, since, weeks, percent }) => {
    const word = direction === "up" ? "slow rise" : "slow fall";
    return `${nameText(slice.path)} ${word} since ${dayText(since)} ${change((weeks.at(-1) ?? 0n) - (weeks[0] ?? 0n))} (${percentText(percent)})`;
  });
  return more > 1 ? [...shown, `${more} more that crept`] : shown;
}

function ignoredLine(review: Review, entry: IgnoreEntry): string {
  const { until, reason } = entry;
  const { change } = printer(review);
  const moved = review.ignored.flatMap(({ anomaly, entry: own }) => (own === entry ? [anomaly] : []));
  const crept = review.ignoredDrifts.flatMap(({ drift, entry: own }) => (own === entry ? [drift] : []));
  const texts = [
    ...(moved.length === 0 ? [] : [whatMoved(review, moved, ({ actual, expected }) => ` ${change(toCents(actual - expected))}`)]),
    ...whatCrept(review, crept),
  ];
  return `**Ignored through ${dayText(addDays(until, -1))}:** ${plural(moved.length + crept.length, "finding")}, ${texts.join(", ")}. Reason: ${markdownSentence(reason.replace(/\.$/, ""))}.`;
}

/** What the ignore list keeps from being asked about, one line an entry; and entries that have run out. */
export function ignoredLines(review: Review): string[] {
  const entries = new Set([...review.ignored, ...review.ignoredDrifts].map(({ entry }) => entry));
  const expired = review.expired.map(
    ({ scope, reason, until }) =>
      `**Ignored no more:** the entry for ${scopeText(scope)} ended with ${dayText(addDays(until, -1))} (${markdownSentence(reason)}): take it out of overpace.yaml, or give it a new \`until\`.`,
  );
  return [...[...entries].map((entry) => ignoredLine(review, entry)), ...expired];
}

/** What was planned in the week before, is over, and made that week another than usual. */
export function eventsBefore({ events, prior, period }: Review): PlannedEvent[] {
  return eventsIn(events, prior).filter((event) => !isLasting(event) && event.end <= period.start);
}

/** A holiday, or what was to bring cost down: days after it cost more again. */
export function isDip({ kind, effect }: PlannedEvent): boolean {
  return effect === undefined ? kind === "holiday" : effect.percent < 0;
}

/** What departed upwards was planned or is ignored, and is half of the rise of a week or more. */
export function isMostlyKnown({ total, period, planned, ignored, anomalies }: Review): boolean {
  const known = [...planned, ...ignored.map(({ anomaly }) => anomaly)].filter(
    ({ direction, period: { start } }) => direction === "up" && start >= period.start,
  );
  if (anomalies.some(({ direction }) => direction === "up")) return false;
  return toCents(sum(known.map(({ actual, expected }) => actual - expected))) * 2n >= total.change;
}

/** A holiday in the week before makes the week look larger than it is. */
function comparisonLines(review: Review): string[] {
  return eventsBefore(review).map(
    (event) =>
      `**Compared with:** a week with ${eventName(event)} ${whenText(review, event)} (${scopeText(event.scope)}, ${effectText(event)}).`,
  );
}

/** Planned events of both weeks and of the next seven days, with what those to come may cost the month. */
export function eventLines(review: Review): string[] {
  const near = eventsIn(review.events, { start: review.period.start, end: addDays(review.asOf, 7) });
  const coming = [...Map.groupBy(near, toldBy).values()].flatMap((alike) => {
    const [event] = alike;
    if (event === undefined) return [];
    const month = plannedEffect(event, review);
    const worth = month === null ? "" : `, about ${printer(review).change(month)} this month, which the forecasts leave out`;
    const scopes = alike.map(({ scope }) => scopeText(scope));
    const label = event.start < review.asOf ? "Planned" : "Coming";
    return `**${label}:** ${eventName(event)} ${whenText(review, event)} (${shortList(scopes)}), ${effectText(event)}${worth}.`;
  });
  return [...comparisonLines(review), ...coming];
}

/** What was planned for a provider or service on a day of a period: `launch Summaries for all (+40.0 % expected)`; null for nothing. */
export function plannedFor(review: Review, path: readonly string[], period: Period): string | null {
  const events = eventsFor(review.events, path).filter((event) => event.start < period.end && coverOf(event).end > period.start);
  return events.length === 0 ? null : events.map((event) => `${eventName(event)} (${effectText(event)})`).join(", ");
}
