import { listPriceFigures } from "../core/economics/list-price.ts";
import { moneyText, percentText } from "../core/format.ts";
import { toCents } from "../core/money.ts";
import { figuresOf } from "../core/review/figures/figures.ts";
import { jsonText, logText } from "../core/text.ts";
import { readSettings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import { sourceSchemaFor } from "../sources/index.ts";
import { textOf } from "./analyze/text.ts";
import type { Call, ExitCode } from "./command.ts";
import { type Gathered, gather } from "./figures/gather.ts";
import { currentReviewDate } from "./reviews/date.ts";
import { readRecord } from "./reviews/record.ts";

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
