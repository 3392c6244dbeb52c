import { addDays, type Period } from "../../core/day.ts";
import type { ChargeCategory } from "../../core/ledger/charge.ts";
import { deliver, type Delivery, type ExactRow } from "../../core/ledger/delivery.ts";
import { zero } from "../../core/money.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { World } from "../../core/world.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { oneCurrency } from "../http/currency.ts";
import { piecesOf, rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import type { SourceContext } from "../source.ts";
import { type AzureCostConfig, vendor } from "./entry.ts";
import { modelOf } from "./model.ts";
import type { Group } from "./query.ts";
import { meaningAt } from "./refusal.ts";
import { costsOf, type Spent } from "./reports.ts";
import { azureToken } from "./token.ts";

async function peerFor(config: AzureCostConfig, scope: string, world: World): Promise<Peer> {
  const token = await azureToken(config, world);
  const { role, page } = vendor.credentials;
  return {
    name: vendor.name,
    baseUrl: config.baseUrl.replace(/\/+$/, ""),
    // Azure counts requests by this name too; without it all nameless clients share one count.
    headers: { authorization: `Bearer ${token}`, clienttype: "overpace" },
    secrets: [token],
    help: {
      key: "The token is not valid, or not any more (it is good for about an hour): sign in again (docs/sources/azure-cost.md).",
      scope: `Use ${role} (${page}).`,
    },
    explain: meaningAt(scope),
    world,
  };
}

const dimensions = { "resource-group": "ResourceGroupName", subscription: "SubscriptionName", resource: "ResourceId" } as const;

function groupOf(splitBy: AzureCostConfig["splitBy"]): Group {
  return typeof splitBy === "object" ? { type: "TagKey", name: splitBy.tag } : { type: "Dimension", name: dimensions[splitBy] };
}

type Owner = Partial<Pick<ExactRow, "account" | "project" | "tags">>;

/** Where an owner stands in a charge. Azure spells resource groups and ids now in small letters, now in capitals; here they are small. */
function ownerOf(owner: string, splitBy: AzureCostConfig["splitBy"]): Owner {
  if (owner === "") return {};
  if (typeof splitBy === "object") return { tags: JSON.stringify({ [splitBy.tag]: owner }) };
  if (splitBy === "subscription") return { account: owner };
  if (splitBy === "resource-group") return { project: owner.toLowerCase() };
  const [, subscription = "", group = "", name = ""] =
    /^\/subscriptions\/([^/]+)(?:\/resourcegroups\/([^/]+))?(?:\/.*\/([^/]+))?$/.exec(owner.toLowerCase()) ?? [];
  return subscription === ""
    ? { project: owner.toLowerCase() }
    : { account: subscription, project: [group, name].filter(Boolean).join("/") };
}

const categories: Readonly<Record<string, ChargeCategory>> = { usage: "Usage", purchase: "Purchase", tax: "Tax" };

/** Purchases, refunds, taxes and rounding come on one day: they are no pace. */
function kindOf({ chargeType }: Spent): Pick<ExactRow, "category" | "frequency"> {
  const category = categories[chargeType.toLowerCase()] ?? "Adjustment";
  return { category, frequency: category === "Usage" ? "Usage-Based" : "One-Time" };
}

const views = [
  { type: "ActualCost", amounts: (amount: Spent["amount"]) => ({ billed: amount, effective: zero }) },
  { type: "AmortizedCost", amounts: (amount: Spent["amount"]) => ({ billed: zero, effective: amount }) },
] as const;

/** As many days as go into one query's share of the quota. */
const pieceDays = 92;

/**
 * The days that Azure answered for. It sends no row for a day without costs, so a day counts as answered, except those at the end that may not have
 * arrived yet and have no row.
 */
function answered({ start, end }: Period, spent: readonly Spent[]): Period {
  const late = addDays(end, -vendor.settlingDays);
  const rows = spent.reduce((last, { day }) => (day >= last ? addDays(day, 1) : last), start);
  return { start, end: rows > late ? rows : late };
}

/**
 * Reads the costs of a scope twice, as billed and with commitments spread; both become charges of the same keys.
 * @throws Problem when a view cannot be read in full, or its groups do not add up; then nothing is delivered.
 */
export async function readAzureCost(config: AzureCostConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const scope = config.scope.replace(/^\//, "");
  const peer = await peerFor(config, scope, context.world);
  const asked = rangeToAsk(config, vendor, context);
  const found: { spent: Spent; amounts: Pick<ExactRow, "billed" | "effective"> }[] = [];
  for (const { type, amounts } of views) {
    for (const piece of piecesOf(asked, pieceDays)) {
      const costs = await costsOf(peer, scope, type, piece, groupOf(config.splitBy));
      found.push(...costs.map((spent) => ({ spent, amounts: amounts(spent.amount) })));
    }
  }
  const all = found.map(({ spent }) => spent);
  const currency = oneCurrency(
    peer.name,
    all.map(({ currency }) => currency),
  );
  const [, subscription = ""] = /^subscriptions\/([^/]+)/i.exec(scope) ?? [];
  const rows = found
    .filter(({ spent }) => spent.amount.units !== 0n)
    .map(({ spent, amounts }) =>
      usageRow({
        day: spent.day,
        provider: "Microsoft Azure",
        service: spent.service,
        currency,
        source: config.name,
        model: modelOf(spent.meter),
        account: subscription.toLowerCase(),
        ...ownerOf(spent.owner, config.splitBy),
        ...kindOf(spent),
        ...amounts,
      }),
    );
  const range = answered(asked, all);
  const warnings =
    all.length > 0
      ? []
      : [`source \`${config.name}\`: Azure has no costs at ${scope} from ${asked.start} on; check its scope if that cannot be`];
  const ranges = range.start < range.end ? [range] : [];
  return deliver({ source: config.name, rows, asOf: context.asOf, settlingDays: config.settlingDays, ranges, warnings });
}
