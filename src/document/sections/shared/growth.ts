import { percentChange, percentText } from "../../../core/format.ts";
import { fewestDays, knownInBoth } from "../../../core/metrics/metric.ts";
import type { Review } from "../../../core/review/review.ts";
import { markdownText, plural } from "../../../core/text.ts";

/** How cost and a metric moved on the same days of both weeks. */
interface Beside {
  readonly days: number;
  readonly cost: number | null;
  readonly count: number;
  /** Cost for one of the metric, or as a share of it, is higher than in the week before. */
  readonly isDearer: boolean;
  /** Nothing of the metric is left to set cost against. */
  readonly isGone: boolean;
}

/** The metric that growth names beside all cost, on the days of which both are known; null where the weeks cannot be compared. */
export function besideMetric({ units, margin }: Review["economics"], metric: string): Beside | null {
  const spent = margin?.name === metric ? margin : units.find(({ name }) => name === metric)?.spent;
  if (spent === undefined || spent.last7.known !== spent.prior7.known) return null;
  const { last7, prior7 } = spent;
  const count = percentChange(last7.count, prior7.count);
  const isDearer = last7.cost * prior7.count > prior7.cost * last7.count;
  return count === null
    ? null
    : { days: last7.known, cost: percentChange(last7.cost, prior7.cost), count, isDearer, isGone: last7.count <= 0n };
}

/** Why a metric cannot be compared. */
function notCompared({ metrics, growth, currency }: Review, metric: string): string {
  const found = metrics.find(({ name }) => name === metric);
  if (found?.kind === "revenue" && found.currency !== currency) return "is not in the currency of the costs";
  if (found === undefined || knownInBoth(found).length < fewestDays) return "is known for too few days to compare it with";
  return growth?.percent === null ? "was nothing in the week before" : "and all cost are known together for too few days to compare them";
}

/** Growth of cost beside that of a metric: both of the same days, so that it can be followed what one of them costs. */
function metricLine(review: Review, metric: string, moved: string): string {
  const { economics } = review;
  const name = markdownText(metric);
  const beside = besideMetric(economics, metric);
  if (beside === null || beside.days < fewestDays) return `${moved}; ${name} ${notCompared(review, metric)}.`;
  const { days, cost, count, isDearer, isGone } = beside;
  const first = days === 7 ? moved : `**Growth:** on the ${plural(days, "weekday")} that both weeks know, cost moved ${percentText(cost)}`;
  const what = economics.margin?.name === metric ? "cost as a share of it" : "what one of them costs";
  if (isGone) return `${first}, ${name} ${percentText(count)}: nothing is left of it to set cost against.`;
  return `${first}, ${name} ${percentText(count)}: ${what} ${isDearer ? "rose" : "did not rise"}.`;
}

/** How the week moved beside what growth is expected; where the growth of a metric is a mismatch, the line of that says it. */
export function growthLine(review: Review): string | null {
  const { growth, total, sameDays, economics, incomplete } = review;
  const risen = sameDays === null ? total.percent : sameDays.percent;
  if (growth === null || risen === null || (growth.metric !== null && growth.metric === economics.mismatch)) return null;
  if (incomplete && sameDays === null) return "**Growth:** not compared, as data of this week are missing.";
  const days = sameDays === null ? "the week" : `on the ${plural(sameDays.days, "weekday")} that both weeks hold, cost`;
  const moved = `**Growth:** ${days} moved ${percentText(risen)}`;
  const { percent, metric } = growth;
  if (metric !== null) return metricLine(review, metric, moved);
  const word = percent === null || risen > percent ? "above" : risen < 0 ? "below" : "within";
  return `${moved}, ${word} the expected product growth of ${percentText(percent)} a week.`;
}
