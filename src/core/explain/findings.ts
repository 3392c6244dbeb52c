import { rangeWidth } from "../anomaly/expectation.ts";
import { type Day, addDays, daysBetween } from "../day.ts";
import { centsText, percentChange } from "../format.ts";
import { microsText, sum, toCents } from "../money.ts";
import { plannedEffect } from "../review/effects/planned-effect.ts";
import { allAnomalies } from "../review/findings/findings.ts";
import type { Anomaly } from "../review/findings/odd-days.ts";
import { usualDays } from "../review/findings/peak.ts";
import { togetherOf } from "../review/findings/together.ts";
import type { Review } from "../review/review.ts";
import type { PlannedEvent } from "../settings/events.ts";
import { inScope } from "../settings/scope.ts";
import { slug } from "../slug.ts";
import { plural } from "../text.ts";
import type { Explain, Explanation, Facts, Named, Term } from "./explanation.ts";
import { dailyRows, percentRounding, sumOf } from "./rows.ts";
import { sliceRows } from "./slices.ts";
import { cents, inFull, nearest, percentage, plain } from "./terms.ts";

/** What a planned event let expect of an anomaly. */
function eventTerms({ event, actual }: Anomaly): Term[] {
  if (!event) return [];
  const { event: planned, expected, explains } = event;
  return [
    plain("planned", `${planned.name}, which ${explains ? "explains it" : "does not explain it"}`),
    ...(expected === null
      ? []
      : [nearest("what its effect let expect", expected), percentage("which is departed from by", percentChange(actual, expected))]),
  ];
}

/** An anomaly by its id: asked about, planned or ignored. */
function anomalyExplanation(facts: Facts, anomaly: Anomaly): Explanation {
  const { slice, period, rule, expected, low, high, actual, seen, daily } = anomaly;
  return {
    value: centsText(toCents(actual)),
    formula: `the usage of ${slice.id} from ${period.start} until before ${period.end}; found by: ${rule}`,
    terms: [
      nearest("expected, weekday profile × level of three weeks", expected),
      nearest(`usual range, ${rangeWidth} deviations a day, from`, low),
      nearest("to", high),
      nearest("departs from what was expected by", actual - expected),
      plain("could be told on", `${seen}, ${plural(daysBetween(period.start, seen), "day")} after it began`),
      ...eventTerms(anomaly),
      ...daily.map((one) =>
        plain(
          one.day,
          `${inFull(slice.days.get(one.day) ?? 0n)}, expected ${inFull(one.expected)}, usual ${inFull(one.low)} to ${inFull(one.high)}`,
        ),
      ),
    ],
    rounding: "what was expected is computed in floating point, day by day as below; each sum to the nearest cent",
    rows: sliceRows(facts, slice, period),
  };
}

/** What all usage cost on a day. */
function usageOn(facts: Facts, day: Day) {
  return dailyRows(facts, (charge) => charge.category === "Usage" && charge.day === day);
}

const yesterday: Explain = (facts) => {
  const found = facts.review.yesterday;
  if (found === null) return null;
  const rows = usageOn(facts, found.day);
  return {
    value: centsText(toCents(found.actual)),
    formula: `all usage on ${found.day}, the last settled day`,
    terms: [
      nearest("expected, weekday profile × level of three weeks", found.expected),
      nearest("usual range from", found.low),
      nearest("to", found.high),
    ],
    rounding: `${microsText(sumOf(rows))} added exactly, to the nearest cent`,
    rows,
  };
};

const peak: Explain = (facts) => {
  const found = facts.review.peak;
  if (found === null) return null;
  const rows = usageOn(facts, found.day);
  const usual = usualDays(found.day, facts.review, facts.input.events);
  return {
    value: centsText(toCents(found.actual)),
    formula: `all usage on ${found.day}, the settled day of the week that cost most above the median of the same weekday in up to four weeks before (days left out that were planned to be no usual ones), and half as much again above it as the other days`,
    terms: [
      ...usual.map((day) => nearest(`all usage on ${day}`, sumOf(usageOn(facts, day)))),
      nearest("their median", found.usual),
      percentage("above it by", found.percent),
    ],
    rounding: `${microsText(sumOf(rows))} added exactly, each amount to the nearest cent; the percentage ${percentRounding}`,
    rows,
  };
};

/** Events of one name and first day; the value is what they may still change this month. */
function eventExplanation(events: readonly [PlannedEvent, ...PlannedEvent[]], review: Review): Explanation {
  const [event] = events;
  const found = review.planned.filter((anomaly) => anomaly.event !== null && events.includes(anomaly.event.event));
  const { actual, expected, stated } = togetherOf(found);
  const services = review.deltas.filter(
    ({ slice }) => slice.dimension === "service" && events.some(({ scope }) => inScope(scope, slice.path)),
  );
  const months = events.flatMap((one) => plannedEffect(one, review) ?? []);
  return {
    value: months.length === 0 ? "none" : centsText(sum(months)),
    formula:
      "what it changes this month, of one that is still to come: its effect × what its services cost in the last 7 days ÷ 7 × its days in the month, of a launch or migration all days from its start",
    terms: [
      plain("its days", `from ${event.start} until before ${event.end}`),
      plain("its effect", event.effect === undefined ? "none stated" : `${event.effect.percent} %`),
      cents("its services in the last 7 days", sum(services.map(({ last7 }) => last7))),
      plain("findings that it explains", found.length === 0 ? "none" : found.map(({ id }) => id).join(", ")),
      ...(found.length === 0 ? [] : [nearest("which cost together", actual), nearest("instead of", expected)]),
      ...(found.length === 0 || event.effect === undefined
        ? []
        : [nearest("by its effect they were to cost", stated), percentage("which they depart from by", percentChange(actual, stated))]),
    ],
    rounding: "exact in sevenths of a cent, to the nearest cent (a half goes away from zero)",
    rows: [],
  };
}

type Silence = Review["silences"][number];

/** What a provider that fell silent used to cost a day. */
function silenceExplanation(facts: Facts, { provider, lastDay, days, usualDay }: Silence): Explanation {
  const before = { start: addDays(lastDay, -13), end: addDays(lastDay, 1) };
  return {
    value: centsText(toCents(usualDay)),
    formula: "what it cost on the 14 days through its last day with a charge, ÷ 14",
    terms: [plain("last day with a charge", lastDay), plain("settled days without one since", days)],
    rounding: "to the nearest cent (a half goes away from zero)",
    rows: sliceRows(facts, { dimension: "provider", path: [provider] }, before),
  };
}

type Arrival = Review["arrivals"][number];

function missingExplanation({ source, lastDay, missing }: Arrival, asOf: Day): Explanation {
  return {
    value: plural(missing, "day"),
    formula: `days of the last 7 after the last day that ${source} answered for, until before ${asOf}, on weekdays on which it usually has charges`,
    terms: [plain("last day that it answered for", lastDay ?? "none")],
    rounding: "none",
    rows: [],
  };
}

/** Anomalies by their ids, events that were planned, and what has not come. */
export function findingParts({ review }: Facts): Named[] {
  const { planned, events, silences, arrivals, asOf } = review;
  const named = new Set([...events, ...planned.flatMap(({ event }) => (event === null ? [] : [event.event]))]);
  return [
    ...allAnomalies(review).map((anomaly): Named => [anomaly.id, (facts) => anomalyExplanation(facts, anomaly)]),
    ...[...Map.groupBy(named, ({ name, start }) => `events.${slug(name)}@${start}`)].flatMap(([key, [event, ...others]]): Named[] =>
      event === undefined ? [] : [[key, () => eventExplanation([event, ...others], review)]],
    ),
    ...silences.map((silence): Named => [`silences.${slug(silence.provider)}`, (facts) => silenceExplanation(facts, silence)]),
    ...arrivals
      .filter(({ missing }) => missing > 0)
      .map((arrival): Named => [`arrivals.${slug(arrival.source)}`, () => missingExplanation(arrival, asOf)]),
  ];
}

/** Days that always have the same name. */
export const dayFigures: Readonly<Record<string, Explain>> = { "yesterday.actual": yesterday, "peak.actual": peak };
