import { contains, dayOf, type Period, addDays } from "../../core/day.ts";
import { deliver, type Delivery } from "../../core/ledger/delivery.ts";
import type { SourceConfig } from "../../core/settings/config.ts";
import type { Reply } from "../../shell/http/ask.ts";
import type { Peer } from "../../shell/http/peer.ts";
import { oneCurrency } from "../http/currency.ts";
import { namedRow, namer, namesOrWarning } from "../http/names.ts";
import { rangeToAsk } from "../http/range.ts";
import { usageRow } from "../http/row.ts";
import { assertSameSums } from "../http/sums.ts";
import { unbilledWarnings } from "../http/unbilled.ts";
import { usedOrWarning } from "../http/used.ts";
import type { SourceContext } from "../source.ts";
import { analyticsCosts, analyticsStart, analyticsSums, analyticsUsage } from "./analytics.ts";
import { type AnthropicConfig, vendor } from "./entry.ts";
import { keyNames, workspaceNames } from "./names.ts";
import { anthropicPeer } from "./peer.ts";
import { costReport, messagesUsage } from "./reports.ts";
import type { Spent, Used } from "./shapes.ts";

/** What one of the two generations of reports says; never both together, as they hold the same money. */
interface Reports {
  readonly spent: readonly Spent[];
  readonly used: Reply<readonly Used[]>;
  readonly refreshedAt: string | null;
  /** Why it is the older one, null for the newer. */
  readonly older: string | null;
}

/** A refusal that means: this organization does not have this report. */
const isMissing = (reply: Reply<unknown>) => !reply.ok && [400, 403, 404].includes(reply.status ?? 0);

async function newerReports(peer: Peer, asked: Period): Promise<Reports | string> {
  const costs = await analyticsCosts(peer, asked);
  if (!costs.ok && isMissing(costs)) return `Anthropic refused the newer one (${costs.status})`;
  if (!costs.ok) throw costs.problem;
  assertSameSums(peer.name, costs.value.rows, await analyticsSums(peer, asked));
  const usage = await analyticsUsage(peer, asked);
  const used = isMissing(usage) ? await messagesUsage(peer, asked, true) : usage;
  return { spent: costs.value.rows, used, refreshedAt: costs.value.refreshedAt, older: null };
}

async function reportsOf(peer: Peer, asked: Period): Promise<Reports> {
  const newer = asked.start < analyticsStart ? `the newer one begins with ${analyticsStart}` : await newerReports(peer, asked);
  if (typeof newer !== "string") return newer;
  const spent = await costReport(peer, asked);
  assertSameSums(peer.name, spent, await costReport(peer, asked, []));
  return { spent, used: await messagesUsage(peer, asked, false), refreshedAt: null, older: newer };
}

/**
 * The days that Anthropic answered for. It sends no row for a day without spend, so every day asked for counts as answered, except those at
 * the end that it had not counted yet and that have no row.
 */
function answeredRange({ start, end }: Period, { spent, refreshedAt }: Reports): Period {
  const counted = refreshedAt === null || Number.isNaN(Date.parse(refreshedAt)) ? end : dayOf(new Date(refreshedAt));
  const rows = spent.reduce((last, { day }) => (day >= last ? addDays(day, 1) : last), start);
  const known = counted > rows ? counted : rows;
  return { start, end: known < end ? known : end };
}

async function namesFor(peer: Peer, source: string, owners: readonly (Spent | Used)[]) {
  const has = (field: "workspace" | "key") => owners.some((owner) => owner[field] !== "" && owner[field] !== "Default");
  const workspaces = await namesOrWarning(source, "workspaces", async () => (has("workspace") ? workspaceNames(peer) : new Map()));
  const keys = await namesOrWarning(source, "keys", async () => (has("key") ? keyNames(peer) : new Map()));
  return { workspace: namer(workspaces.names), key: namer(keys.names), warnings: [...workspaces.warnings, ...keys.warnings] };
}

/**
 * Reads costs, tokens and requests of an organization from the analytics reports, or from the older ones where it does not have them.
 * @throws Problem when a report cannot be read in full, or its groups do not add up; then nothing is delivered.
 */
export async function readAnthropic(config: AnthropicConfig & SourceConfig, context: SourceContext): Promise<Delivery> {
  const peer = anthropicPeer(config, context.world);
  const asked = rangeToAsk(config, vendor, context);
  const reports = await reportsOf(peer, asked);
  const answered = answeredRange(asked, reports);
  const inside = ({ day }: Spent | Used) => contains(answered, day);
  const tokens = usedOrWarning(config.name, reports.used);
  const [spent, used] = [reports.spent.filter(inside), tokens.used.filter(inside)];
  const currency = oneCurrency(
    peer.name,
    reports.spent.map(({ currency }) => currency),
  );
  const names = await namesFor(peer, config.name, [...spent, ...used]);
  const ownerOf = ({ day, model, workspace, key }: Spent | Used) => ({
    day,
    model,
    currency,
    source: config.name,
    provider: "Anthropic",
    service: "Claude API",
    ...namedRow("project", workspace, names.workspace),
    ...namedRow("apiKey", key, names.key),
  });
  const rows = [
    ...spent.filter(({ amount }) => amount.units !== 0n).map((row) => usageRow({ ...ownerOf(row), billed: row.amount })),
    ...used.map((row) => usageRow({ ...ownerOf(row), ...row.counters })),
  ];
  const warnings = [
    ...(reports.older === null
      ? []
      : [`source \`${config.name}\` reads Anthropic's older cost report, which does not know keys: ${reports.older}`]),
    ...tokens.warnings,
    ...names.warnings,
    ...unbilledWarnings(config.name, rows, addDays(context.asOf, -config.settlingDays)),
    ...(answered.end < asked.end
      ? [`source \`${config.name}\`: Anthropic had counted up to ${reports.refreshedAt}; days from ${answered.end} on are not known yet`]
      : []),
  ];
  const ranges = answered.start < answered.end ? [answered] : [];
  return deliver({ source: config.name, rows, asOf: context.asOf, settlingDays: config.settlingDays, ranges, warnings });
}
