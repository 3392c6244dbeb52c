import { type Day, addDays } from "../core/day.ts";
import { absenceOf } from "../core/review/arrivals.ts";
import { absolute } from "../core/money.ts";
import type { Anomaly } from "../core/review/odd-days.ts";
import type { Review } from "../core/review/review.ts";
import { sliceNamed } from "../core/review/slice.ts";
import { plainName } from "./markdown.ts";
import { askedAnomalies } from "./sections/anomalies.ts";
import type { PreviousAction } from "./sections/context.ts";

/** An action that overpace proposes for what has no explanation yet. */
export interface Draft {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

const mostDrafts = 3;
/** A listed delta is worth an action of its own from this share of the prior week's total on. */
const leastShare = 5n;

/** An anomaly that runs on from before the week, and an open action of an earlier review is about its slice. */
function isOwned({ period, slice }: Anomaly, review: Review, previous: readonly PreviousAction[]): boolean {
  const names = previous.flatMap(({ about, ended }) => (about === null || ended !== null ? [] : [about]));
  return period.start < review.period.start && names.some((about) => sliceNamed(about, [slice]) !== undefined);
}

/**
 * Up to three drafts, most money first: each anomaly that no action of `previous` takes care of, then each listed delta of at least
 * 5 % of the prior week that no anomaly of the same service covers, nor what was planned or is ignored. Titles carry no figures: those stand in the zones.
 */
export function draftsOf(review: Review, previous: readonly PreviousAction[]): Draft[] {
  const anomalies = askedAnomalies(review);
  const fresh = anomalies.filter((anomaly) => !isOwned(anomaly, review, previous));
  const odd = fresh.map(({ id, slice, direction }) => ({
    about: id,
    title: `Find the cause of the ${direction === "up" ? "jump" : "drop"} of ${plainName(slice.path)} and say ${direction === "up" ? "what fixes it" : "whether it stays"}`,
  }));
  const explained = [...review.planned, ...review.ignored.map(({ anomaly }) => anomaly)];
  const covered = new Set([...anomalies, ...explained].map(({ slice }) => slice.path.join("\0")));
  const deltas = review.listed
    .filter(
      ({ delta }) =>
        !covered.has(delta.slice.path.join("\0")) &&
        absolute(delta.change) * 100n >= review.total.prior7 * leastShare &&
        review.total.prior7 > 0n,
    )
    .map(({ delta }) => ({
      about: delta.slice.id,
      title: absenceOf(delta.slice, review.arrivals, review.silences)
        ? `Get the missing costs of ${plainName(delta.slice.path)} in and run overpace weekly again`
        : `Find the cause of the ${delta.change > 0n ? "rise" : "fall"} of ${plainName(delta.slice.path)} and say whether it stays`,
    }));
  return [...odd, ...deltas].slice(0, mostDrafts).map(({ about, title }, index) => ({ id: `${review.id}-${index + 1}`, about, title }));
}

/** When drafts are due: at the next review. */
export function nextReview(review: Review): Day {
  return addDays(review.asOf, 7);
}
