import type { Day } from "../core/day.ts";
import { listPriceFigures } from "../core/economics/list-price.ts";
import { moneyText, percentText } from "../core/format.ts";
import { toCents } from "../core/money.ts";
import { figuresOf } from "../core/review/figures/figures.ts";
import { jsonText, logText } from "../core/text.ts";
import { type Settings, readSettings } from "../shell/config.ts";
import { warningText } from "../shell/report.ts";
import { sourceSchemaFor } from "../sources/index.ts";
import { textOf } from "./analyze/text.ts";
import type { Call, ExitCode } from "./command.ts";
import { type Gathered, gather } from "./figures/gather.ts";
import { currentReviewDate } from "./reviews/date.ts";
import { knownIn } from "./reviews/files.ts";
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

/** The figures of a date whose review may stand already: without reading sources they are its own, and where they are others it is said. */
async function gatherToFollow(call: Call, settings: Settings, asOf: Day): Promise<Gathered> {
  const { departuresFrom, reviewOn } = await import("./analyze/known.ts");
  const standing = await reviewOn(call, asOf);
  const gathered = await gather(call, settings, asOf, standing === null || call.fetch ? undefined : knownIn(standing));
  const departures = standing === null ? [] : departuresFrom(standing, call, settings, gathered);
  return { ...gathered, warnings: [...gathered.warnings, ...departures] };
}

/** `overpace analyze`: the figures of a week, or where one of them comes from; sources are laid over the ledger in memory, nothing is written. */
export async function analyze(call: Call): Promise<ExitCode> {
  const settings = await readSettings(call.world.cwd, call.config, sourceSchemaFor);
  const asOf = call.asOf ?? currentReviewDate(call, settings);
  const gathered = call.fetch && call.explain === null ? await gather(call, settings, asOf) : await gatherToFollow(call, settings, asOf);
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
