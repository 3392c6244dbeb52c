import { type Day, weekdayOf } from "../../core/day.ts";
import { changeText, moneyText, percentText, shortDayText } from "../../core/format.ts";
import { toCents } from "../../core/money.ts";
import type { OpenAction } from "../../core/review/effects/open-effects.ts";
import type { PastAction } from "../../core/review/effects/past-actions.ts";
import type { TrackRecord } from "../../core/review/month/track-record.ts";
import type { Review } from "../../core/review/review.ts";
import type { TwoWeeks } from "../../core/slices/delta.ts";
import type { Estimation } from "../../core/slices/estimated.ts";

/** What a review says of an action of an earlier week. */
export interface PreviousAction extends OpenAction {
  readonly title: string;
  readonly decision: string;
  readonly owner: string;
  /** Weeks since the review that decided it. */
  readonly ageWeeks: number;
  /** How many reviews moved its date further away. */
  readonly slips: number;
  readonly overdue: boolean;
}

/** What an earlier review answered of an anomaly that runs on. */
export interface EarlierAnswer {
  /** The id of the anomaly. */
  readonly anomaly: string;
  /** The id of the review. */
  readonly review: string;
  readonly status: "open" | "closed";
  /** As people wrote it, empty where they did not. */
  readonly cause: string;
  readonly resolution: string;
  /** The actions that it named and that are open still. */
  readonly actions: readonly string[];
}

/** All that the sections are written from. */
export interface SectionContext {
  readonly review: Review;
  readonly previous: readonly PreviousAction[];
  /** What earlier reviews answered of anomalies that run on. */
  readonly answered: readonly EarlierAnswer[];
  /** Old → new of each figure that moved on the last refresh that moved any. */
  readonly moved: readonly string[];
  /** Actions of earlier reviews that are done and said what they would change. */
  readonly past: readonly PastAction[];
  /** How forecasts of earlier reviews turned out; null without any that can be judged. */
  readonly record: TrackRecord | null;
  /** What last week's review said of the same month at the current pace, in cents; null where there is none. */
  readonly said: bigint | null;
}

/** What a review says by itself, with what is known besides: else nothing came before it and nothing moved. */
export function contextOf(review: Review, known: Partial<SectionContext> = {}): SectionContext {
  return { review, previous: [], past: [], answered: [], moved: [], record: null, said: null, ...known };
}

/** How much of an amount is estimated, as it stands behind it. */
const estimationTexts = { none: [], part: ["partly estimated"], all: ["estimated"] } as const satisfies Record<
  Estimation,
  readonly string[]
>;

/** The printing words of one review: its currency is always the same. */
export function printer({ currency }: Pick<Review, "currency">) {
  return {
    money: (cents: bigint) => moneyText(cents, currency),
    change: (cents: bigint) => changeText(cents, currency),
    micros: (amount: bigint) => moneyText(toCents(amount), currency),
    /** `+$650.00 (+28.0 %)`; `new` after nothing; no percentage of a base below zero, or where both print as nothing; a mark where it is not billed. */
    delta: ({ change, percent, prior7, estimated }: Pick<TwoWeeks, "change" | "percent" | "prior7" | "estimated">) => {
      const isNothing = prior7 === 0n && change === 0n;
      const share = isNothing || (percent === null && prior7 !== 0n) ? [] : [percentText(percent)];
      const remarks = [...share, ...estimationTexts[estimated]];
      return `${changeText(change, currency)}${remarks.length === 0 ? "" : ` (${remarks.join(", ")})`}`;
    },
    day: (day: Day) => shortDayText(day, weekdayOf(day)),
  };
}
