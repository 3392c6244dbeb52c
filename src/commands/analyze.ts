import { figuresOf } from "../core/review/figures.ts";
import { moneyText, percentText } from "../core/format.ts";
import { toCents } from "../core/money.ts";
import { headlineOf } from "../document/mirror/headline.ts";
import { logText } from "../core/text.ts";
import { paceMethod } from "../core/review/pacing.ts";
import type { Review } from "../core/review/review.ts";
import { sliceName } from "../core/review/slice.ts";
import { readSettings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import { sourceSchema } from "../sources/index.ts";
import type { Call, ExitCode } from "./command.ts";
import { gather } from "./figures/gather.ts";
import { currentReviewDate } from "./reviews/date.ts";
import { readRecord } from "./reviews/record.ts";

/** The figures in a few lines for a terminal. */
function textOf(review: Review): string {
  const { currency, total, month, listed, reconciliation, anomalies } = review;
  const money = (cents: bigint) => moneyText(cents, currency);
  const plan = (amount: bigint | null, percent: number | null) =>
    amount === null ? "no plan" : `plan ${money(amount)}${percent === null ? "" : `, ${percentText(percent)}`}`;
  return [
    headlineOf(review),
    `last 7 days    ${money(total.last7)}   prior 7 days ${money(total.prior7)}   change ${money(total.change)} (${percentText(total.percent)})`,
    `month to date  ${money(month.toDate.total)}   ${plan(month.toDate.plan, month.toDate.percent)}`,
    `at pace        ${money(month.pace.total)}   ${plan(month.planTotal, month.pace.percent)}   (${paceMethod})`,
    ...listed.map(({ delta }) => `delta          ${sliceName(delta.slice)}: ${money(delta.change)} (${percentText(delta.percent)})`),
    `the rest       ${money(reconciliation.other)}   listed ${money(reconciliation.listed)}   total ${money(reconciliation.total)}`,
    ...anomalies.map(
      ({ name, direction, period, actual, expected }) =>
        `anomaly        ${name} ${direction} from ${period.start}: ${money(toCents(actual))} instead of ${money(toCents(expected))}`,
    ),
  ]
    .map(logText)
    .join("\n");
}

/** `overpace analyze`: the figures of a week; sources are laid over the ledger in memory, nothing is written. */
export async function analyze(call: Call): Promise<ExitCode> {
  const settings = await readSettings(call.world.cwd, call.config, sourceSchema);
  const { review, warnings } = await gather(call, settings, call.asOf ?? currentReviewDate(call, settings));
  for (const warning of warnings) call.world.log(warningText(warning));
  call.world.write(
    `${call.format === "json" ? JSON.stringify({ ...figuresOf(review), trackRecord: await readRecord(call, review) }) : textOf(review)}\n`,
  );
  return 0;
}
