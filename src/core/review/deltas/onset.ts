import { onsetOf } from "../../causes/causes.ts";
import type { Day } from "../../day.ts";
import type { Delta } from "../../slices/delta.ts";
import { settledOf } from "../../slices/settled.ts";
import type { Weeks } from "../../weeks.ts";
import { onFinalDays } from "../data/final-days.ts";
import { type Findings, allAnomalies } from "../findings/findings.ts";
import type { Anomaly } from "../findings/odd-days.ts";

/** When a delta began. */
export interface Onset {
  readonly day: Day;
  /** The run of odd days, begun before the week, that the delta is the rest of; null where it began in the week. */
  readonly run: Anomaly | null;
}

type Both = Weeks & Parameters<typeof onFinalDays>[1] & Pick<Findings, "anomalies" | "planned" | "ignored">;

/**
 * The day from which the week differs from the week before. Where that is its first day, and the slice departs that way since an earlier one, it is that
 * one: what began in the middle of the week before makes the first days of this week differ.
 */
export function onsetIn({ slice, change }: Pick<Delta, "slice" | "change">, review: Both): Onset {
  const day = onsetOf(slice.days, review, settledOf(review.sources)(slice));
  const final = onFinalDays(slice, review);
  const direction = (final === null ? change : final.last7 - final.prior7) < 0n ? "down" : "up";
  const { start } = review.period;
  const run = allAnomalies(review)
    .filter((one) => one.slice.id === slice.id && one.direction === direction && one.period.start < start)
    .sort((a, b) => (a.period.start < b.period.start ? -1 : 1))
    .at(-1);
  return day === start && run !== undefined ? { day: run.period.start, run } : { day, run: null };
}
