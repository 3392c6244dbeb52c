import { type Day, addDays, contains, overlap } from "../core/day.ts";
import { absolute, toCents } from "../core/money.ts";
import { type Absence, absenceOf } from "../core/review/data/arrivals.ts";
import { isFirstWeek } from "../core/review/data/beginning.ts";
import { onFinalDays } from "../core/review/data/final-days.ts";
import { isMonthly } from "../core/review/deltas/monthly.ts";
import { isBefore } from "../core/review/findings/news.ts";
import type { Anomaly } from "../core/review/findings/odd-days.ts";
import { wayBackOf } from "../core/review/findings/way-back.ts";
import type { Review } from "../core/review/review.ts";
import { coverOf, eventsFor } from "../core/settings/events.ts";
import type { Delta } from "../core/slices/delta.ts";
import { type Slice, sliceNamed } from "../core/slices/slice.ts";
import { plainName } from "./markdown.ts";
import { askedAnomalies, eventBefore, isOver } from "./sections/anomalies/anomalies.ts";
import { type PreviousAction, type SectionContext, printer } from "./sections/context.ts";
import { eventsBefore, isDip } from "./sections/shared/planned.ts";
import { renameOf } from "./sections/shared/renames.ts";

/** An action that overpace proposes for what has no explanation yet. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

const mostDrafts = 3;
/** A listed delta or a drift is worth an action of its own from this part (1 ÷ 20) of the prior week's total on. */
const leastPart = 20n;

/** Credits make a total small that services are not: usage counts where it is more. */
function isLarge(change: bigint, { total, usage }: Review): boolean {
  const whole = usage.prior7 > total.prior7 ? usage.prior7 : total.prior7;
  return total.prior7 > 0n && absolute(change) * leastPart >= whole;
}

/** An open action of an earlier review is about a slice. */
function isOwned(slice: Slice, previous: readonly PreviousAction[]): boolean {
  return previous.some(({ about, ended }) => about !== null && ended === null && sliceNamed(about, [slice]) !== undefined);
}

/** An open action of an earlier review already asks why a slice moved. */
function isInvestigated(slice: Slice, previous: readonly PreviousAction[]): boolean {
  return isOwned(
    slice,
    previous.filter(({ decision }) => decision === "investigate"),
  );
}

/** A planned event of the week that is about a service lets it move this way; one about all costs explains no single service. */
function isPlanned({ slice, change }: Delta, { events, period }: Review): boolean {
  const scoped = events.filter(({ scope }) => scope !== undefined);
  return eventsFor(scoped, slice.path).some(
    (event) =>
      event.start < period.end &&
      coverOf(event).end > period.start &&
      (event.effect === undefined || event.effect.percent > 0 === change > 0n),
  );
}

/** A migration of all costs explains the services that begin in its days, until they are compared with a week after it, and those that end in them. */
function isMigrated({ slice, change }: Delta, { events, period, prior, settledThrough }: Review): boolean {
  const charged = [...slice.days].flatMap(([day, amount]) => (amount === 0n ? [] : [day])).sort();
  const [first, last] = [charged[0], charged.at(-1)];
  if (first === undefined || last === undefined) return false;
  return events
    .filter(({ kind, scope }) => kind === "migration" && scope === undefined)
    .map(coverOf)
    .filter((cover) => overlap(cover, { start: prior.start, end: period.end }))
    .some((cover) =>
      change > 0n ? contains(cover, first) : settledThrough !== null && last < settledThrough && contains(cover, addDays(last, 1)),
    );
}

/** A step of a drift that is ignored. */
function isIgnored({ slice, change }: Delta, { ignoredDrifts }: Review): boolean {
  return ignoredDrifts.some(({ drift }) => drift.slice.id === slice.id && (drift.direction === "up") === change > 0n);
}

/** A departure of the whole provider stands for its services that moved the same way, too, whether it is asked about or planned. */
function isInside({ slice, change }: Delta, anomalies: readonly Anomaly[]): boolean {
  return anomalies.some(
    (anomaly) =>
      anomaly.slice.dimension === "provider" && anomaly.slice.key === slice.path[0] && (anomaly.direction === "up") === change > 0n,
  );
}

/** Both weeks are all in the data. */
const isWhole = (review: Review) => review.sameDays === null && !isFirstWeek(review);

/** What of a delta asks for a cause: not the way back from the week before, nor a fall that is only of days whose costs still come in. */
function askedOf(delta: Delta, review: Review): bigint {
  const { slice, change } = delta;
  const back = wayBackOf(delta, review);
  if (back !== null) return back.final?.without ?? back.without;
  const final = onFinalDays(slice, review);
  const moved = final === null ? change : toCents(final.last7 - final.prior7);
  return change < 0n ? (moved < 0n ? moved : 0n) : change;
}

/** The week before was a planned holiday or the like of a service: a rise is the way back. */
function isWayBack({ slice, change }: Delta, review: Review): boolean {
  return change > 0n && eventsFor(eventsBefore(review), slice.path).some(isDip);
}

/** Services that crept up and that no open action takes care of, the largest first. */
function crept(review: Review, previous: readonly PreviousAction[]): Omit<Draft, "id">[] {
  return review.drifts
    .filter(({ slice, direction, weeks }) => {
      const [first = 0n, last = 0n] = [weeks[0], weeks.at(-1)];
      return direction === "up" && isLarge(last - first, review) && !isOwned(slice, previous);
    })
    .map(({ slice }) => ({
      about: slice.id,
      title: `Find the cause of the slow rise of ${plainName(slice.path)} and say whether it stays`,
    }));
}

/** What asks for data that did not come: once for a provider or a source, however many of its services lack them. */
function missingDraft(slice: Slice, { source }: Absence, review: Review): Omit<Draft, "id"> {
  const [provider = ""] = slice.path;
  const whole = review.deltas.find((delta) => delta.slice.dimension === "provider" && delta.slice.key === provider);
  const what = source === null ? plainName([provider]) : `source ${source}`;
  return { about: whole?.slice.id ?? slice.id, title: `Get the missing costs of ${what} in and run overpace weekly again` };
}

/** Listed deltas that ask for a cause, or for their data, and that nothing told and nothing open takes care of. */
function moved(review: Review, previous: readonly PreviousAction[], told: readonly Anomaly[]): Omit<Draft, "id">[] {
  const covered = new Set(told.map(({ slice }) => slice.path.join("\0")));
  const isAsked = (title: string) => previous.some((action) => action.ended === null && action.title === title);
  const drafts = review.listed
    .filter(
      ({ delta }) =>
        !covered.has(delta.slice.path.join("\0")) &&
        isWhole(review) &&
        isLarge(askedOf(delta, review), review) &&
        !isInvestigated(delta.slice, previous) &&
        renameOf(review, delta.slice) === undefined &&
        !isPlanned(delta, review) &&
        !isMigrated(delta, review) &&
        !isInside(delta, told) &&
        !isMonthly(delta.slice.days, review) &&
        !isWayBack(delta, review) &&
        !isIgnored(delta, review),
    )
    .flatMap(({ delta }) => {
      const absence = absenceOf(delta.slice, review);
      if (absence !== null) return [missingDraft(delta.slice, absence, review)].filter(({ title }) => !isAsked(title));
      const word = askedOf(delta, review) > 0n ? "rise" : "fall";
      return [{ about: delta.slice.id, title: `Find the cause of the ${word} of ${plainName(delta.slice.path)} and say whether it stays` }];
    });
  return drafts.filter(({ title }, index) => drafts.findIndex((other) => other.title === title) === index);
}

/**
 * Up to three drafts, most money first. Titles carry no figures: those stand in the zones.
 *
 * Each anomaly that no action of `previous` takes care of and that no earlier review answered, unless it has grown since; one draft for those
 * that begin as one planned event ends. Then each listed delta of at least 5 % of the prior week, and slow rises by as much that no action
 * takes care of. Not a delta that an anomaly of its service or provider or a planned event covers, that is ignored, or that an open
 * investigation is about; nor what is likely a rename, which an alias answers; nor one where a week is not all in the data; nor a fall of days
 * that are not final; nor the way back from a planned holiday or from what departed in the week before; nor what comes once a month.
 */
export function draftsOf({ review, previous, answered }: SectionContext): Draft[] {
  const anomalies = askedAnomalies(review);
  const fresh = anomalies
    .filter(({ slice }) => renameOf(review, slice) === undefined)
    .filter(({ period, slice, grown }) => period.start >= review.period.start || grown || !isOwned(slice, previous))
    .filter(({ id }) => !answered.some(({ anomaly }) => anomaly === id))
    .filter((anomaly, index, all) => {
      const event = eventBefore(review, anomaly);
      return event === undefined || all.findIndex((other) => eventBefore(review, other) === event) === index;
    });
  const titleOf = (anomaly: Anomaly, when = ""): string => {
    const [what, ask] =
      anomaly.direction === "up"
        ? ["jump", "what fixes it"]
        : ["drop", `whether it ${isOver(anomaly, review) ? "can happen again" : "stays"}`];
    return `Find the cause of the ${what} of ${plainName(anomaly.slice.path)}${when} and say ${ask}`;
  };
  const titles = [...previous.map(({ title }) => title), ...fresh.map((anomaly) => titleOf(anomaly))];
  const odd = fresh.map((anomaly) => {
    // Two open questions are told apart.
    const isTaken = titles.filter((title) => title === titleOf(anomaly)).length > 1;
    return { about: anomaly.id, title: titleOf(anomaly, isTaken ? ` on ${printer(review).day(anomaly.period.start)}` : "") };
  });
  const told = [...anomalies, ...review.planned, ...review.ignored.map(({ anomaly }) => anomaly)].filter((one) => !isBefore(one, review));
  const deltas = moved(review, previous, told);
  const drifts = crept(review, previous).filter(({ about }) => !deltas.some((delta) => delta.about === about));
  return [...odd, ...deltas, ...drifts]
    .slice(0, mostDrafts)
    .map(({ about, title }, index) => ({ id: `${review.id}-${index + 1}`, about, title }));
}

/** When drafts are due: at the next review. */
export function nextReview(review: Review): Day {
  return addDays(review.asOf, 7);
}
