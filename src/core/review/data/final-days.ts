import { type Day, addDays, daysBetween } from "../../day.ts";
import { percentChange } from "../../format.ts";
import { settledOf } from "../basics.ts";
import type { SameDays } from "./beginning.ts";
import type { Review } from "../review.ts";
import { type Slice, costIn } from "../slices/slice.ts";

/** A slice on the days of the week that are final, and on the same weekdays before. */
export interface FinalDays extends SameDays {
  /** The last of them. */
  readonly through: Day;
}

/** Null where all days of the week are final, or none is: later days of a slice may still grow, so that its week looks smaller than it is. */
export function onFinalDays(slice: Slice, { sources, period, prior }: Pick<Review, "sources" | "period" | "prior">): FinalDays | null {
  const through = settledOf(sources)(slice);
  if (through === null || through < period.start || through >= addDays(period.end, -1)) return null;
  const days = daysBetween(period.start, through) + 1;
  const prior7 = costIn(slice.days, { start: prior.start, end: addDays(prior.start, days) });
  const last7 = costIn(slice.days, { start: period.start, end: addDays(period.start, days) });
  return { through, days, last7, prior7, percent: percentChange(last7, prior7) };
}
