import { onsetOf } from "../../causes/causes.ts";
import type { Day } from "../../day.ts";
import type { Delta } from "../../slices/delta.ts";
import { settledOf } from "../../slices/settled.ts";
import type { Weeks } from "../../weeks.ts";
import { onFinalDays } from "../data/final-days.ts";
import { type Findings, allAnomalies } from "../findings/findings.ts";
import { isBefore } from "../findings/news.ts";
import type { Anomaly } from "../findings/odd-days.ts";

/** When a delta began. */
export interface Onset {
  readonly day: Day;
  /** The run of odd days that it began with; null where the days of the week tell it. */
  readonly run: Anomaly | null;
}

type Both = Weeks & Parameters<typeof onFinalDays>[1] & Pick<Findings, "anomalies" | "planned" | "ignored">;

/**
 * The first day of the run of odd days that the delta goes with: of one that ran into the week from the one before, where the week differs from its first
 * day on, as what began in the middle of a week makes the first days of the next one differ; else of the only one in the week. Else the day from which the
 * week differs.
 */
export function onsetIn({ slice, change }: Pick<Delta, "slice" | "change">, review: Both): Onset {
  const day = onsetOf(slice.days, review, settledOf(review.sources)(slice));
  const final = onFinalDays(slice, review);
  const direction = (final === null ? change : final.last7 - final.prior7) < 0n ? "down" : "up";
  const { start } = review.period;
  const runs = allAnomalies(review)
    .filter((one) => one.slice.id === slice.id && one.direction === direction && !isBefore(one, review))
    .sort((a, b) => (a.period.start < b.period.start ? -1 : 1));
  const before = runs.findLast((run) => run.period.start < start);
  const only = runs.length === 1 && before === undefined ? runs[0] : undefined;
  const run = (day === start ? before : undefined) ?? only ?? null;
  return { day: run?.period.start ?? day, run };
}
