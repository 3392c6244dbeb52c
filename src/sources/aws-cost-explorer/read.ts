import { deliver, type Delivery } from "../../core/ledger/delivery.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import { logText } from "../../core/text.ts";
import { oneCurrency } from "../http/currency.ts";
import { answeredDays } from "../http/days.ts";
import { namer } from "../http/names.ts";
import { rangeToAsk } from "../http/range.ts";
import type { SourceContext } from "../source.ts";
import { isBedrock } from "./bedrock.ts";
import { askCosts, assertWhole, type Explorer, type Line } from "./costs.ts";
import { type Cut, refine } from "./cut.ts";
import { account, type Condition, type Dimension, recordType, service, usageType } from "./dimension.ts";
import { type AwsConfig, type Grouping, vendor } from "./entry.ts";
import { awsPeer } from "./peer.ts";
import { kindOf } from "./record-type.ts";
import { type Common, isNothing, isOther, otherRows, usageRows } from "./rows.ts";

function dimensionOf(group: Grouping): Dimension {
  if (group === "account") return account;
  return "tag" in group ? { Type: "TAG", Key: group.tag } : { Type: "COST_CATEGORY", Key: group.category };
}

const valuesOf = (lines: readonly Line[], index: number) => [...new Set(lines.map(({ keys }) => keys[index] ?? ""))].sort();

/** Usage along the configured groups and the services, costs of Bedrock along the usage types too. */
async function usageCuts(explorer: Explorer, groups: readonly Dimension[], overview: readonly Line[]): Promise<Cut[]> {
  const used = overview.filter((line) => !isOther(line));
  const types: Condition = { dimension: recordType, values: valuesOf(used, 1) };
  const [first, ...more] = groups;
  let cut: Cut = { dimensions: [service], lines: used.map((line) => ({ ...line, keys: line.keys.slice(0, 1) })) };
  if (first && used.length > 0) {
    cut = { dimensions: [first, service], lines: await askCosts(explorer, [first, service], [types]) };
    assertWhole(explorer, cut.lines, used);
  }
  for (const group of more) cut = await refine(explorer, cut, group, [types]);
  const at = cut.dimensions.indexOf(service);
  const [models, rest] = [true, false].map((wanted) => cut.lines.filter(({ keys }) => isBedrock(keys[at] ?? "") === wanted));
  const bedrock: Condition = { dimension: service, values: valuesOf(models ?? [], at) };
  return [{ ...cut, lines: rest ?? [] }, await refine(explorer, { ...cut, lines: models ?? [] }, usageType, [types, bedrock])];
}

function strangeTypes(source: string, overview: readonly Line[]): string[] {
  const strange = valuesOf(overview, 1).filter((type) => kindOf(type) === null);
  if (strange.length === 0) return [];
  return [`source \`${source}\` has charges of types that overpace does not know, counted as adjustments: ${strange.join(", ")}`];
}

/**
 * Reads costs as a whole, by service and type of charge, and usage by service and the configured groups; that of Bedrock by usage type, in
 * which models stand. Each must add up to the one before, day by day. Each request costs a cent.
 * @throws Problem when costs cannot be read in full, do not add up, or would need more requests than configured; then nothing is delivered.
 */
export async function readAws(config: AwsConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const { world, asOf, lastDay } = context;
  const kind = config.net ? "Net" : "";
  const explorer: Explorer = {
    peer: await awsPeer(config.baseUrl, world),
    asked: rangeToAsk(config, vendor, context),
    billed: `${kind}UnblendedCost`,
    effective: `${kind}AmortizedCost`,
    most: config.mostRequests,
    spent: { requests: 0 },
    names: new Map(),
  };
  const whole = await askCosts(explorer, []);
  const overview = await askCosts(explorer, [service, recordType]);
  assertWhole(explorer, overview, whole);
  const cuts = await usageCuts(explorer, config.groupBy.map(dimensionOf), overview);
  const { requests } = explorer.spent;
  if (world.isTerminal) world.log(`${logText(config.name)}: ${requests} requests of AWS Cost Explorer, $${(requests / 100).toFixed(2)}\n`);
  const currency = oneCurrency(
    explorer.peer.name,
    overview.map((line) => line.currency),
  );
  const common: Common = { source: config.name, currency, accountName: namer(explorer.names) };
  const { ranges, warnings } = answeredDays(
    config.name,
    explorer.asked,
    whole.map(({ day }) => day),
    lastDay,
  );
  return deliver({
    source: config.name,
    rows: [...cuts.flatMap((cut) => usageRows(common, cut)), ...otherRows(common, overview)].filter((row) => !isNothing(row)),
    asOf,
    settlingDays: config.settlingDays,
    ranges,
    warnings: [...strangeTypes(config.name, overview), ...warnings],
  });
}
