import { overlap, addDays } from "../../core/day.ts";
import { forecastMethod } from "../../core/forecast/forecast.ts";
import { moneyText, percentText } from "../../core/format.ts";
import { toCents } from "../../core/money.ts";
import { absenceOf } from "../../core/review/data/arrivals.ts";
import type { Drift } from "../../core/review/findings/drift.ts";
import type { Anomaly } from "../../core/review/findings/odd-days.ts";
import { paceMethod } from "../../core/review/month/pacing.ts";
import type { Review } from "../../core/review/review.ts";
import { sliceName } from "../../core/slices/slice.ts";
import { logText } from "../../core/text.ts";
import { headlineOf } from "../../document/mirror/headline.ts";
import { askedAnomalies } from "../../document/sections/anomalies/anomalies.ts";
import { printer } from "../../document/sections/context.ts";

function modelLine({ currency, month: { model } }: Review): string[] {
  if (!model) return [];
  const money = (cents: bigint) => moneyText(cents, currency);
  const plan = model.percent === null ? "" : `   ${percentText(model.percent)} against plan`;
  const range = model.low80 === model.high80 ? "" : `   80 % range ${money(model.low80)} to ${money(model.high80)}`;
  return [`by the model   ${money(model.total)}${range}${plan}   (${forecastMethod})`];
}

/** What departed and asks nobody: planned, ignored, crept. */
function otherLines({ currency, planned, ignored, drifts, ignoredDrifts }: Review): string[] {
  const money = (amount: bigint) => moneyText(toCents(amount), currency);
  const line = (label: string, { name, direction, period, actual, expected }: Anomaly, why: string) =>
    `${label.padEnd(15)}${name} ${direction} from ${period.start}: ${money(actual)} instead of ${money(expected)} (${why})`;
  const crept = ({ slice, direction, since, percent }: Drift) =>
    `drift          ${sliceName(slice)} ${direction} since ${since}: ${percentText(percent)}`;
  return [
    ...drifts.map(crept),
    ...planned.map((anomaly) => line("planned", anomaly, anomaly.event?.event.name ?? "")),
    ...ignored.map(({ anomaly, entry }) => line("ignored", anomaly, entry.reason)),
    ...ignoredDrifts.map(({ drift, entry }) => `${crept(drift)} (ignored: ${entry.reason})`),
  ];
}

/** Data of the week that are not there. */
function missingLines({ arrivals, silences, holes, providerHoles, period }: Review): string[] {
  const since = (lastDay: string | null) => (lastDay === null ? "at all" : `since ${lastDay}`);
  const gaps = [
    ...holes.map((hole) => ({ what: "any source", hole })),
    ...providerHoles.map((one) => ({ what: one.provider, hole: one.period })),
  ];
  return [
    ...arrivals
      .filter(({ missing }) => missing > 0)
      .map(({ source, lastDay, problem }) => `no data from ${source} ${since(lastDay)}${problem === null ? "" : ` (${problem})`}`),
    ...silences.map(({ provider, lastDay }) => `no data from ${provider} ${since(lastDay)}`),
    ...gaps
      .filter(({ hole }) => overlap(hole, period))
      .map(({ what, hole }) => `no usage from ${what} on the days from ${hole.start} to ${addDays(hole.end, -1)}`),
  ].map((text) => `missing        ${text}`);
}

/** What changed, but for what is known to be missing, which is no fall. */
function deltaLine(review: Review, { delta }: Review["listed"][number]): string {
  const { money, delta: changeOf } = printer(review);
  const said = absenceOf(delta.slice, review) === null ? changeOf(delta) : `${money(delta.last7)} arrived, data are missing`;
  return `delta          ${sliceName(delta.slice)}: ${said}`;
}

/** The figures in a few lines for a terminal. */
export function textOf(review: Review): string {
  const { total, month, listed, reconciliation, otherCategories } = review;
  const { money, change, delta: changeOf } = printer(review);
  const plan = (amount: bigint | null, percent: number | null) =>
    amount === null ? "no plan" : `plan ${money(amount)}${percent === null ? "" : `, ${percentText(percent)}`}`;
  return [
    headlineOf(review),
    `last 7 days    ${money(total.last7)}   prior 7 days ${money(total.prior7)}   change ${changeOf(total)}`,
    `month to date  ${money(month.toDate.total)}   ${plan(month.toDate.plan, month.toDate.percent)}`,
    `at pace        ${money(month.pace.total)}   ${plan(month.planTotal, month.pace.percent)}   (${paceMethod})`,
    ...modelLine(review),
    ...missingLines(review),
    ...listed.map((one) => deltaLine(review, one)),
    `the rest       ${change(reconciliation.other)}   listed ${change(reconciliation.listed)}   total ${change(reconciliation.total)}`,
    ...otherCategories.map(
      ({ category, amounts, most }) =>
        `no usage       ${category} ${money(amounts.prior7)} → ${money(amounts.last7)}${most === null ? "" : ` (${most.path.join(" · ")} ${change(toCents(most.change))})`}`,
    ),
    ...askedAnomalies(review).map(
      ({ name, direction, period, actual, expected }) =>
        `anomaly        ${name} ${direction} from ${period.start}: ${money(toCents(actual))} instead of ${money(toCents(expected))}`,
    ),
    ...otherLines(review),
  ]
    .map(logText)
    .join("\n");
}
