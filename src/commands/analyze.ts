import { forecastMethod } from "../core/forecast/forecast.ts";
import { listPriceFigures } from "../core/economics/list-price.ts";
import type { Anomaly } from "../core/review/findings/odd-days.ts";
import type { Drift } from "../core/review/findings/drift.ts";
import { figuresOf } from "../core/review/figures.ts";
import { moneyText, percentText } from "../core/format.ts";
import { toCents } from "../core/money.ts";
import { printer } from "../document/sections/context.ts";
import { headlineOf } from "../document/mirror/headline.ts";
import { jsonText, logText } from "../core/text.ts";
import { paceMethod } from "../core/review/month/pacing.ts";
import type { Review } from "../core/review/review.ts";
import { sliceName } from "../core/review/slices/slice.ts";
import { readSettings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import { sourceSchemaFor } from "../sources/index.ts";
import type { Call, ExitCode } from "./command.ts";
import { type Gathered, gather } from "./figures/gather.ts";
import { currentReviewDate } from "./reviews/date.ts";
import { readRecord } from "./reviews/record.ts";

function modelLine({ currency, month: { model } }: Review): string[] {
  if (!model) return [];
  const money = (cents: bigint) => moneyText(cents, currency);
  const plan = model.percent === null ? "" : `   ${percentText(model.percent)} against plan`;
  return [`by the model   ${money(model.total)}   80 % range ${money(model.low80)} to ${money(model.high80)}${plan}   (${forecastMethod})`];
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

/** The figures in a few lines for a terminal. */
function textOf(review: Review): string {
  const { total, month, listed, reconciliation, anomalies } = review;
  const { money, change, delta: changeOf } = printer(review);
  const plan = (amount: bigint | null, percent: number | null) =>
    amount === null ? "no plan" : `plan ${money(amount)}${percent === null ? "" : `, ${percentText(percent)}`}`;
  return [
    headlineOf(review),
    `last 7 days    ${money(total.last7)}   prior 7 days ${money(total.prior7)}   change ${changeOf(total)}`,
    `month to date  ${money(month.toDate.total)}   ${plan(month.toDate.plan, month.toDate.percent)}`,
    `at pace        ${money(month.pace.total)}   ${plan(month.planTotal, month.pace.percent)}   (${paceMethod})`,
    ...modelLine(review),
    ...listed.map(({ delta }) => `delta          ${sliceName(delta.slice)}: ${changeOf(delta)}`),
    `the rest       ${change(reconciliation.other)}   listed ${change(reconciliation.listed)}   total ${change(reconciliation.total)}`,
    ...anomalies.map(
      ({ name, direction, period, actual, expected }) =>
        `anomaly        ${name} ${direction} from ${period.start}: ${money(toCents(actual))} instead of ${money(toCents(expected))}`,
    ),
    ...otherLines(review),
  ]
    .map(logText)
    .join("\n");
}

function listPriceLines({ listPrices }: Gathered): string[] {
  return listPrices.map(({ provider, currency, billed, list, percent, unpriced }) => {
    const money = (amount: bigint) => moneyText(toCents(amount), currency);
    const missing = unpriced.length === 0 ? "" : `, no price known for ${unpriced.join(", ")}`;
    return logText(
      `list price     ${provider}: billed ${money(billed)}, tokens at list price ${money(list)} (${percentText(percent)})${missing}`,
    );
  });
}

/** `overpace analyze`: the figures of a week, or where one of them comes from; sources are laid over the ledger in memory, nothing is written. */
export async function analyze(call: Call): Promise<ExitCode> {
  const settings = await readSettings(call.world.cwd, call.config, sourceSchemaFor);
  const asOf = call.asOf ?? currentReviewDate(call, settings);
  const known = call.fetch ? null : await (await import("./analyze/known.ts")).knownOn(call, asOf);
  const gathered = await gather(call, settings, asOf, known ?? undefined);
  const { review, warnings } = gathered;
  for (const warning of warnings) call.world.log(warningText(warning));
  if (call.explain !== null) {
    const { explained } = await import("./analyze/explain.ts");
    call.world.write(`${await explained(call.explain, call, gathered)}\n`);
    return 0;
  }
  const json = async () =>
    jsonText({ ...figuresOf(review), ...listPriceFigures(gathered.listPrices), trackRecord: await readRecord(call, review) });
  call.world.write(`${call.format === "json" ? await json() : [textOf(review), ...listPriceLines(gathered)].join("\n")}\n`);
  return 0;
}
