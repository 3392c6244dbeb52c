import { toCents } from "../../../core/money.ts";
import { type FinalDays, onFinalDays } from "../../../core/review/data/final-days.ts";
import type { Review } from "../../../core/review/review.ts";
import type { Delta } from "../../../core/slices/delta.ts";
import { plural } from "../../../core/text.ts";

/** The final days of a fall of which more than half is only of days whose costs still come in; null of all else. */
export function stillComing(review: Review, { slice, change }: Delta): FinalDays | null {
  const final = change < 0n ? onFinalDays(slice, review) : null;
  return final !== null && toCents(final.last7 - final.prior7) * 2n > change ? final : null;
}

/** `on the 6 days that are final`. */
export function onFinalText({ days }: Pick<FinalDays, "days">): string {
  return `on the ${plural(days, "day")} that ${days === 1 ? "is" : "are"} final`;
}
