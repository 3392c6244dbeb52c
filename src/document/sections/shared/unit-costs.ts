import { addDays, overlap } from "../../../core/day.ts";
import type { UnitCost } from "../../../core/economics/unit-cost.ts";
import { dayText, percentChange, percentOf, percentText, shareText } from "../../../core/format.ts";
import { type Metric, weekOf } from "../../../core/metrics/metric.ts";
import { type Micros, divideRounded, toCents } from "../../../core/money.ts";
import { missingPriorDays } from "../../../core/review/data/beginning.ts";
import type { Review } from "../../../core/review/review.ts";
import { shortList } from "../../../core/short-list.ts";
import { markdownSentence, markdownText, plural } from "../../../core/text.ts";
import { blocks, table } from "../../markdown.ts";
import { printer } from "../context.ts";
import { modelText } from "./models.ts";

/** A number in millionths with thousands separators; below 100 with what decimals it has, at most two. */
export function countText(count: Micros): string {
  const hundredths = divideRounded(count, 10_000n);
  const [whole, rest] = hundredths >= 10_000n ? [divideRounded(count, 1_000_000n), 0n] : [hundredths / 100n, hundredths % 100n];
  const decimals = rest === 0n ? "" : `.${String(rest).padStart(2, "0").replace(/0$/, "")}`;
  return `${String(whole).replace(/\B(?=(?:\d{3})+$)/g, ",")}${decimals}`;
}

/** Whether days of the week before are missing, of all costs or of one provider's. */
function lacksPriorDays(review: Review): boolean {
  return missingPriorDays(review) > 0 || review.providerHoles.some(({ period }) => overlap(period, review.prior));
}

/** What is to be known of the days that requests were counted on. */
function missingDaysText(review: Review): string | null {
  // Metrics are set against days whose cost is all there.
  if (review.economics.requests === null) return null;
  if (review.incomplete) return "Days of this week are missing in it, in costs as in requests.";
  return lacksPriorDays(review) ? "Days of the week before are missing in it, in costs as in requests." : null;
}

function unitCells(review: Review, { name, of, per, isMean, last7, prior7, percent, growth }: UnitCost): string[] {
  const { micros } = printer(review);
  const noun = of === "bill" ? "requests on the bill" : markdownText(name);
  const units = per === 1 ? `${noun}, each` : `${countText(BigInt(per) * 1_000_000n)} ${noun}`;
  const cost = (week: UnitCost["last7"]) => (week === null || week.cost === null ? "–" : micros(week.cost));
  const days = last7 !== null && last7.known < 7 ? `, on ${last7.known} of 7 days` : "";
  // More days in the data are no more requests.
  const isUneven = of === "bill" && (review.incomplete || lacksPriorDays(review));
  const moved = growth === null || isUneven ? "" : ` (${percentText(growth)})`;
  const count = last7 === null ? "–" : `${countText(last7.count)}${isMean ? " a day" : ""}${moved}${days}`;
  const change = percent === null ? "–" : of === "bill" && review.economics.requests?.isOtherMix ? "data missing" : percentText(percent);
  return [`${units}${isMean ? ", for a week" : ""}`, cost(last7), cost(prior7), change, count];
}

/** `12.3 %` of an amount; null where the whole is not above zero. */
function share(part: Micros, whole: Micros): string | null {
  const percent = percentOf(part, whole);
  return percent === null ? null : shareText(percent);
}

function marginCells(review: Review): string[] | null {
  const { margin } = review.economics;
  if (margin === null) return null;
  const { last7, prior7, name } = margin;
  if (last7.count === 0n && prior7.count === 0n) return null;
  const now = share(last7.cost, last7.count) ?? "–";
  const days = last7.known < 7 ? `, on ${last7.known} of 7 days` : "";
  const growth = last7.known === prior7.known ? percentChange(last7.count, prior7.count) : null;
  const moved = growth === null ? "" : ` (${percentText(growth)})`;
  const cells = [now, share(prior7.cost, prior7.count) ?? "–", "", `${printer(review).micros(last7.count)}${moved}${days}`];
  return [`share of ${markdownText(name)}`, ...cells];
}

/** What cost buys; null where no request is counted and no metric is known. */
export function unitCostTable(review: Review): string | null {
  const { requests, units } = review.economics;
  const margin = marginCells(review);
  const rows = [
    ...(requests === null ? [] : [unitCells(review, requests.cost)]),
    ...units.map((unit) => unitCells(review, unit)),
    ...(margin === null ? [] : [margin]),
  ];
  if (rows.length === 0) return null;
  const covered = requests && share(requests.share.cost, requests.share.total);
  const isMore = requests !== null && requests.share.cost > requests.share.total;
  return blocks([
    table(["Cost of", "Last 7 days", "Prior 7 days", "Change", "How many"], rows),
    covered === null || covered === "100.0 %"
      ? null
      : isMore
        ? "Requests are set against their own cost, before credits and refunds take from the week."
        : `Requests are counted for ${covered} of the week's cost; all else is set against all cost.`,
    missingDaysText(review),
  ]);
}

function mismatchLine({ economics, total }: Review): string | null {
  const unit = economics.units.find(({ name }) => name === economics.mismatch);
  if (!unit) return null;
  const name = markdownText(unit.name);
  const { last7, prior7 } = unit.spent;
  const spend =
    last7.known === 7
      ? percentText(total.percent)
      : `${percentText(percentChange(last7.cost, prior7.cost))} on the ${plural(last7.known, "weekday")} that both weeks know`;
  return `**Growth mismatch?** Spend moved ${spend}, ${name} ${percentText(unit.growth)}: what one of them costs moved ${percentText(unit.percent)}. If the margin is at risk, raise it with an action \`decision: escalate\`, \`about: growth-mismatch\`.`;
}

/** The metrics of which days are missing, and since when. */
function missingLine({ asOf }: Review, metric: Metric): string | null {
  const { through, problem } = metric;
  const { known } = weekOf(metric, "last7");
  if (known === 7 && problem === null) return null;
  const reason = problem === null ? "" : ` (${markdownSentence(problem.replace(/\.$/, ""))})`;
  const name = markdownText(metric.name);
  if (known === 7) return `**Metric ${name} could not be read this time**${reason}: its figures are those of the last reading.`;
  const isLate = through !== null && through < addDays(asOf, -1);
  const since = through === null ? "No data" : isLate ? `No data since ${dayText(through)}` : `Days without data`;
  return `**Metric ${name}:** ${since}${reason}: ${known} of 7 days of this week are known.`;
}

function currencyLine({ currency }: Review, metric: Metric): string | null {
  if (metric.kind !== "revenue" || metric.currency === currency) return null;
  return `**Metric ${markdownText(metric.name)}** is in ${metric.currency ?? "no currency"}, costs are in ${currency}: they are not set against each other.`;
}

/** Models whose requests or tokens are not counted, as they would tell fewer of them than there were. */
function untoldLine(review: Review, count: keyof Review["untold"]): string | null {
  const untold = review.untold[count];
  if (untold.length === 0) return null;
  const models = shortList(untold.map((path) => modelText(review, path)));
  return `**${count === "requests" ? "Requests" : "Tokens"}** of ${models} are told of some days alone: they are not counted.`;
}

/** Spend that outgrew the product, and what is missing of metrics, requests and tokens. */
export function metricLines(review: Review): (string | null)[] {
  return [
    mismatchLine(review),
    untoldLine(review, "requests"),
    untoldLine(review, "tokens"),
    ...review.metrics.map((metric) => missingLine(review, metric)),
    ...review.metrics.map((metric) => currencyLine(review, metric)),
  ];
}

const printedRevenue = (metric: { readonly last7: Micros } | null) => (metric === null ? null : toCents(metric.last7));

/**
 * `$1,200.00` and what is left of it after a week's cost in cents; dashes where nothing is known, or one of them is not that of the whole week
 * (`isWhole`). Refunds that outweigh revenue leave no part of it.
 */
export function revenueCells(review: Review, cost: bigint, revenue: { readonly last7: Micros } | null, isWhole: boolean): [string, string] {
  const cents = printedRevenue(revenue);
  if (cents === null) return ["–", "–"];
  return [printer(review).money(cents), (isWhole ? share(cents - cost, cents) : null) ?? "–"];
}
