import { toCents } from "../../../core/money.ts";
import type { OtherCategory } from "../../../core/review/categories.ts";
import type { Review } from "../../../core/review/review.ts";
import { nameText } from "../../markdown.ts";
import { printer } from "../context.ts";

/** `Purchase $70.00 → $9,070.00 (Datadog · Annual plan +$9,000.00)`: both weeks, and whose changed most. */
export function categoryText(review: Review, { category, amounts, most }: OtherCategory): string {
  const { money, change } = printer(review);
  const whose = most === null ? "" : ` (${nameText(most.path)} ${change(toCents(most.change))})`;
  return `${category} ${money(amounts.prior7)} → ${money(amounts.last7)}${whose}`;
}
